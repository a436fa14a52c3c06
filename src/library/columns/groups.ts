// Albums, artists and single values that have songs passing a filter, with the counts of those songs.

import type { Album, Artist, Listing } from '../types.ts'
import type { Columns } from './columns.ts'
import type { Passing } from './filter.ts'
import { listing } from './listing.ts'
import { firstRows } from './order.ts'
import type { Texts } from './strings.ts'

export interface AlbumHits {
  /** Places of albums, in album order. */
  readonly albums: Uint32Array
  readonly songCount: ArrayLike<number>
  readonly durationMs: ArrayLike<number>
}

/** The albums of the rows that pass. */
export function albumsOfRows({ count, albums, albumOf, numbers }: Columns, passed: Passing): AlbumHits {
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

export function albumAt(
  columns: Columns,
  texts: Texts,
  place: number,
  songCount: number,
  durationMs: number,
): Album {
  const { albums, artists } = columns
  const artist = albums.artist[place] ?? 0
  return {
    id: albums.id[place] ?? 0,
    persistentId: BigInt(albums.persistentId[place] ?? 0),
    name: texts.get(albums.name[place] ?? 0),
    nameSort: texts.get(albums.nameSort[place] ?? 0),
    artist: texts.get(artists.name[artist] ?? 0),
    artistSort: texts.get(artists.nameSort[artist] ?? 0),
    artistId: BigInt(artists.persistentId[artist] ?? 0),
    songCount,
    durationMs,
    year: albums.year[place] ?? 0,
    isCompilation: albums.isCompilation[place] === 1,
  }
}

export function albumListing(
  columns: Columns,
  texts: Texts,
  passed: Passing,
  sort: 'album' | 'artist',
): Listing<Album> {
  const { albums, artists, strings } = columns
  const hits = albumsOfRows(columns, passed)
  const isHit = (album: number) => albums.name[album] !== 0 && (hits.songCount[album] ?? 0) > 0
  const places = sort === 'album' ? albums.byName.filter(isHit) : hits.albums.filter(isHit)
  return listing({
    length: places.length,
    item(at) {
      const place = places[at] ?? 0
      return albumAt(columns, texts, place, hits.songCount[place] ?? 0, hits.durationMs[place] ?? 0)
    },
    letter(at) {
      const album = places[at] ?? 0
      const name = sort === 'album' ? albums.nameSort[album] : artists.nameSort[albums.artist[album] ?? 0]
      return strings.letters[name ?? 0] ?? 0
    },
  })
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

export function artistListing(columns: Columns, texts: Texts, passed: Passing): Listing<Artist> {
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
  return listing({
    length: places.length,
    item(at) {
      const place = places[at] ?? 0
      const counts = { albumCount: albumCount[place] ?? 0, songCount: songCount[place] ?? 0 }
      return artistAt(columns, texts, place, counts)
    },
    letter: (at) => strings.letters[artists.nameSort[places[at] ?? 0] ?? 0] ?? 0,
  })
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
