// A part of the queue, as the API lists it.

import type { QueueEntry } from '../../player/index.ts'
import type { ApiAnswer, ApiQueueEntry } from '../../protocol/index.ts'
import type { ApiParts } from './api-parts.ts'
import { songOf } from './shapes.ts'

type Section = ApiQueueEntry['section']

/** Entries whose song has just left the library are left out. */
export function queueEntriesOf(
  { player, library }: ApiParts,
  part: 'upNext' | 'history',
  offset: number,
  limit: number,
): Pick<ApiAnswer<'queue'>, 'current' | 'total' | 'entries'> {
  const { nowPlaying, upNext, history } = player.state
  const listed = (entry: QueueEntry, at: number, section: Section): ApiQueueEntry[] => {
    const song = library.view.song(entry.songId)
    return song ? [{ entryId: entry.entryId, offset: at, section, song: songOf(song) }] : []
  }
  const toCome = () =>
    upNext
      .slice(offset, offset + limit)
      .flatMap((entry, index) => listed(entry, offset + index + 1, entry.origin === 'user' ? 'user' : 'main'))
  const played = () =>
    history
      .toReversed()
      .slice(offset, offset + limit)
      .flatMap((entry, index) => listed(entry, -(offset + index + 1), 'history'))

  return {
    current: (nowPlaying && listed(nowPlaying, 0, 'current')[0]) ?? null,
    total: part === 'upNext' ? upNext.length : history.length,
    entries: part === 'upNext' ? toCome() : played(),
  }
}
