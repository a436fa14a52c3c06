// Albums, artists and single values that have songs passing a filter, with the counts of those songs.

import type { Album, Artist } from '../items.ts'
import type { GroupListing, Listing } from '../tables.ts'
import type { AlbumTable, Columns } from './columns.ts'
import type { Passing } from './filter.ts'
import { listing } from './listing.ts'
import { firstRows } from './order.ts'
import type { Texts } from './strings.ts'

export interface AlbumHits {
  /** Places of albums, in album order. */
  readonly albums: Uint32Array
  readonly songCount: Uint32Array
  readonly durationMs: Float64Array
}

/** The albums of the rows that pass. */
function albumsOfRows({ count, albums, albumOf, numbers }: Columns, passed: Passing): AlbumHits {
  const albumCount = albums.id.length
  const songCount = new Uint32Array(albumCount)
  const { from, to, mask } = passed
  if (mask === undefined && to - from === count) {
    for (let album = 0; album < albumCount; album++)
      songCount[album] = (albums.starts[album + 1] ?? 0) - (albums.starts[album] ?? 0)
    return { albums: firstRows(albumCount), songCount, durationMs: albums.durationMs }
  }
  const durationMs = new Float64Array(albumCount)
  const hits = new Uint32Array(Math.min(albumCount, to - from))
  let found = 0
  for (let row = from; row < to; row++) {
    if (mask !== undefined && mask[row - from] === 0) continue
    const album = albumOf[row] ?? 0
    if (songCount[album] === 0) hits[found++] = album
    songCount[album] = (songCount[album] ?? 0) + 1
    durationMs[album] = (durationMs[album] ?? 0) + (numbers.durationMs[row] ?? 0)
  }
  return { albums: hits.subarray(0, found), songCount, durationMs }
}

/** An album as a row looked at: nothing is read until it is asked for. */
export class RowAlbum implements Album {
  readonly #columns: Columns
  readonly #texts: Texts
  readonly #place: number
  readonly songCount: number
  readonly durationMs: number

  constructor(columns: Columns, texts: Texts, place: number, songCount: number, durationMs: number) {
    this.#columns = columns
    this.#texts = texts
    this.#place = place
    this.songCount = songCount
    this.durationMs = durationMs
  }

