// Puts songs in album order and makes the tables of albums and artists.

import type { Database } from '../database.ts'
import type {
  AlbumTable,
  ArtistTable,
  Columns,
  NumberColumn,
  Numbers,
  StringTable,
  TextColumn,
} from './columns.ts'
import { firstRows, orderBy } from './order.ts'
import { lookedUp } from './rows.ts'
import { type StringCollector, shared } from './strings.ts'

interface GroupRow<Name = number> {
  readonly id: number
  readonly persistentId: number
  readonly name: Name
}
interface AlbumRow<Name = number> extends GroupRow<Name> {
  readonly artistId: number
}

/** Names are numbers of texts. */
export interface GroupRows {
  readonly albums: readonly AlbumRow[]
  readonly artists: readonly GroupRow[]
}

/** `before`: where most of them were. */
export function readGroups(
  database: Database,
  strings: StringCollector,
  before?: Pick<Columns, 'albums' | 'artists'>,
): GroupRows {
  const albums = database.all<AlbumRow<string>>(
    'SELECT id, persistent_id AS persistentId, name, artist_id AS artistId FROM albums',
  )
  const artists = database.all<GroupRow<string>>(
    'SELECT id, persistent_id AS persistentId, name FROM artists',
  )
  return {
    albums: withNumbers(albums, strings, before?.albums),
    artists: withNumbers(artists, strings, before?.artists),
  }
}

/** An album may be spelled as in a song that is not listed now. */
function withNumbers<Row extends GroupRow<string>>(
  rows: readonly Row[],
  strings: StringCollector,
  before?: Pick<Columns['albums'], 'id' | 'name'>,
): (Omit<Row, 'name'> & { name: number })[] {
  const nameOf = new Map<number, number>()
  if (before)
    for (let place = 0; place < before.id.length; place++)
      nameOf.set(before.id[place] ?? 0, before.name[place] ?? 0)
  return rows.map((row) => ({ ...row, name: strings.add(row.name, nameOf.get(row.id)) }))
}

/** Songs in no order; few of their columns are asked for. */
export interface UngroupedSongs {
  readonly count: number
  readonly albumIds: Uint32Array
  text(name: TextColumn): Uint32Array
  number(name: NumberColumn): Numbers
}

export interface Grouped extends Pick<Columns, 'albumOf' | 'albums' | 'artists'> {
  /** New row → row as loaded. */
  readonly rows: Uint32Array
}

export function groupSongs(songs: UngroupedSongs, groups: GroupRows, table: StringTable): Grouped {
  const { count, albumIds } = songs
  const ids = songs.number('id')
  const rank = (text: number | undefined) => table.ranks[text ?? 0] ?? 0

  // An album sorts as its oldest song says, an artist as that of an album of theirs.
  const songOfAlbum = oldestOfAlbums(albumIds, ids)
  const usedAlbums = groups.albums.filter(({ id }) => songOfAlbum.has(id))
  const songOfArtist = new Map(usedAlbums.map(({ id, artistId }) => [artistId, songOfAlbum.get(id) ?? 0]))
  const artistSorts = songs.text('albumArtistSort')
  const artistRows = groups.artists
    .filter(({ id }) => songOfArtist.has(id))
    .map((artist) => {
      const sort = artistSorts[songOfArtist.get(artist.id) ?? 0] ?? 0
      return Object.assign({ sort }, artist)
    })
    .sort((a, b) => rank(a.sort) - rank(b.sort) || a.id - b.id)
  const placeOfArtist = new Map(artistRows.map(({ id }, place) => [id, place]))
  const albumSorts = songs.text('albumSort')
  const albumRows = usedAlbums
    .map((album) => {
      const place = placeOfArtist.get(album.artistId) ?? 0
      const sort = albumSorts[songOfAlbum.get(album.id) ?? 0] ?? 0
      return Object.assign({ place, sort }, album)
    })
    .sort((a, b) => a.place - b.place || rank(a.sort) - rank(b.sort) || a.id - b.id)
  const placeOfAlbum = new Uint32Array(albumRows.reduce((most, { id }) => Math.max(most, id), 0) + 1)
  for (const [place, { id }] of albumRows.entries()) placeOfAlbum[id] = place

  const albumOfLoaded = lookedUp(albumIds, placeOfAlbum)
  const titleRanks = lookedUp(songs.text('titleSort'), table.ranks)
  let rows = orderBy(orderBy(firstRows(count), ids), titleRanks)
  for (const key of [songs.number('trackNumber'), songs.number('discNumber'), albumOfLoaded])
    rows = orderBy(rows, key)
  const albumOf = shared(Uint32Array, count)
  for (let row = 0; row < count; row++) albumOf[row] = albumOfLoaded[rows[row] ?? 0] ?? 0

  const albums = albumTable(albumRows)
  const artists = artistTable(artistRows, albumRows)
  fillAlbums(albums, albumOf, rows, songs)
  const byName = albumRows
    .map(({ sort }, place) => ({ rank: rank(sort), place }))
    .sort((a, b) => a.rank - b.rank || a.place - b.place)
  albums.byName.set(byName.map(({ place }) => place))
  return { rows, albumOf, albums, artists }
}

