// What a queue was started from, in the words that remotes show: "from Abbey Road".

import type { LibraryView, Song, SongFilter, SongQuestion } from '../../library/index.ts'

/** Of the question that found the songs; `first` is one of them. Undefined for a search or a mixture. */
export function contextName(
  { playlistId, filter }: SongQuestion,
  view: LibraryView,
  first: Song | undefined,
): string | undefined {
  const playlist = playlistId === undefined ? undefined : view.playlist(playlistId)
  if (playlist) return playlist.kind === 'base' ? undefined : playlist.name
  for (const clause of clausesOf(filter)) {
    const name = first && nameIn(clause, first)
    if (name) return name
  }
  return undefined
}

/** All that must hold at once. */
function clausesOf(filter: SongFilter | undefined): readonly SongFilter[] {
  if (filter === undefined) return []
  return 'and' in filter ? filter.and.flatMap(clausesOf) : [filter]
}

function nameIn(clause: SongFilter, song: Song): string | undefined {
  if ('number' in clause && clause.number === 'albumId') return song.album
  if ('number' in clause && clause.number === 'artistId') return song.albumArtist
  if (!('text' in clause) || clause.match !== 'exact') return undefined
  return nameFields.has(clause.text) ? clause.value : undefined
}

const nameFields: ReadonlySet<string> = new Set([
  'genre',
  'composer',
  'album',
  'artist',
  'albumArtist',
  'anyArtist',
])
