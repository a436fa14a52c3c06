// How long one request lives: until it is answered, its client goes, its session ends or the host shuts down.

import type { Socket } from 'node:net'
import type { Ending } from '../ending.ts'
import { ClientGone, type RequestLife } from './http-message.ts'

export class Life implements RequestLife {
  readonly #socket: Socket
  readonly #lives: Set<Life>
  #limit: Ending | undefined
  #whenDone: (() => void) | undefined
  /** For who looks at the signal. */
  #controller: AbortController | undefined
  /** For who waits without one. */
  #onEnd: ((reason: unknown) => void) | undefined
  #unwatch: (() => void) | undefined

  /**
   * `lives` holds those that wait, so that a shutdown finds them. The socket is watched and not the response: one that
   * stands in line behind another on the same connection is never told that the connection has closed.
   */
  constructor(socket: Socket, lives: Set<Life>) {
    this.#socket = socket
    this.#lives = lives
  }

  get signal(): AbortSignal {
    if (this.#controller === undefined) {
      this.#controller = new AbortController()
      this.#watch()
    }
    return this.#controller.signal
  }

  endWith(limit: Ending): void {
    this.#limit = limit
  }

  afterwards(done: () => void): void {
    this.#whenDone = done
  }

  /** Calls `onEnd` once, should it end before `done`; at once when it has ended. */
  watch(onEnd: (reason: unknown) => void): void {
    this.#onEnd = onEnd
    this.#watch()
  }

  end(reason: unknown): void {
    this.#controller?.abort(reason)
    const onEnd = this.#onEnd
    this.#onEnd = undefined
    onEnd?.(reason)
  }

  /** An answer is on its way: its wait can no longer end otherwise. */
  unwatch(): void {
    this.#onEnd = undefined
    this.#unwatch?.()
    this.#unwatch = undefined
  }

  /** Answered, or nobody is there to answer. */
  done(): void {
    this.unwatch()
    this.#whenDone?.()
  }

  #watch(): void {
    if (this.#unwatch) return
    const socket = this.#socket
    if (socket.destroyed) return this.end(new ClientGone())
    const leaveLimit = this.#limit?.onEnd((reason) => this.end(reason))
    if (this.#limit?.hasCome) return
    const onClose = () => this.end(new ClientGone())
    socket.on('close', onClose)
    this.#lives.add(this)
    this.#unwatch = () => {
      socket.removeListener('close', onClose)
      leaveLimit?.()
      this.#lives.delete(this)
    }
  }
}
