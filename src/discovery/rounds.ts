// Work that comes round when it is due, and sooner when something has come up that is due earlier.

import type { Clock } from '../clock.ts'

export class Rounds {
  readonly #clock: Clock
  readonly #nextDueMs: () => number
  #sleep = new AbortController()
  #sleepsUntilMs = Infinity
  #running: Promise<void> = Promise.resolve()
  #isEnded = false

  /** `nextDueMs`: on the clock; asked after each round, and by `wake`. */
  constructor(clock: Clock, nextDueMs: () => number) {
    this.#clock = clock
    this.#nextDueMs = nextDueMs
  }

  begin(round: () => Promise<void>): void {
    this.#running = this.#run(round)
  }

  /** Something may be due earlier than it was. */
  wake(): void {
    if (this.#nextDueMs() < this.#sleepsUntilMs) this.#sleep.abort()
  }

  /** Resolves when the round that runs is over; there is no other. */
  async end(): Promise<void> {
    this.#isEnded = true
    this.#sleep.abort()
    await this.#running
  }

  async #run(round: () => Promise<void>): Promise<void> {
    while (!this.#isEnded) {
      await round()
      if (this.#isEnded) return
      this.#sleep = new AbortController()
      this.#sleepsUntilMs = this.#nextDueMs()
      await this.#clock.until(this.#sleepsUntilMs, this.#sleep.signal).catch(() => undefined)
    }
  }
}
