// One change at a time: what commands and events do to the player never meets.

import { KnownError } from '../errors.ts'
import type { Log } from '../log.ts'

export class Turns {
  readonly #log: Log
  readonly #write: () => unknown
  #last: Promise<unknown> = Promise.resolve()
  #hasChanged = false

  /** `write` makes durable what a turn has changed, and answers why it could not; it never throws. */
  constructor(log: Log, write: () => unknown) {
    this.#log = log
    this.#write = write
  }

  /** Waits for its turn. Rejects also when it is done, but not written: DISK_FULL, or what else hinders the database. */
  take(work: () => Promise<void> | void): Promise<void> {
    const turn = this.#last.then(() => this.#run(work))
    this.#last = turn.catch((error) => {
      if (!(error instanceof KnownError)) this.#log.error('player', { error: String(error) })
    })
    return turn
  }

  /** A turn that nobody waits for: its outcome is in the state. */
  react(work: () => Promise<void>): void {
    this.take(work).catch(() => {}) // said by the turn, or a state of its own
  }

  /** Called within a turn: its outcome is to be written. */
  changed(): void {
    this.#hasChanged = true
  }

  async #run(work: () => Promise<void> | void): Promise<void> {
    let unwritten: unknown
    try {
      await work()
    } finally {
      if (this.#hasChanged) unwritten = await this.#written()
    }
    if (unwritten instanceof KnownError)
      throw new KnownError(unwritten.code, { reason: 'the queue is not saved' }, unwritten)
    if (unwritten !== undefined) throw unwritten
  }

  /** A little later: those who wait for the change are told first. */
  async #written(): Promise<unknown> {
    await new Promise((resolve) => setImmediate(resolve))
    this.#hasChanged = false
    return this.#write()
  }
}
