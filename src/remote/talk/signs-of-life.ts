// A wait looks the same whether the host has nothing to say or has lost its power: so it is asked now and then.

import { KnownError } from '../../errors.ts'
import type { HostSession } from './session.ts'

const everyMs = 30_000

export interface SignsOfLife {
  /** Aborted when the host falls silent, and with the outer signal. */
  readonly signal: AbortSignal
  /** HOST_GONE once it has fallen silent. */
  readonly silence: KnownError | undefined
  /** By name and not by `using`: Safari has no Symbol.dispose. */
  stop(): void
}

export function askedForSignsOfLife(session: HostSession, outer: AbortSignal | undefined): SignsOfLife {
  const ending = new AbortController()
  const signal = outer ? AbortSignal.any([outer, ending.signal]) : ending.signal
  let silence: KnownError | undefined
  const ask = async () => {
    while (!signal.aborted) {
      await session.clock.until(session.clock.nowMs() + everyMs, signal)
      // Any answer will do; /server-info needs no session and is nowhere missing. Named, the session counts as used.
      await session.connection.request(session.targetOf('serverInfo', {}, []), { signal })
    }
  }
  ask().catch((error: unknown) => {
    if (signal.aborted) return
    silence =
      error instanceof KnownError
        ? error
        : new KnownError('HOST_GONE', { address: session.connection.address }, error)
    ending.abort(silence)
  })
  return {
    signal,
    get silence() {
      return silence
    },
    stop: () => ending.abort(),
  }
}
