// What was handed to a stream and has not sounded: the part that is sent, and the part that is not.

import type { AudioBlock } from '../../player/index.ts'

export interface RatedBlock extends AudioBlock {
  readonly sampleRateHz: number
}

export class WaitingBlocks {
  #blocks: RatedBlock[] = []
  /** Those before it were sent. */
  #unsent = 0

  push(block: RatedBlock): void {
    this.#blocks.push(block)
  }

  /** The next to be sent; undefined when there is none, or not yet. */
  next(latestMs: number): RatedBlock | undefined {
    const block = this.#blocks[this.#unsent]
    return block && block.atMs <= latestMs ? block : undefined
  }

  markSent(): void {
    this.#unsent += 1
  }

  /** Forgets those that were sent and have sounded; without a listener nobody waits for the others either. */
  forget(nowMs: number, isListenedTo: boolean): void {
    const kept = this.#blocks.findIndex(
      (block, index) => endOf(block) > nowMs || (isListenedTo && index >= this.#unsent),
    )
    const gone = kept === -1 ? this.#blocks.length : kept
    this.#blocks.splice(0, gone)
    this.#unsent = Math.max(0, this.#unsent - gone)
  }

  /** For a listener that begins now: all that has not sounded is to be sent, again where it was before. */
  rewind(nowMs: number): void {
    this.forget(nowMs, false)
    this.#unsent = 0
  }

  /** Takes back what is due at `fromMs` or later. */
  drop(fromMs: number): void {
    this.#blocks = this.#blocks.filter(({ atMs }) => atMs < fromMs)
    this.#unsent = Math.min(this.#unsent, this.#blocks.length)
  }
}

export function durationOf({ samples, sampleRateHz }: RatedBlock): number {
  return (samples.length / 2 / sampleRateHz) * 1000
}

function endOf(block: RatedBlock): number {
  return block.atMs + durationOf(block)
}
