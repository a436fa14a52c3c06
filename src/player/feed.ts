// Hands stamped blocks to one output, each a little before it must sound. A slow or lost output holds up nobody else.

import type { Clock } from '../clock.ts'
import { KnownError } from '../errors.ts'
import type { AudioBlock, Output } from './output.ts'

export interface StampedBlock extends AudioBlock {
  readonly sampleRateHz: number
}

export class Feed {
  readonly output: Output
  readonly #clock: Clock
  readonly #onTrouble: (trouble: string | undefined) => void
  readonly #pending: StampedBlock[] = []
  #sampleRateHz = 0
  #trouble: string | undefined
  #isClosed = false
  #wake = new AbortController()
  readonly #loop: Promise<void>

  constructor(output: Output, clock: Clock, onTrouble: (trouble: string | undefined) => void) {
    this.output = output
    this.#clock = clock
    this.#onTrouble = onTrouble
    this.#loop = this.#run()
  }

  get isWell(): boolean {
    return this.#trouble === undefined
  }

  get trouble(): string | undefined {
    return this.#trouble
  }

  /** Opens it, or tries again after trouble. Never rejects: trouble is reported. */
  async open(sampleRateHz: number): Promise<void> {
    try {
      await this.output.open({ sampleRateHz, channels: 2 })
      this.#sampleRateHz = sampleRateHz
      this.#setTrouble(undefined)
    } catch (error) {
      this.#setTrouble(wordsOf(error))
    }
  }

  push(block: StampedBlock): void {
    if (!this.isWell) return
    this.#pending.push(block)
    if (this.#pending.length === 1) this.#stir()
  }

  /** Takes back everything due at `fromMs` or later. */
  async cut(fromMs: number): Promise<void> {
    const kept = this.#pending.filter(({ atMs }) => atMs < fromMs)
    this.#pending.splice(0, this.#pending.length, ...kept)
    this.#stir()
    await this.#guard(() => this.output.flush(fromMs))
  }

  async setVolume(percent: number): Promise<void> {
    await this.#guard(() => this.output.setVolume(percent))
  }

  /** Resolves when all that was due is written. */
  async close(): Promise<void> {
    this.#isClosed = true
    this.#stir()
    await this.#loop
    await this.#guard(() => this.output.close())
  }

  async #run(): Promise<void> {
    while (true) {
      const block = this.#pending[0]
      if (block === undefined) {
        if (this.#isClosed) return
        await this.#sleep(Number.POSITIVE_INFINITY)
        continue
      }
      const dueMs = block.atMs - this.output.latencyMs
      if (dueMs > this.#clock.nowMs()) {
        await this.#sleep(dueMs)
        continue // it may have been taken back meanwhile
      }
      this.#pending.shift()
      await this.#guard(() => this.#write(block))
    }
  }

  async #write(block: StampedBlock): Promise<void> {
    if (block.sampleRateHz !== this.#sampleRateHz) {
      await this.output.open({ sampleRateHz: block.sampleRateHz, channels: 2 })
      this.#sampleRateHz = block.sampleRateHz
    }
    await this.output.write(block)
    const { trouble } = this.output.health()
    if (trouble !== this.#trouble) this.#setTrouble(trouble)
  }

  async #guard(work: () => Promise<void>): Promise<void> {
    try {
      await work()
    } catch (error) {
      this.#pending.length = 0
      this.#setTrouble(wordsOf(error))
    }
  }

  #setTrouble(trouble: string | undefined): void {
    if (trouble === this.#trouble) return
    this.#trouble = trouble
    this.#onTrouble(trouble)
  }

  async #sleep(untilMs: number): Promise<void> {
    this.#wake = new AbortController()
    const { signal } = this.#wake
    if (untilMs === Number.POSITIVE_INFINITY) {
      await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))
    } else await this.#clock.until(untilMs, signal).catch(() => {}) // stirred: look again
  }

  #stir(): void {
    this.#wake.abort()
  }
}

function wordsOf(error: unknown): string {
  if (!(error instanceof KnownError)) return error instanceof Error ? error.message : String(error)
  const { reason } = error.details
  return typeof reason === 'string' ? reason : error.row.says
}
