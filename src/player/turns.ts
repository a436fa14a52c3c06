// One change at a time: what commands and events do to the player never meets.

import { KnownError } from '../errors.ts'
import type { Log } from '../log.ts'

export class Turns {
  readonly #log: Log
  #last: Promise<unknown> = Promise.resolve()
  /** Set by a turn whose outcome could not be written: why. */
  unsaved: unknown

  constructor(log: Log) {
    this.#log = log
  }

  /** Waits for its turn. Rejects also when it is done, but not written: DATA_NOT_WRITABLE. */
  take(work: () => Promise<void> | void): Promise<void> {
    const turn = this.#last.then(async () => {
      this.unsaved = undefined
      await work()
      if (this.unsaved !== undefined)
        throw new KnownError('DATA_NOT_WRITABLE', { reason: 'the queue is not saved' }, this.unsaved)
    })
    this.#last = turn.catch((error) => {
      if (!(error instanceof KnownError)) this.#log.error('player', { error: String(error) })
    })
    return turn
  }

  /** A turn that nobody waits for: its outcome is in the state. */
  react(work: () => Promise<void>): void {
    this.take(work).catch(() => {}) // said by the turn, or a state of its own
  }
}
