// The door through which others read the columns: only what a listing holds, named as the fields of a song.

import type { SongTable } from '../tables.ts'
import type { AlbumTable, Columns } from './columns.ts'

export function songTable(columns: Columns): SongTable {
  const { count, strings, texts, numbers, gains, albumOf, albums, artists } = columns
  let artistIds: Float64Array | undefined
  return {
    count,
    strings,
    texts,
    numbers,
    gains,
    ids: {
      persistentId: { values: numbers.persistentId as Float64Array },
      albumId: { places: albumOf, values: albums.persistentId },
      get artistId() {
        artistIds ??= artistIdsOf(albums, artists.persistentId)
        return { places: albumOf, values: artistIds }
      },
    },
  }
}

/** By the place of the album. */
function artistIdsOf({ artist }: AlbumTable, persistentIds: Float64Array): Float64Array {
  return Float64Array.from(artist, (place) => persistentIds[place] ?? 0)
}
