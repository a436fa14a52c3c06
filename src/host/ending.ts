// The end of something that many wait for.

import { setMaxListeners } from 'node:events'

/**
 * Says once that something has ended, and why. As an AbortSignal does, but each who waits costs an entry in a set: fifteen
 * thousand wait at once for the end of their sessions, and come and go with each answer.
 */
export class Ending {
  #reason: unknown
  #hasCome = false
  readonly #listeners = new Set<(reason: unknown) => void>()
  /** For streams, which take nothing else. */
  #controller: AbortController | undefined

  get hasCome(): boolean {
    return this.#hasCome
  }

  /** Aborted with the same reason. */
  get signal(): AbortSignal {
    if (!this.#controller) {
      this.#controller = new AbortController()
      setMaxListeners(0, this.#controller.signal) // every download of a session listens
      if (this.#hasCome) this.#controller.abort(this.#reason)
    }
    return this.#controller.signal
  }

  /** Calls `listener` once, now if the end has come; what it returns takes that back. Listeners never throw. */
  onEnd(listener: (reason: unknown) => void): () => void {
    if (this.#hasCome) {
      listener(this.#reason)
      return () => {}
    }
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  end(reason: unknown): void {
    if (this.#hasCome) return
    this.#hasCome = true
    this.#reason = reason
    const listeners = [...this.#listeners]
    this.#listeners.clear()
    this.#controller?.abort(reason)
    for (const listener of listeners) listener(reason)
  }
}
