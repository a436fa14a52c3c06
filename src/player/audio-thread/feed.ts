// Hands stamped blocks to one output, each a little before it must sound. A slow or lost output holds up nobody else.

import type { Clock } from '../../clock.ts'
import { KnownError } from '../../errors.ts'
import type { AudioBlock, Output } from '../output.ts'
import type { GainLine } from './gain-line.ts'

/** An output that takes longer for anything has gone. */
const longestAnswerMs = 5000
/** Blocks: 90 s at 44,100 Hz, 5 s at the highest rate. One that is always late must not fill the memory. */
const mostPending = 4096
/** A machine that is too slow is told no more often. */
const underrunsEveryMs = 1000

export interface StampedBlock extends AudioBlock {
  readonly sampleRateHz: number
  /** Asked only when it is handed out, so that a change is heard soon. */
  readonly gain: GainLine | undefined
}

export interface FeedListener {
  /** undefined: well again. */
  onTrouble(trouble: string | undefined): void
  /** So many more since it was told last. */
  onUnderruns(count: number): void
}

export class Feed {
  readonly output: Output
  readonly #clock: Clock
  readonly #listener: FeedListener
  readonly #patienceMs: number
  readonly #pending: StampedBlock[] = []
  #sampleRateHz = 0
  #trouble: string | undefined
  /** Tears that are the player's own: it decoded too slowly. */
  #ownUnderruns = 0
  #toldUnderruns = 0
  #toldAtMs = Number.NEGATIVE_INFINITY
  /** It rejected or hung: nothing is given to it until it was opened again. */
  #isLost = false
  /** Counts its openings: what hung in an earlier one says nothing about this one. */
  #opening = 0
  #isClosed = false
  #wake = new AbortController()
  readonly #loop: Promise<void>

  constructor(output: Output, clock: Clock, listener: FeedListener, patienceMs = longestAnswerMs) {
    this.output = output
    this.#clock = clock
    this.#listener = listener
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

  /** The sound tore before it came here: the next block moves to a later time. */
  countTear(): void {
    this.#ownUnderruns += 1
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
      const { latencyMs, earlyMs = 0 } = this.output
      const dueMs = block.atMs - latencyMs - earlyMs
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
    const { atMs, sampleRateHz, gain } = block
    await this.output.write({
      samples: gain?.applied(block.samples, atMs, sampleRateHz) ?? block.samples,
      atMs,
    })
    if (this.#isLost) return
    const { trouble, underruns } = this.output.health()
    this.#setTrouble(trouble)
    this.#tellUnderruns(underruns + this.#ownUnderruns)
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
    this.#listener.onTrouble(trouble)
  }

  #tellUnderruns(underruns: number): void {
    const now = this.#clock.nowMs()
    if (underruns <= this.#toldUnderruns || now - this.#toldAtMs < underrunsEveryMs) return
    this.#listener.onUnderruns(underruns - this.#toldUnderruns)
    this.#toldUnderruns = underruns
    this.#toldAtMs = now
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
