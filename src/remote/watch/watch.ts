// Follows a host: every change as an event, for as long as one likes. A host that goes away is an event too.

import { KnownError } from '../../errors.ts'
import type { RemoteEvent, Watched } from './watch-events.ts'
import { socketEvents } from './watch-socket.ts'

export interface WatchOptions {
  /** Ends the watch; it then ends without an error. */
  readonly signal?: AbortSignal | undefined
}

const firstRetryMs = 250
const longestRetryMs = 30_000
/** Our own host refuses with 503 both while it shuts down and when the pairing is gone: the first passes. */
const refusalsBelieved = 3

/** Ends with NOT_PAIRED or NOT_OWNER when the host does not let us in any more; else only by its signal. */
export async function* watchHost(
  watched: Watched,
  { signal }: WatchOptions = {},
): AsyncGenerator<RemoteEvent> {
  const { session } = watched
  // A page that knows only our own hosts never loads the other way.
  const follow = session.facts.quirks.hasApi ? socketEvents : (await import('./watch-polls.ts')).pollEvents
  let failures = 0
  let refusals = 0
  let isFirst = true
  for (;;) {
    try {
      signal?.throwIfAborted()
      if (!isFirst) await session.renew(signal)
      refusals = 0
      let isSilent = failures > 0 || isFirst
      isFirst = false
      for await (const event of follow(watched, signal)) {
        // Only once it has said something: a host that lets us in and hangs up is not back.
        if (isSilent) yield { event: 'connected', host: session.facts.name }
        isSilent = false
        failures = 0
        yield event
      }
      throw new KnownError('HOST_GONE', { address: session.connection.address })
    } catch (error) {
      if (signal?.aborted) return
      if (!(error instanceof KnownError)) throw error
      const isRefusal = error.code === 'NOT_PAIRED' || error.code === 'NOT_OWNER'
      refusals = isRefusal ? refusals + 1 : 0
      if (refusals >= refusalsBelieved) throw error
      const retryInMs = Math.min(longestRetryMs, firstRetryMs * 2 ** failures)
      failures += 1
      yield { event: 'gone', error, retryInMs }
      await session.clock.until(session.clock.nowMs() + retryInMs, signal).catch(() => {})
    }
  }
}
