// Real time for outputs that have none of their own: a block is let through when it is due, or dropped by a flush.

import type { Clock } from '../clock.ts'

export class Pacer {
  readonly #clock: Clock
  #waiting: { readonly atMs: number; readonly cancel: AbortController } | undefined

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** True when the moment has come, false when the block was dropped. */
  async wait(atMs: number): Promise<boolean> {
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

  drop(fromMs: number): void {
    if (this.#waiting !== undefined && this.#waiting.atMs >= fromMs) this.#waiting.cancel.abort()
  }
}
