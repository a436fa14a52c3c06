// Puts songs in album order and makes the tables of albums and artists.

import type { Database } from '../database.ts'
import type { AlbumTable, ArtistTable, Columns, StringTable } from './columns.ts'
import type { Loaded } from './load.ts'
import { firstRows, orderBy } from './order.ts'
import { type StringCollector, shared } from './strings.ts'

interface GroupRow {
  readonly id: number
  readonly persistentId: number
  readonly name: string
}
interface AlbumRow extends GroupRow {
  readonly artistId: number
}

export interface GroupRows {
  readonly albums: readonly AlbumRow[]
  readonly artists: readonly GroupRow[]
}

export function readGroups(database: Database): GroupRows {
  return {
    albums: database.all<AlbumRow>(
      'SELECT id, persistent_id AS persistentId, name, artist_id AS artistId FROM albums',
    ),
    artists: database.all<GroupRow>('SELECT id, persistent_id AS persistentId, name FROM artists'),
  }
}

export interface Grouped extends Pick<Columns, 'albumOf' | 'albums' | 'artists'> {
  /** New row → row as loaded. */
  readonly rows: Uint32Array
}

export function groupSongs(
  loaded: Loaded,
  groups: GroupRows,
  strings: StringCollector,
  table: StringTable,
): Grouped {
  const { count, albumIds, texts, numbers } = loaded
  const rank = (text: number | undefined) => table.ranks[text ?? 0] ?? 0

  // An album sorts as its oldest song says, an artist as that of an album of theirs.
  const songOfAlbum = new Map<number, number>()
  for (let row = 0; row < count; row++) {
    const first = songOfAlbum.get(albumIds[row] ?? 0)
    if (first === undefined || (numbers.id[row] ?? 0) < (numbers.id[first] ?? 0))
      songOfAlbum.set(albumIds[row] ?? 0, row)
  }
  const usedAlbums = groups.albums.filter(({ id }) => songOfAlbum.has(id))
  const songOfArtist = new Map(usedAlbums.map(({ id, artistId }) => [artistId, songOfAlbum.get(id) ?? 0]))
  const artistRows = groups.artists
    .filter(({ id }) => songOfArtist.has(id))
    .map((artist) => {
      const sort = texts.albumArtistSort[songOfArtist.get(artist.id) ?? 0] ?? 0
      return Object.assign({ sort }, artist)
    })
    .sort((a, b) => rank(a.sort) - rank(b.sort) || a.id - b.id)
  const placeOfArtist = new Map(artistRows.map(({ id }, place) => [id, place]))
  const albumRows = usedAlbums
    .map((album) => {
      const place = placeOfArtist.get(album.artistId) ?? 0
      const sort = texts.albumSort[songOfAlbum.get(album.id) ?? 0] ?? 0
      return Object.assign({ place, sort }, album)
    })
    .sort((a, b) => a.place - b.place || rank(a.sort) - rank(b.sort) || a.id - b.id)
  const placeOfAlbum = new Map(albumRows.map(({ id }, place) => [id, place]))

  const albumOfLoaded = Uint32Array.from(albumIds, (id) => placeOfAlbum.get(id) ?? 0)
  const titleRanks = Uint32Array.from(texts.titleSort, rank)
  let rows = orderBy(orderBy(firstRows(count), numbers.id), titleRanks)
  for (const key of [numbers.trackNumber, numbers.discNumber, albumOfLoaded]) rows = orderBy(rows, key)
  const albumOf = shared(Uint32Array, count)
  for (let row = 0; row < count; row++) albumOf[row] = albumOfLoaded[rows[row] ?? 0] ?? 0

  const albums = albumTable(albumRows, strings)
  const artists = artistTable(artistRows, albumRows, strings)
  fillAlbums(albums, albumOf, rows, loaded)
  const byName = albumRows
    .map(({ sort }, place) => ({ rank: rank(sort), place }))
    .sort((a, b) => a.rank - b.rank || a.place - b.place)
  albums.byName.set(byName.map(({ place }) => place))
  return { rows, albumOf, albums, artists }
}

function albumTable(
  rows: readonly (AlbumRow & { place: number; sort: number })[],
  strings: StringCollector,
): AlbumTable {
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
    table.name[place] = strings.add(album.name)
    table.nameSort[place] = album.sort
    table.artist[place] = album.place
  }
  return table
}

function artistTable(
  rows: readonly (GroupRow & { sort: number })[],
  albums: readonly { place: number }[],
  strings: StringCollector,
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
    table.name[place] = strings.add(artist.name)
    table.nameSort[place] = artist.sort
  }
  fillStarts(
    table.starts,
    Uint32Array.from(albums, ({ place }) => place),
  )
  return table
}

function fillAlbums(albums: AlbumTable, albumOf: Uint32Array, rows: Uint32Array, { numbers }: Loaded): void {
  fillStarts(albums.starts, albumOf)
  for (const [row, album] of albumOf.entries()) {
    const loadedRow = rows[row] ?? 0
    albums.durationMs[album] = (albums.durationMs[album] ?? 0) + (numbers.durationMs[loadedRow] ?? 0)
    albums.year[album] = Math.max(albums.year[album] ?? 0, numbers.year[loadedRow] ?? 0)
    if (numbers.isCompilation[loadedRow] === 1) albums.isCompilation[album] = 1
  }
}

/** `groupOf` goes up; `starts[g]` becomes the first place of group g, and one more at the end. */
function fillStarts(starts: Uint32Array, groupOf: Uint32Array): void {
  for (const group of groupOf) starts[group + 1] = (starts[group + 1] ?? 0) + 1
  for (let group = 1; group < starts.length; group++)
    starts[group] = (starts[group] ?? 0) + (starts[group - 1] ?? 0)
}
