// Real time for outputs that have none of their own: a block is let through when it is due, or dropped by a flush.

import type { Clock } from '../clock.ts'
import { type OutputHealth, perfectHealth } from '../player/index.ts'

/** As much as a small speaker has in its buffer: a block later than this would tear its sound. */
const bufferMs = 100

export class Pacer {
  readonly #clock: Clock
  #waiting: { readonly atMs: number; readonly cancel: AbortController } | undefined

  #underruns = 0
  #isLate = false

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** True when the moment has come, false when the block was dropped. */
  async wait(atMs: number): Promise<boolean> {
    this.#countLateness(atMs)
    // Timers of the platform may fire a little early, and early would be wrong: a pause could come in between.
    while (this.#clock.nowMs() < atMs) {
      const cancel = new AbortController()
      this.#waiting = { atMs, cancel }
      await this.#clock.until(atMs, cancel.signal).catch(() => {}) // dropped: seen below
      this.#waiting = undefined
      if (cancel.signal.aborted) return false
    }
    return true
  }

  health(): OutputHealth {
    return { ...perfectHealth, underruns: this.#underruns }
  }

  /** Once for each time that it falls behind. */
  #countLateness(atMs: number): void {
    const isLate = this.#clock.nowMs() > atMs + bufferMs
    if (isLate && !this.#isLate) this.#underruns += 1
    this.#isLate = isLate
  }

  drop(fromMs: number): void {
    if (this.#waiting !== undefined && this.#waiting.atMs >= fromMs) this.#waiting.cancel.abort()
  }
}
