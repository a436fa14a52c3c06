// Changes as our own hosts tell them: one WebSocket with both revisions and what caused them.

import { KnownError } from '../../errors.ts'
import type { ApiWatchMessage } from '../../protocol/index.ts'
import { statusOf } from '../playing/own-status.ts'
import type { OwnStatus, Status } from '../playing/status.ts'
import { askedForSignsOfLife } from '../talk/signs-of-life.ts'
import type { RemoteEvent, Watched } from './watch-events.ts'

/** `protocol/api.ts`, watchPath. */
const watchPath = '/api/watch'

export async function* socketEvents(
  { session, newest }: Watched,
  signal: AbortSignal | undefined,
): AsyncGenerator<RemoteEvent> {
  const { epoch } = session
  let playRevision = -1
  let libraryRevision = -1
  let lists: OwnStatus | undefined
  const life = askedForSignsOfLife(session, signal)
  try {
    for await (const text of session.messages(watchPath, life.signal)) {
      const message = messageOf(text)
      if (message.type === 'scan') yield { event: 'scan', progress: message.progress }
      if (message.type === 'pairing-requests') yield { event: 'pairing-requests', requests: message.requests }
      if (message.type !== 'state') continue
      const { cause } = message
      const isLibraryNews = libraryRevision !== -1 && message.libraryRevision > libraryRevision
      libraryRevision = Math.max(libraryRevision, message.libraryRevision)
      // What was on its way when we sent a command is older than what its answer has said.
      if (message.playRevision > playRevision && message.playRevision >= session.commandRevision) {
        playRevision = message.playRevision
        const status = statusOf(message.playback, playRevision, session.clock.nowMs())
        yield { event: 'status', status: newest.accept(epoch, status), cause }
        if (lists && isNewer(status, lists, 'queueRevision')) yield { event: 'queue', cause }
        if (lists && isNewer(status, lists, 'speakersRevision')) yield { event: 'speakers', cause }
        lists = status.own
      }
      if (isLibraryNews) yield { event: 'library', revision: libraryRevision, cause }
    }
  } catch (error) {
    throw life.silence ?? error
  } finally {
    life.stop()
  }
}

function isNewer(
  { own }: Status,
  former: OwnStatus,
  revision: 'queueRevision' | 'speakersRevision',
): boolean {
  return own !== undefined && own[revision] > former[revision]
}

function messageOf(text: string): ApiWatchMessage {
  try {
    const message: unknown = JSON.parse(text)
    if (isMessage(message)) return message
  } catch {
    // said below
  }
  throw new KnownError('BAD_ANSWER', { problem: 'a message that is none' })
}

/** What we rely on; kinds that a newer host may have pass and are left aside. */
function isMessage(message: unknown): message is ApiWatchMessage {
  if (typeof message !== 'object' || message === null || !('type' in message)) return false
  if (message.type !== 'state') return typeof message.type === 'string'
  const { playRevision, libraryRevision, playback } = message as Record<string, unknown>
  return (
    typeof playRevision === 'number' &&
    typeof libraryRevision === 'number' &&
    typeof playback === 'object' &&
    playback !== null
  )
}
