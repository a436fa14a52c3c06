// One revision of the library, answered from columns.

import type { Album, Artist, Playlist, PlaylistEntry, Song } from '../items.ts'
import type { SongFilter, SongQuestion, SongSort } from '../questions.ts'
import { hasSimilarRow, similarRows } from '../similar/similar.ts'
import type { SongListing, SongTable } from '../tables.ts'
import type { LibraryView } from '../types.ts'
import type { Columns, TextColumn } from './columns.ts'
import { isPassing, type Passing, passing, rowOfPersistentId } from './filter.ts'
import { type FoundRows, FoundSongs } from './found-songs.ts'
import { albumListing, artistAt, artistListing, distinctListing, RowAlbum } from './groups.ts'
import { firstRows, orderBy } from './order.ts'
import { PickedRows } from './picked-rows.ts'
import { Recent } from './recent.ts'
import { Search } from './search.ts'
import { RowSong } from './song.ts'
import { songTable } from './song-table.ts'
import { otherLetter } from './sort-names.ts'
import { Texts } from './strings.ts'

/** Bytes of answers that are kept per view: those to a handful of questions about the whole library. */
const keptBytes = (songs: number) => 100_000 + songs * 40
/** What an answer without rows takes. */
const answerBytes = 500

export interface PlaylistContent {
  readonly playlist: Omit<Playlist, 'songCount'>
  /** In the playlist's order; undefined for the base and special ones, whose songs are found by media kind. */
  readonly entries: readonly PlaylistEntry[] | undefined
  /** The media kinds in it when it has no entries of its own; undefined: all. */
  readonly mediaKinds?: readonly number[]
  /** Finds its rows, in its order, where neither entries nor media kinds say them: a smart playlist. */
  readonly rowsIn?: (columns: Columns) => Uint32Array
  readonly isHiddenWhenEmpty?: boolean
}

export class ColumnView implements LibraryView {
  readonly columns: Columns
  readonly table: SongTable
  readonly #texts: Texts
  readonly #playlists: ReadonlyMap<number, PlaylistContent>
  readonly #orders: Map<SongSort, Uint32Array> = new Map()
  readonly #answers: Recent<FoundRows>
  readonly #passing: Recent<Passing>
  readonly #found = new Map<number, readonly PlaylistEntry[]>()
  readonly #search: Search
  #listedPlaylists: readonly Playlist[] | undefined

  readonly revision: number

  constructor(
    columns: Columns,
    playlists: readonly PlaylistContent[],
    revision: number,
    before?: ColumnView,
  ) {
    this.columns = columns
    this.revision = revision
    this.table = songTable(columns)
    this.#playlists = new Map(playlists.map((content) => [content.playlist.id, content]))
    // A view that only differs in ratings or counts shares texts and words with the one before.
    const isSameText = before?.columns.strings === columns.strings
    this.#texts = isSameText && before ? before.#texts : new Texts(columns.strings)
    this.#search = isSameText && before ? before.#search : new Search(columns)
    this.#answers = new Recent(keptBytes(columns.count))
    this.#passing = new Recent(keptBytes(columns.count))
    if (isSameText && before) this.#orders = stillRight(before.#orders, before.columns, columns)
  }

  get songCount(): number {
    return this.columns.count
  }

