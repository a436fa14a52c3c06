// The albums of songs, in the order in which the songs come.

import type { Album, Song } from '../../remote/index.ts'

/** A cover is asked for by a song of it: the album's number among groups is not known here. */
export interface AlbumOfSongs extends Album {
  readonly songId: number
}

export function newestAlbums(songs: readonly Song[]): AlbumOfSongs[] {
  const albums = Map.groupBy(
    songs.filter(({ albumId, album }) => albumId !== '' && album !== ''),
    ({ albumId }) => albumId,
  )
  return [...albums].flatMap(([id, of]) => {
    const [first] = of
    if (!first) return []
    return {
      kind: 'album',
      id,
      groupId: 0,
      songId: first.id,
      title: first.album,
      artist: first.albumArtist || first.artist,
      artistId: first.artistId,
      year: first.year,
      songCount: of.length,
    } as const
  })
}
