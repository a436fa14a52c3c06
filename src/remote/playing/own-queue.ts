// The queue of our own hosts: read in pages, edited by entries.

import type { ApiQueueEntry } from '../../protocol/index.ts'
import { songOfApi } from '../library/items.ts'
import { numberOr0, textOr } from '../talk/json.ts'
import { askOwn } from '../talk/own-api.ts'
import type { HostSession } from '../talk/session.ts'
import type { CommandListener, CommandOptions } from './control.ts'
import type { PlayQueue, QueueOptions, QueueSong } from './queue-song.ts'

/** What `/api/queue` lists at most at once. */
const mostPerPage = 1000
const sections = ['history', 'current', 'user', 'main'] as const

/** A queue that changes while it is read is read anew; one that never rests is taken as it is. */
const mostReadings = 5

export async function readOwnQueue(
  session: HostSession,
  wanted: Required<Pick<QueueOptions, 'span' | 'skip'>> & Pick<QueueOptions, 'signal'>,
): Promise<PlayQueue> {
  for (let readings = 1; ; readings += 1) {
    const { queue, isTorn } = await readPages(session, wanted)
    if (!isTorn || readings === mostReadings) return queue
  }
}

/** `isTorn`: another one edited it between two pages, so a song may be twice in it or missing. */
async function readPages(
  session: HostSession,
  { span, skip, signal }: Parameters<typeof readOwnQueue>[1],
): Promise<{ queue: PlayQueue; isTorn: boolean }> {
  const part = span < 0 ? 'history' : 'upNext'
  const wanted = Math.abs(span)
  const songs: QueueSong[] = []
  const revisions = new Set<number>()
  for (let asked = 0; ; ) {
    const limit = Math.min(mostPerPage, Math.max(1, wanted - asked))
    const query = { part, offset: skip + asked, limit }
    const page = await askOwn(session, 'queue', 'GET', {
      path: '/api/queue',
      query: Object.entries(query).map(([name, value]) => [name, String(value)] as const),
      key: 'entries',
      signal,
    })
    asked += limit
    revisions.add(numberOr0(page.queueRevision))
    songs.push(...page.entries.map(queueSongOf))
    const total = numberOr0(page.total)
    if (asked < wanted && skip + asked < total) continue
    const ordered = part === 'history' ? songs.toReversed() : songs
    return {
      queue: { from: textOr(page.contextName), songs: ordered, total },
      isTorn: revisions.size > 1,
    }
  }
}

function queueSongOf({ entryId, offset, section, song }: Partial<ApiQueueEntry>): QueueSong {
  const { title, artist, album, durationMs, id, albumId } = songOfApi(song ?? {})
  return {
    offset: numberOr0(offset),
    entryId: numberOr0(entryId),
    section: sections.find((known) => known === section) ?? 'main',
    title,
    artist,
    album,
    durationMs,
    songId: id,
    albumId,
  }
}

export function editOwnQueue(session: HostSession, afterCommand: CommandListener) {
  const key = 'playRevision'
  return {
    async play(entryId: number, { signal }: CommandOptions = {}): Promise<void> {
      const body = { entryId }
      await askOwn(session, 'playQueueEntry', 'POST', { path: '/api/queue/play', key, body, signal })
      afterCommand()
    },
    async move(
      entryId: number,
      behindEntryId: number | undefined,
      { signal }: CommandOptions = {},
    ): Promise<void> {
      const body = { entryId, ...(behindEntryId === undefined ? {} : { behindEntryId }) }
      await askOwn(session, 'moveQueueEntry', 'POST', { path: '/api/queue/move', key, body, signal })
      afterCommand()
    },
    async remove(entryIds: readonly number[], { signal }: CommandOptions = {}): Promise<void> {
      const body = { entryIds: [...entryIds] }
      await askOwn(session, 'removeQueueEntries', 'POST', { path: '/api/queue/remove', key, body, signal })
      afterCommand()
    },
    async undo({ signal }: CommandOptions = {}): Promise<void> {
      await askOwn(session, 'undoQueueEdit', 'POST', { path: '/api/queue/undo', key, signal })
      afterCommand()
    },
  }
}
