// Albums and artists by words of their names, for a search.

import type { LibraryView, SongFilter, TextField } from '../../library/index.ts'
import { type ApiAlbum, type ApiArtist, hex64 } from '../../protocol/index.ts'

/** Each is asked of every name. */
const mostWords = 12

/** So many of each at most: all the words are somewhere in an album's title or artist, in an artist's name. */
export function groupsNamed(
  view: LibraryView,
  text: string,
  most: number,
): { albums: ApiAlbum[]; artists: ApiArtist[] } {
  const words = text.split(/\s+/).filter(Boolean).slice(0, mostWords)
  if (words.length === 0) return { albums: [], artists: [] }
  const albums = view.albums({ filter: withWords(words, ['album', 'albumArtist']), sort: 'artist' })
  const artists = view.artists({ filter: withWords(words, ['albumArtist']) })
  return {
    albums: albums.slice(0, most).map(({ id, persistentId, name, artist, artistId, year, songCount }) => ({
      id: hex64(persistentId),
      groupId: id,
      title: name,
      artist,
      artistId: hex64(artistId),
      year,
      songCount,
    })),
    artists: artists.slice(0, most).map(({ id, persistentId, name, albumCount, songCount }) => ({
      id: hex64(persistentId),
      groupId: id,
      name,
      albumCount,
      songCount,
    })),
  }
}

function withWords(words: readonly string[], fields: readonly TextField[]): SongFilter {
  return {
    and: words.map((word) => ({ or: fields.map((text) => ({ text, match: 'contains', value: word })) })),
  }
}
