// The player's state for all who watch: one writer puts up a new value, everybody waiting gets it.

import type { PlayerState } from './types.ts'

export class StateBoard {
  #state: PlayerState
  readonly #waiting = new Set<(state: PlayerState) => void>()

  constructor(first: PlayerState) {
    this.#state = first
  }

  get state(): PlayerState {
    return this.#state
  }

  put(state: PlayerState): void {
    this.#state = state
    const told = [...this.#waiting]
    this.#waiting.clear()
    for (const tell of told) tell(state)
  }

  changedSince(revision: number, signal: AbortSignal): Promise<PlayerState> {
    if (revision !== this.#state.revision) return Promise.resolve(this.#state)
    return new Promise((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason)
      const tell = (state: PlayerState) => {
        signal.removeEventListener('abort', leave)
        resolve(state)
      }
      const leave = () => {
        this.#waiting.delete(tell)
        reject(signal.reason)
      }
      this.#waiting.add(tell)
      signal.addEventListener('abort', leave, { once: true })
    })
  }
}
