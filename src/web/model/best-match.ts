// The one thing that was most probably meant: a name that begins with what was typed, artists before albums.

import type { Album, Artist, Playable, Playlist, Song } from '../../remote/index.ts'
import { folded } from './words.ts'

interface Found {
  readonly songs: readonly Song[]
  readonly albums: readonly Album[]
  readonly artists: readonly Artist[]
  readonly playlists: readonly Playlist[]
}

export function bestOf(
  words: readonly string[],
  { songs, albums, artists, playlists }: Found,
): Playable | undefined {
  const typed = folded(words.join(' '))
  const begins = (name: string) => folded(name).startsWith(typed)
  return (
    artists.find(({ name }) => begins(name)) ??
    albums.find(({ title }) => begins(title)) ??
    playlists.find(({ name }) => begins(name)) ??
    songs[0] ??
    albums[0] ??
    artists[0]
  )
}