  songs(question: SongQuestion): SongListing {
    const playlist = this.#playlists.get(question.playlistId ?? 1)
    const isOwnOrder = playlist !== undefined && playlist.playlist.kind !== 'base'
    const sort = question.sort ?? (isOwnOrder ? 'playlist' : 'album')
    const found = this.#answer({ ...question, sort })
    const reader = { songAt: this.#readSong, idOf: this.#readId, letterOf: this.#letters(sort) }
    return new FoundSongs(found, reader, question.playlistId !== undefined)
  }

  song(id: number): Song | undefined {
    const row = this.#rowOf(id)
    return row < 0 ? undefined : this.#songAt(row)
  }

  songByPersistentId(persistentId: bigint): Song | undefined {
    const row = rowOfPersistentId(this.columns, Number(BigInt.asUintN(64, persistentId)))
    return row === undefined ? undefined : this.#songAt(row)
  }

  albums({ filter, sort = 'album' }: { filter?: SongFilter; sort?: 'album' | 'artist' }) {
    return albumListing(this.columns, this.#texts, this.#passed(filter), sort)
  }

  artists({ filter }: { filter?: SongFilter }) {
    return artistListing(this.columns, this.#texts, this.#passed(filter))
  }

  album(id: number): Album | undefined {
    const place = this.columns.albums.id.indexOf(id)
    if (place < 0) return undefined
    const { starts, durationMs } = this.columns.albums
    const songCount = (starts[place + 1] ?? 0) - (starts[place] ?? 0)
    return new RowAlbum(this.columns, this.#texts, place, songCount, durationMs[place] ?? 0)
  }

  artist(id: number): Artist | undefined {
    const { artists, albums } = this.columns
    const place = artists.id.indexOf(id)
    if (place < 0) return undefined
    const [first, last] = [artists.starts[place] ?? 0, artists.starts[place + 1] ?? 0]
    const songCount = (albums.starts[last] ?? 0) - (albums.starts[first] ?? 0)
    const albumCount = albums.name.subarray(first, last).filter((name) => name !== 0).length
    return artistAt(this.columns, this.#texts, place, { albumCount, songCount })
  }

  distinct(field: 'albumArtist' | 'album' | 'genre' | 'composer', filter?: SongFilter) {
    return distinctListing(this.columns, this.#texts, this.#passed(filter), field)
  }

  playlists(): readonly Playlist[] {
    this.#listedPlaylists ??= [...this.#playlists.values()]
      .map(({ playlist }) =>
        Object.assign({ songCount: this.songs({ playlistId: playlist.id }).length }, playlist),
      )
      .filter(({ id, songCount }) => songCount > 0 || this.#playlists.get(id)?.isHiddenWhenEmpty !== true)
    return this.#listedPlaylists
  }

  playlist(id: number): Playlist | undefined {
    return this.playlists().find((playlist) => playlist.id === id)
  }

  search(text: string, limit: number) {
    const { rows, total } = this.#search.find(text, limit)
    return { songs: rows.map((row) => this.#songAt(row)), total }
  }

  /** `together`: song id → how much it is played with this one. Best first; empty for a song that is not here. */
  similarTo(songId: number, together: ReadonlyMap<number, number>, limit: number): Song[] {
    const row = this.#rowOf(songId)
    if (row < 0) return []
    return similarRows(row, this.columns, this.#texts, together, limit).map((found) => this.#songAt(found))
  }

  hasSimilar(songId: number, together: ReadonlyMap<number, number>): boolean {
    const row = this.#rowOf(songId)
    return row >= 0 && hasSimilarRow(row, this.columns, this.#texts, together)
  }

  /** -1 when it is not here. */
  #rowOf(songId: number): number {
    return (this.columns.rowOfId[songId] ?? 0) - 1
  }

  readonly #readSong = (row: number) => this.#songAt(row)
  readonly #readId = (row: number) => this.columns.numbers.id[row] ?? 0

  #songAt(row: number): Song {
    return new RowSong(this.columns, this.#texts, row)
  }

  #passed(filter: SongFilter | undefined): Passing {
    if (filter === undefined) return passing(this.columns, filter)
    return this.#passing.get(
      keyOf(filter),
      () => passing(this.columns, filter),
      ({ mask }) => answerBytes + (mask?.length ?? 0),
    )
  }

  #answer(question: SongQuestion & { sort: SongSort }): FoundRows {
    return this.#answers.get(
      keyOf(question),
      () => this.#find(question),
      ({ length, entries }) => answerBytes + length * bytesPerRow + (entries?.length ?? 0) * bytesPerEntry,
    )
  }

  #find({ filter, playlistId, sort, isDescending = false }: SongQuestion & { sort: SongSort }): FoundRows {
    const content = this.#playlists.get(playlistId ?? 1)
    if (content === undefined) return found(noRows, undefined)
    const entries = content.rowsIn ? this.#entriesByRule(content, content.rowsIn) : content.entries
    if (entries !== undefined) return this.#findInPlaylist(entries, this.#passed(filter), sort, isDescending)
    return new PickedRows(this.#order(sort), this.#passed(ofKinds(filter, content.mediaKinds)), isDescending)
  }

  #findInPlaylist(
    all: readonly PlaylistEntry[],
    passed: Passing,
    sort: SongSort,
    isDescending: boolean,
  ): FoundRows {
    const passing = all
      .map((entry) => ({ entry, row: (this.columns.rowOfId[entry.songId] ?? 0) - 1 }))
      .filter(({ row }) => isPassing(passed, row))
    if (sort !== 'playlist') {
      const placeOfRow = new Map<number, number>()
      for (const [place, row] of this.#order(sort).entries()) placeOfRow.set(row, place)
      passing.sort((a, b) => (placeOfRow.get(a.row) ?? 0) - (placeOfRow.get(b.row) ?? 0))
    }
    if (isDescending) passing.reverse()
    return found(
      Uint32Array.from(passing, ({ row }) => row),
      passing.map(({ entry }) => entry),
    )
  }

  /** What a rule finds; looked for once per view. */
  #entriesByRule(
    { playlist }: PlaylistContent,
    rowsIn: (columns: Columns) => Uint32Array,
  ): readonly PlaylistEntry[] {
    const known = this.#found.get(playlist.id)
    if (known) return known
    const found = Array.from(rowsIn(this.columns), (row) => this.#ownEntry(row))
    this.#found.set(playlist.id, found)
    return found
  }

  /** All rows in an order; each is made once per view. */
  #order(sort: SongSort): Uint32Array {
    const known = this.#orders.get(sort)
    if (known) return known
    const made = this.#makeOrder(sort)
    this.#orders.set(sort, made)
    return made
  }

  #makeOrder(sort: SongSort): Uint32Array {
    const { count, byTitle, byArtist, numbers, texts, strings } = this.columns
    const rows = firstRows(count)
    switch (sort) {
      case 'album':
      case 'playlist':
        return rows
      case 'title':
        return byTitle
      case 'artist':
        return byArtist
      case 'genre':
      case 'composer': {
        const names = texts[sort === 'genre' ? 'genre' : 'composerSort']
        return orderBy(
          rows,
          Uint32Array.from(names, (name) => strings.ranks[name] ?? 0),
        )
      }
      case 'releasedAt':
        // Times before 1970 are negative: moved up, so that they sort first.
        return orderBy(
          rows,
          Uint32Array.from(numbers.releasedAt, (time) => Math.max(0, time + 2 ** 31)),
        )
      default:
        return orderBy(rows, numbers[sort])
    }
  }

  /** Where a song without entries of its own stands: its item id names it, since it is there once. */
  #ownEntry(row: number): PlaylistEntry {
    const songId = this.columns.numbers.id[row] ?? 0
    return { entryId: songId, songId }
  }

  /** The letter that a row stands under in an order. */
  #letters(sort: SongSort): (row: number) => number {
    const { albums, artists, albumOf, strings, texts } = this.columns
    const { letters } = strings
    // As the album order has it: the artist of the album, not what this one song says.
    if (sort === 'album')
      return (row) => letters[artists.nameSort[albums.artist[albumOf[row] ?? 0] ?? 0] ?? 0] ?? 0
    const column = letterColumnOf[sort]
    if (column === undefined) return () => otherLetter.charCodeAt(0)
    const names = texts[column]
    return (row) => letters[names[row] ?? 0] ?? 0
  }
}

/** The name by whose letter songs in an order are headed; numbers have none. */
const letterColumnOf: Partial<Record<SongSort, TextColumn>> = {
  title: 'titleSort',
  artist: 'artistSort',
  genre: 'genre',
  composer: 'composerSort',
}

const noRows = new Uint32Array(0)
const bytesPerRow = 4
/** A small object in a list. */
const bytesPerEntry = 40

function found(all: Uint32Array, entries: readonly PlaylistEntry[] | undefined): FoundRows {
  return { length: all.length, all, first: (count) => all.subarray(0, count), entries }
}

function keyOf(question: SongFilter | SongQuestion): string {
  return JSON.stringify(question, (_, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value))
}

function ofKinds(
  filter: SongFilter | undefined,
  kinds: readonly number[] | undefined,
): SongFilter | undefined {
  if (kinds === undefined) return filter
  const isOfKind: SongFilter = {
    or: kinds.map((kind) => ({ number: 'mediaKind', equals: BigInt(kind) })),
  }
  return filter === undefined ? isOfKind : { and: [isOfKind, filter] }
}

/** Orders of the view before that hold for columns of the same rows: all but those by a count that changed. */
function stillRight(
  orders: ReadonlyMap<SongSort, Uint32Array>,
  before: Columns,
  columns: Columns,
): Map<SongSort, Uint32Array> {
  const isSame = (sort: SongSort) =>
    (sort !== 'ratingPercent' && sort !== 'playCount') || before.numbers[sort] === columns.numbers[sort]
  return new Map([...orders].filter(([sort]) => isSame(sort)))
}
