// Changes as DAAP and DACP tell them: two requests that hang until something changes, each on a connection of its own.

import { KnownError } from '../../errors.ts'
import { child } from '../../protocol/index.ts'
import type { NowPlaying } from '../playing/now-playing.ts'
import { askAtOnce, askNowPlaying, looksSame, type Status, withVolume } from '../playing/status.ts'
import { Channel } from '../talk/channel.ts'
import type { HostSession } from '../talk/session.ts'
import { askedForSignsOfLife } from '../talk/signs-of-life.ts'
import type { RemoteEvent, Watched } from './watch-events.ts'

/** An answer that says nothing new and came faster than this is not followed by a question at once. */
const leastWaitMs = 1000
/** In a row; an Apple TV says 500 for "not now". */
const failuresForgiven = 5
const eventsUnread = 1000

export async function* pollEvents(
  watched: Watched,
  outer: AbortSignal | undefined,
): AsyncGenerator<RemoteEvent> {
  const events = new Channel<RemoteEvent>(eventsUnread)
  const life = askedForSignsOfLife(watched.session, outer)
  const ending = new AbortController()
  const signal = AbortSignal.any([life.signal, ending.signal])
  const fail = (error: unknown) => events.end(life.silence ?? error)
  const following = [
    followPlayStatus(watched, (event) => events.push(event), signal).catch(fail),
    followLibrary(watched.session, (event) => events.push(event), signal).catch(fail),
  ]
  signal.addEventListener('abort', () => fail(signal.reason), { once: true })
  try {
    yield* events
  } finally {
    ending.abort()
    life.stop()
    await Promise.all(following)
  }
}

type Tell = (event: RemoteEvent) => void

async function followPlayStatus(watched: Watched, tell: Tell, signal: AbortSignal): Promise<void> {
  const { session, newest } = watched
  let shown: Status | undefined
  /** `isNews`: the host ended a wait, so something did change, if only in the queue. */
  const show = async (nowPlaying: NowPlaying, isNews: boolean) => {
    const status = newest.accept(session.epoch, await withVolume(session, nowPlaying, signal))
    if (!isNews && shown && looksSame(shown, status)) return
    shown = status
    tell({ event: 'status', status, cause: '' })
    if (!isNews) return
    tell({ event: 'queue', cause: '' }) // the host does not say which it was
    tell({ event: 'speakers', cause: '' })
  }

  let failures = 0
  let commandsSeen = watched.commands.sent
  let wait = startWait(session, askAtOnce, signal)
  for (;;) {
    const outcome = await Promise.race([wait.answer, nudge(watched, commandsSeen, wait.ending.signal)])
    if (outcome === 'nudged') {
      commandsSeen = watched.commands.sent
      const nowPlaying = await askNowPlaying(session, askAtOnce, signal)
      const former = wait
      wait = startWait(session, nowPlaying.revision, signal)
      former.ending.abort() // Only now: an iTunes whose wait is closed ends the session, one that gets a new one does not.
      await show(nowPlaying, nowPlaying.revision !== former.revision) // what that wait would have told is told here
    } else if (outcome instanceof KnownError) {
      wait.ending.abort()
      failures += 1
      if (failures > failuresForgiven || !isForgivable(outcome)) throw outcome
      await pause(session, signal)
      wait = startWait(session, askAtOnce, signal)
    } else {
      failures = 0
      wait.ending.abort()
      const { nowPlaying } = outcome
      const isNews = nowPlaying.revision !== wait.revision
      const isFlood = !isNews || nowPlaying.revision <= askAtOnce
      if (isFlood && session.clock.nowMs() - wait.startedAtMs < leastWaitMs) await pause(session, signal)
      wait = startWait(session, nowPlaying.revision, signal)
      await show(nowPlaying, isNews)
    }
  }
}

interface Wait {
  readonly revision: number
  readonly startedAtMs: number
  readonly ending: AbortController
  /** Never rejects but with the signal's reason: an error is a value, since somebody may no longer listen. */
  readonly answer: Promise<{ nowPlaying: NowPlaying } | KnownError>
}

function startWait(session: HostSession, revision: number, outer: AbortSignal): Wait {
  const ending = new AbortController()
  const signal = AbortSignal.any([outer, ending.signal])
  const answer = askNowPlaying(session, revision, signal).then(
    (nowPlaying) => ({ nowPlaying }),
    (error: unknown) => {
      if (error instanceof KnownError) return error
      throw error
    },
  )
  answer.catch(() => {}) // heard through the race, or not wanted any more
  return { revision, startedAtMs: session.clock.nowMs(), ending, answer }
}

/** After a command, or when it is time to read again on hosts that do not tell everything. */
async function nudge(watched: Watched, commandsSeen: number, signal: AbortSignal): Promise<'nudged'> {
  const { session } = watched
  const { isSilentAboutSome, rereadEveryMs } = session.facts.quirks
  const reasons: Promise<void>[] = []
  if (isSilentAboutSome) reasons.push(watched.commands.after(commandsSeen, signal))
  if (rereadEveryMs !== undefined)
    reasons.push(session.clock.until(session.clock.nowMs() + rereadEveryMs, signal))
  if (reasons.length === 0) return new Promise(() => {})
  await Promise.race(reasons.map((reason) => reason.catch(() => new Promise<void>(() => {}))))
  return 'nudged'
}

/** "Not now", or an answer that makes no sense: asked again, slowly. */
function isForgivable(error: KnownError): boolean {
  return error.code === 'HOST_REFUSED' || error.code === 'BAD_ANSWER'
}

async function pause(session: HostSession, signal: AbortSignal): Promise<void> {
  await session.clock.until(session.clock.nowMs() + leastWaitMs, signal)
}

async function followLibrary(session: HostSession, tell: Tell, signal: AbortSignal): Promise<void> {
  let revision = askAtOnce
  for (;;) {
    const startedAtMs = session.clock.nowMs()
    const next = await askLibrary(session, revision, signal)
    if (next === undefined) return
    if (revision > askAtOnce && next !== revision) tell({ event: 'library', revision: next, cause: '' })
    if (next <= askAtOnce || (next === revision && session.clock.nowMs() - startedAtMs < leastWaitMs))
      await pause(session, signal)
    revision = next
  }
}

/** Undefined where there is no such thing to follow: an Apple TV has no library. */
async function askLibrary(
  session: HostSession,
  revision: number,
  signal: AbortSignal,
): Promise<number | undefined> {
  try {
    const tree = await session.tree(
      'update',
      'mupd',
      {},
      [
        ['revision-number', String(revision)],
        ['delta', String(revision)],
        ['daap-no-disconnect', '1'],
      ],
      { signal, timeoutMs: Number.POSITIVE_INFINITY },
    )
    return child(tree, 'musr') ?? revision
  } catch (error) {
    if (error instanceof KnownError && ['HOST_REFUSED', 'NOT_FOUND', 'BAD_ANSWER'].includes(error.code))
      return undefined
    throw error
  }
}
