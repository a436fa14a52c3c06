// Albums, artists and single values that have songs passing a filter, with the counts of those songs.

import type { Album, Artist, Listing } from '../types.ts'
import type { Columns } from './columns.ts'
import { listing } from './listing.ts'
import type { Texts } from './strings.ts'

export interface AlbumHits {
  /** Places of albums, in album order. */
  readonly albums: Uint32Array
  readonly songCount: ArrayLike<number>
  readonly durationMs: ArrayLike<number>
}

/** The albums of the rows of a mask, or of all. */
export function albumsOfRows({ albums, albumOf, numbers }: Columns, mask: Uint8Array | undefined): AlbumHits {
  const count = albums.id.length
  if (mask === undefined) {
    const songCount = Uint32Array.from(
      { length: count },
      (_, album) => (albums.starts[album + 1] ?? 0) - (albums.starts[album] ?? 0),
    )
    return { albums: Uint32Array.from(songCount.keys()), songCount, durationMs: albums.durationMs }
  }
  const songCount = new Uint32Array(count)
  const durationMs = new Float64Array(count)
  for (let row = 0; row < mask.length; row++) {
    if (mask[row] === 0) continue
    const album = albumOf[row] ?? 0
    songCount[album] = (songCount[album] ?? 0) + 1
    durationMs[album] = (durationMs[album] ?? 0) + (numbers.durationMs[row] ?? 0)
  }
  return {
    albums: Uint32Array.from(songCount.keys()).filter((album) => (songCount[album] ?? 0) > 0),
    songCount,
    durationMs,
  }
}

export function albumAt(
  columns: Columns,
  texts: Texts,
  place: number,
  hits: Omit<AlbumHits, 'albums'>,
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
    songCount: hits.songCount[place] ?? 0,
    durationMs: hits.durationMs[place] ?? 0,
    year: albums.year[place] ?? 0,
    isCompilation: albums.isCompilation[place] === 1,
  }
}

export function albumListing(
  columns: Columns,
  texts: Texts,
  mask: Uint8Array | undefined,
  sort: 'album' | 'artist',
): Listing<Album> {
  const { albums, artists, strings } = columns
  const hits = albumsOfRows(columns, mask)
  const isNamed = (album: number) => albums.name[album] !== 0
  const isHit = (album: number) => isNamed(album) && (hits.songCount[album] ?? 0) > 0
  const places = sort === 'album' ? albums.byName.filter(isHit) : hits.albums.filter(isNamed)
  return listing({
    length: places.length,
    item: (at) => albumAt(columns, texts, places[at] ?? 0, hits),
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

export function artistListing(columns: Columns, texts: Texts, mask: Uint8Array | undefined): Listing<Artist> {
  const { albums, artists, strings } = columns
  const hits = albumsOfRows(columns, mask)
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
  { count, texts: columns, strings }: Columns,
  texts: Texts,
  mask: Uint8Array | undefined,
  field: keyof typeof sortColumnOf,
): Listing<string> {
  const sortNameOf = new Map<number, number>()
  const [values, sortNames] = [columns[field], columns[sortColumnOf[field]]]
  for (let row = 0; row < count; row++)
    if (mask === undefined || mask[row] === 1) sortNameOf.set(values[row] ?? 0, sortNames[row] ?? 0)
  sortNameOf.delete(0)
  const rank = ([, sortName]: readonly [number, number]) => strings.ranks[sortName] ?? 0
  const found = [...sortNameOf].sort((a, b) => rank(a) - rank(b))
  return listing({
    length: found.length,
    item: (at) => texts.get(found[at]?.[0] ?? 0),
    letter: (at) => strings.letters[found[at]?.[1] ?? 0] ?? 0,
  })
}