  get id() {
    return this.#columns.albums.id[this.#place] ?? 0
  }
  get persistentId() {
    return BigInt(this.#columns.albums.persistentId[this.#place] ?? 0)
  }
  get name() {
    return this.#texts.get(this.#columns.albums.name[this.#place] ?? 0)
  }
  get nameSort() {
    return this.#texts.get(this.#columns.albums.nameSort[this.#place] ?? 0)
  }
  get #artist() {
    return this.#columns.albums.artist[this.#place] ?? 0
  }
  get artist() {
    return this.#texts.get(this.#columns.artists.name[this.#artist] ?? 0)
  }
  get artistSort() {
    return this.#texts.get(this.#columns.artists.nameSort[this.#artist] ?? 0)
  }
  get artistId() {
    return BigInt(this.#columns.artists.persistentId[this.#artist] ?? 0)
  }
  get year() {
    return this.#columns.albums.year[this.#place] ?? 0
  }
  get isCompilation() {
    return this.#columns.albums.isCompilation[this.#place] === 1
  }

  /** All fields as a plain object, ids in decimal: for JSON and for looking at in tests. */
  toJSON(): Record<keyof Album, unknown> {
    const { id, name, nameSort, artist, artistSort, songCount, durationMs, year, isCompilation } = this
    const ids = { persistentId: String(this.persistentId), artistId: String(this.artistId) }
    return { id, ...ids, name, nameSort, artist, artistSort, songCount, durationMs, year, isCompilation }
  }
}

export function albumListing(
  columns: Columns,
  texts: Texts,
  passed: Passing,
  sort: 'album' | 'artist',
): GroupListing<Album> {
  const { albums, artists, strings } = columns
  const hits = albumsOfRows(columns, passed)
  const isHit = (album: number) => albums.name[album] !== 0 && (hits.songCount[album] ?? 0) > 0
  const places = sort === 'album' ? albums.byName.filter(isHit) : hits.albums.filter(isHit)
  const inOrder = listing({
    length: places.length,
    item(at) {
      const place = places[at] ?? 0
      return new RowAlbum(columns, texts, place, hits.songCount[place] ?? 0, hits.durationMs[place] ?? 0)
    },
    letter(at) {
      const album = places[at] ?? 0
      const name = sort === 'album' ? albums.nameSort[album] : artists.nameSort[albums.artist[album] ?? 0]
      return strings.letters[name ?? 0] ?? 0
    },
  })
  const { id, year, isCompilation } = albums
  return {
    ...inOrder,
    rows: places,
    table: {
      strings,
      texts: { name: albums.name, artist: artistNames(columns) },
      numbers: { id, year, isCompilation, songCount: hits.songCount, durationMs: hits.durationMs },
      ids: {
        persistentId: { values: albums.persistentId },
        artistId: { places: albums.artist, values: artists.persistentId },
      },
    },
  }
}

const artistNamesOf = new WeakMap<AlbumTable, Uint32Array>()

/** Album → number of its artist's name. */
function artistNames({ albums, artists }: Columns): Uint32Array {
  const known = artistNamesOf.get(albums)
  if (known !== undefined) return known
  const names = Uint32Array.from(albums.artist, (artist) => artists.name[artist] ?? 0)
  artistNamesOf.set(albums, names)
  return names
}

interface ArtistCounts {
  readonly albumCount: number
  readonly songCount: number
}

export function artistAt({ artists }: Columns, texts: Texts, place: number, counts: ArtistCounts): Artist {
  return {
    id: artists.id[place] ?? 0,
    persistentId: BigInt(artists.persistentId[place] ?? 0),
    name: texts.get(artists.name[place] ?? 0),
    nameSort: texts.get(artists.nameSort[place] ?? 0),
    ...counts,
  }
}

export function artistListing(columns: Columns, texts: Texts, passed: Passing): GroupListing<Artist> {
  const { albums, artists, strings } = columns
  const hits = albumsOfRows(columns, passed)
  const albumCount = new Uint32Array(artists.id.length)
  const songCount = new Uint32Array(artists.id.length)
  for (const album of hits.albums) {
    const artist = albums.artist[album] ?? 0
    songCount[artist] = (songCount[artist] ?? 0) + (hits.songCount[album] ?? 0)
    if (albums.name[album] !== 0) albumCount[artist] = (albumCount[artist] ?? 0) + 1
  }
  const places = Uint32Array.from(songCount.keys()).filter(
    (artist) => artists.name[artist] !== 0 && (songCount[artist] ?? 0) > 0,
  )
  const inOrder = listing({
    length: places.length,
    item(at) {
      const place = places[at] ?? 0
      const counts = { albumCount: albumCount[place] ?? 0, songCount: songCount[place] ?? 0 }
      return artistAt(columns, texts, place, counts)
    },
    letter: (at) => strings.letters[artists.nameSort[places[at] ?? 0] ?? 0] ?? 0,
  })
  const own = { values: artists.persistentId }
  return {
    ...inOrder,
    rows: places,
    table: {
      strings,
      texts: { name: artists.name, artist: artists.name },
      numbers: { id: artists.id, albumCount, songCount },
      ids: { persistentId: own, artistId: own },
    },
  }
}

const sortColumnOf = {
  albumArtist: 'albumArtistSort',
  album: 'albumSort',
  genre: 'genre',
  composer: 'composerSort',
} as const

/** Distinct values of a field, sorted by their sort names. */
export function distinctListing(
  { texts: columns, strings }: Columns,
  texts: Texts,
  passed: Passing,
  field: keyof typeof sortColumnOf,
): Listing<string> {
  const [values, sortNames] = [columns[field], columns[sortColumnOf[field]]]
  const isSeen = new Uint8Array(strings.ranks.length)
  isSeen[0] = 1 // nothing is no value
  const found: [value: number, sortName: number][] = []
  const { from, to, mask } = passed
  for (let row = from; row < to; row++) {
    const value = values[row] ?? 0
    if (isSeen[value] === 1 || (mask !== undefined && mask[row - from] === 0)) continue
    isSeen[value] = 1
    found.push([value, sortNames[row] ?? 0])
  }
  found.sort(([, a], [, b]) => (strings.ranks[a] ?? 0) - (strings.ranks[b] ?? 0))
  return listing({
    length: found.length,
    item: (at) => texts.get(found[at]?.[0] ?? 0),
    letter: (at) => strings.letters[found[at]?.[1] ?? 0] ?? 0,
  })
}
