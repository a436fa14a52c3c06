// Which songs a command means, and where to start: pure readings of DACP's parameters.

import { KnownError } from '../../errors.ts'
import type { LibraryView, SongFilter, SongQuestion, SongSort } from '../../library/index.ts'
import type { EntryToQueue } from '../../player/index.ts'
import { parseId, parseSpec, QueryError, type Spec } from '../../protocol/index.ts'
import { readQuery, songFilter } from '../daap/filter.ts'
import { songSortNamed } from '../daap/song-sorts.ts'
import { contextName } from './context-name.ts'

export interface Selection {
  readonly entries: readonly EntryToQueue[]
  /** Undefined: none was named, so it is the first, or chance's choice when shuffled. */
  readonly startIndex: number | undefined
  /** The album, artist, genre, composer or playlist that it is, where it is one. */
  readonly contextName: string | undefined
}

export interface SelectionRequest {
  readonly query: string
  readonly queueFilter?: string | undefined
  readonly sort?: string | undefined
  /** The query names playlists (query-modifier=containers). */
  readonly isOfContainers?: boolean
}

/** Unlike a list, a queue is not made of a query that cannot be read. */
function filterOfQuery(text: string): SongFilter {
  const query = readQuery(text)
  if (query instanceof QueryError) throw query
  return songFilter(query)
}

/** All songs that the query finds, in order. BAD_QUERY when it makes no sense, NOTHING_TO_PLAY when it finds none. */
export function songsOfQuery(view: LibraryView, request: SelectionRequest): Selection {
  if (request.isOfContainers) return songsOfPlaylist(view, playlistIdOf(view, request.query), request.sort)
  return selected(view, { filter: filterOfQuery(request.query), ...sortOf(request.sort) })
}

/**
 * A queue to replace the present one with: `queueFilter` says which songs form it, the query where to start.
 * A lone song without a filter, or with one of "(null)", brings its album, as audiobooks are asked for. With a filter
 * that we do not know, or of a playlist that is gone, the query alone counts.
 */
export function queueToPlay(view: LibraryView, request: SelectionRequest): Selection {
  const spec = request.isOfContainers ? undefined : parseSpec(request.query)
  const names = spec && (spec.field === 'dmap.itemid' || spec.field === 'dmap.containeritemid')
  if (!spec || !names) return songsOfQuery(view, request)
  const { queueFilter = '' } = request
  const hasFilter = queueFilter !== '' && !queueFilter.includes('(null)')
  const question = hasFilter ? questionOfFilter(view, queueFilter) : albumOf(view, spec)
  if (!question) return songsOfQuery(view, request)
  return selected(view, { ...question, ...sortOf(request.sort) }, spec)
}

/** A playlist from the entry or song named, or from its beginning. */
export function songsOfPlaylist(
  view: LibraryView,
  playlistId: number,
  sort?: string,
  start?: Spec,
): Selection {
  return selected(view, { playlistId, ...(sortOf(sort) ?? { sort: 'playlist' }) }, start)
}

/** The playlist that a spec or a query of one clause means; NOT_FOUND. 0 is the base playlist to Apple's Remote. */
export function playlistIdOf(view: LibraryView, text: string): number {
  const spec = parseSpec(text.replace(/^\((.*)\)$/s, '$1'))
  if (!spec) throw new KnownError('NOT_FOUND', { playlist: text.slice(0, 80) })
  if (spec.field === 'dmap.itemid') {
    const id = spec.id === 0n ? 1 : Number(spec.id)
    if (view.playlist(id)) return id
  } else {
    const playlist = view.playlists().find(({ persistentId }) => persistentId === spec.id)
    if (playlist) return playlist.id
  }
  throw new KnownError('NOT_FOUND', { playlist: text.slice(0, 80) })
}

function selected(view: LibraryView, question: SongQuestion, start?: Spec): Selection {
  const listing = view.songs(question)
  const playlistEntries = listing.entries()
  const playlistId = question.playlistId ?? 0
  const entries = playlistEntries
    ? playlistEntries.map(({ songId, entryId }) => ({ songId, playlistId, playlistEntryId: entryId }))
    : Array.from(listing.ids(), (songId): EntryToQueue => ({ songId, playlistId }))
  if (entries.length === 0) throw new KnownError('NOTHING_TO_PLAY')
  return {
    entries,
    startIndex: start && startOf(entries, start),
    contextName: contextName(question, view, listing.slice(0, 1)[0]),
  }
}

function startOf(entries: readonly EntryToQueue[], { field, id }: Spec): number {
  const number = Number(id)
  const isEntry = field === 'dmap.containeritemid' && entries[0]?.playlistEntryId !== undefined
  const index = entries.findIndex((entry) => (isEntry ? entry.playlistEntryId : entry.songId) === number)
  if (index === -1) throw new KnownError('NOT_FOUND', { song: number })
  return index
}

/** "album:ID", "artist:ID", "playlist:ID", "genre:NAME", "composer:NAME"; undefined for any other. */
function questionOfFilter(view: LibraryView, text: string): SongQuestion | undefined {
  const match = /^(album|artist|playlist|genre|composer):(.*)$/s.exec(unquoted(text))
  if (!match) return undefined
  const [, kind = '', value = ''] = match
  if (kind === 'genre' || kind === 'composer') return { filter: named(kind, value.replace(/\\(.)/gs, '$1')) }
  const id = parseId(value)
  if (id === undefined) return undefined
  if (kind === 'album') return { filter: { number: 'albumId', equals: id } }
  if (kind === 'artist') return { filter: { number: 'artistId', equals: id } }
  const playlistId = id === 0n ? 1 : Number(id)
  return view.playlist(playlistId) ? { playlistId } : undefined
}

function named(kind: 'genre' | 'composer', value: string): SongFilter {
  return { text: kind, match: 'exact', value }
}

/** Without the quotes that some clients put around the whole of it. */
function unquoted(text: string): string {
  return text.replace(/^'(.*)'$/s, '$1')
}

function albumOf(view: LibraryView, { field, id }: Spec): SongQuestion | undefined {
  if (field !== 'dmap.itemid') return undefined
  const song = view.song(Number(id))
  return song && { filter: { number: 'albumId', equals: song.albumId } }
}

function sortOf(sort: string | undefined): { sort: SongSort } | undefined {
  const known = sort === undefined ? undefined : songSortNamed(sort)
  return known && { sort: known }
}