/** Album → row of the song with the lowest id. Songs of an album mostly come one after the other. */
function oldestOfAlbums(albumIds: Uint32Array, ids: Numbers): ReadonlyMap<number, number> {
  const songOfAlbum = new Map<number, number>()
  let before: number | undefined
  let first: number | undefined
  for (let row = 0; row < albumIds.length; row++) {
    const album = albumIds[row] ?? 0
    if (album !== before) first = songOfAlbum.get(album)
    before = album
    if (first !== undefined && (ids[row] ?? 0) >= (ids[first] ?? 0)) continue
    first = row
    songOfAlbum.set(album, row)
  }
  return songOfAlbum
}

function albumTable(rows: readonly (AlbumRow & { place: number; sort: number })[]): AlbumTable {
  const table: AlbumTable = {
    id: shared(Uint32Array, rows.length),
    persistentId: shared(Float64Array, rows.length),
    name: shared(Uint32Array, rows.length),
    nameSort: shared(Uint32Array, rows.length),
    artist: shared(Uint32Array, rows.length),
    starts: shared(Uint32Array, rows.length + 1),
    durationMs: shared(Float64Array, rows.length),
    year: shared(Uint16Array, rows.length),
    isCompilation: shared(Uint8Array, rows.length),
    byName: shared(Uint32Array, rows.length),
  }
  for (const [place, album] of rows.entries()) {
    table.id[place] = album.id
    table.persistentId[place] = album.persistentId
    table.name[place] = album.name
    table.nameSort[place] = album.sort
    table.artist[place] = album.place
  }
  return table
}

function artistTable(
  rows: readonly (GroupRow & { sort: number })[],
  albums: readonly { place: number }[],
): ArtistTable {
  const table: ArtistTable = {
    id: shared(Uint32Array, rows.length),
    persistentId: shared(Float64Array, rows.length),
    name: shared(Uint32Array, rows.length),
    nameSort: shared(Uint32Array, rows.length),
    starts: shared(Uint32Array, rows.length + 1),
  }
  for (const [place, artist] of rows.entries()) {
    table.id[place] = artist.id
    table.persistentId[place] = artist.persistentId
    table.name[place] = artist.name
    table.nameSort[place] = artist.sort
  }
  fillStarts(
    table.starts,
    Uint32Array.from(albums, ({ place }) => place),
  )
  return table
}

function fillAlbums(
  albums: AlbumTable,
  albumOf: Uint32Array,
  rows: Uint32Array,
  songs: UngroupedSongs,
): void {
  const [durations, years, compilations] = [
    songs.number('durationMs'),
    songs.number('year'),
    songs.number('isCompilation'),
  ]
  fillStarts(albums.starts, albumOf)
  for (let row = 0; row < albumOf.length; row++) {
    const album = albumOf[row] ?? 0
    const loadedRow = rows[row] ?? 0
    albums.durationMs[album] = (albums.durationMs[album] ?? 0) + (durations[loadedRow] ?? 0)
    albums.year[album] = Math.max(albums.year[album] ?? 0, years[loadedRow] ?? 0)
    if (compilations[loadedRow] === 1) albums.isCompilation[album] = 1
  }
}

/** `groupOf` goes up; `starts[g]` becomes the first place of group g, and one more at the end. */
function fillStarts(starts: Uint32Array, groupOf: Uint32Array): void {
  for (let at = 0; at < groupOf.length; at++) {
    const group = groupOf[at] ?? 0
    starts[group + 1] = (starts[group + 1] ?? 0) + 1
  }
  for (let group = 1; group < starts.length; group++)
    starts[group] = (starts[group] ?? 0) + (starts[group - 1] ?? 0)
}
