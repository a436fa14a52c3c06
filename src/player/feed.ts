// Hands stamped blocks to one output, each a little before it must sound. A slow or lost output holds up nobody else.

import type { Clock } from '../clock.ts'
import { KnownError } from '../errors.ts'
import type { AudioBlock, Output } from './output.ts'

/** An output that takes longer for anything has gone. */
const longestAnswerMs = 5000
/** Blocks: 90 s at 44,100 Hz, 5 s at the highest rate. One that is always late must not fill the memory. */
const mostPending = 4096

export interface StampedBlock extends AudioBlock {
  readonly sampleRateHz: number
}

export class Feed {
  readonly output: Output
  readonly #clock: Clock
  readonly #onTrouble: (trouble: string | undefined) => void
  readonly #patienceMs: number
  readonly #pending: StampedBlock[] = []
  #sampleRateHz = 0
  #trouble: string | undefined
  /** It rejected or hung: nothing is given to it until it was opened again. */
  #isLost = false
  /** Counts its openings: what hung in an earlier one says nothing about this one. */
  #opening = 0
  #isClosed = false
  #wake = new AbortController()
  readonly #loop: Promise<void>

  constructor(
    output: Output,
    clock: Clock,
    onTrouble: (trouble: string | undefined) => void,
    patienceMs = longestAnswerMs,
  ) {
    this.output = output
    this.#clock = clock
    this.#onTrouble = onTrouble
    this.#patienceMs = patienceMs
    this.#loop = this.#run()
  }

  get isWell(): boolean {
    return !this.#isLost
  }

  get trouble(): string | undefined {
    return this.#trouble
  }

  /** Opens it, or tries again after trouble. Never rejects: trouble is reported. */
  async open(sampleRateHz: number): Promise<void> {
    const isOpen = await this.#guard(() => this.output.open({ sampleRateHz, channels: 2 }))
    if (!isOpen) return
    this.#sampleRateHz = sampleRateHz
    this.#opening += 1
    this.#isLost = false
    this.#setTrouble(undefined)
  }

  push(block: StampedBlock): void {
    if (this.#isLost) return
    if (this.#pending.length >= mostPending)
      return this.#lose(new KnownError('SPEAKER_LOST', { reason: 'The speaker does not keep up.' }))
    this.#pending.push(block)
    if (this.#pending.length === 1) this.#stir()
  }

  /** Takes back everything due at `fromMs` or later. */
  async cut(fromMs: number): Promise<void> {
    const kept = this.#pending.filter(({ atMs }) => atMs < fromMs)
    this.#pending.splice(0, this.#pending.length, ...kept)
    this.#stir()
    if (!this.#isLost) await this.#guard(() => this.output.flush(fromMs))
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
    if (!this.#isLost) this.#setTrouble(this.output.health().trouble)
  }

  /** True when it was done; else the output is lost. */
  async #guard(work: () => Promise<void>): Promise<boolean> {
    const opening = this.#opening
    const cancel = new AbortController()
    const tooLong = this.#clock.until(this.#clock.nowMs() + this.#patienceMs, cancel.signal).then(() => {
      throw new KnownError('SPEAKER_LOST')
    })
    try {
      await Promise.race([work(), tooLong])
      return true
    } catch (error) {
      if (opening === this.#opening) this.#lose(error)
      return false
    } finally {
      cancel.abort()
    }
  }

  #lose(why: unknown): void {
    this.#isLost = true
    this.#pending.length = 0
    // What hangs in it may be set free; nobody waits for that.
    this.output.flush(Number.NEGATIVE_INFINITY).catch(() => {})
    this.#setTrouble(wordsOf(why))
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
