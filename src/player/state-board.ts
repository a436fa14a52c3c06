// The player's state for all who watch: one writer puts up a new value, everybody waiting gets it.

import type { PlayerState } from './types.ts'

export class StateBoard {
  #state: PlayerState
  readonly #waiting = new Set<() => void>()

  constructor(first: PlayerState) {
    this.#state = first
  }

  get state(): PlayerState {
    return this.#state
  }

  put(state: PlayerState): void {
    this.#state = state
    // Who is told may wait again at once, or take others away.
    for (const tell of [...this.#waiting]) if (this.#waiting.delete(tell)) tell()
  }

  /** Calls `tell`, another function each time, when there is another state; what it returns takes that back. */
  onceChanged(tell: () => void): () => void {
    this.#waiting.add(tell)
    return () => this.#waiting.delete(tell)
  }

  changedSince(revision: number, signal: AbortSignal): Promise<PlayerState> {
    if (revision !== this.#state.revision) return Promise.resolve(this.#state)
    return new Promise((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason)
      const leave = () => {
        stay()
        reject(signal.reason)
      }
      const stay = this.onceChanged(() => {
        signal.removeEventListener('abort', leave)
        resolve(this.#state)
      })
      signal.addEventListener('abort', leave, { once: true })
    })
  }
}
