// How long one request lives: until it is answered, its client goes, its session ends or the host shuts down.

import type { Socket } from 'node:net'
import { ClientGone, type RequestLife } from './http-message.ts'

export interface Life extends RequestLife {
  /** Ends the wait of whoever looks at the signal. */
  end(reason: Error): void
  /** Answered: nothing is watched any more. */
  done(): void
}

/**
 * `lives` holds those that wait, so that a shutdown finds them. The socket is watched and not the response: one that
 * stands in line behind another on the same connection is never told that the connection has closed.
 */
export function createLife(socket: Socket, lives: Set<Life>): Life {
  let controller: AbortController | undefined
  let watched: AbortSignal | undefined
  let finished: (() => void) | undefined

  const onClose = () => life.end(new ClientGone())
  const onEnded = () => life.end(watched?.reason)

  function start(): AbortController {
    controller = new AbortController()
    if (socket.destroyed) controller.abort(new ClientGone())
    else socket.once('close', onClose)
    if (watched?.aborted) controller.abort(watched.reason)
    else watched?.addEventListener('abort', onEnded, { once: true })
    lives.add(life)
    return controller
  }

  const life: Life = {
    get signal() {
      return (controller ?? start()).signal
    },
    endWith(signal) {
      watched = signal
    },
    afterwards(done) {
      finished = done
    },
    end(reason) {
      controller?.abort(reason)
    },
    done() {
      finished?.()
      if (!controller) return
      socket.removeListener('close', onClose)
      watched?.removeEventListener('abort', onEnded)
      lives.delete(life)
    },
  }
  return life
}
