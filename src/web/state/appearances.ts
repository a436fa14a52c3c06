// Albums of others on which an artist is heard.

import type { Album, Remote } from '../../remote/index.ts'

const mostAlbums = 60

export async function appearancesOf(
  remote: Remote,
  artistId: string,
  name: string,
): Promise<readonly Album[]> {
  if (name === '') return []
  const { items } = await remote.songs({ songArtist: name })
  const ofOthers = items.filter((song) => song.artistId !== artistId && song.artist === name)
  const ids = [...new Set(ofOthers.map(({ albumId }) => albumId))].slice(0, mostAlbums)
  const found = await Promise.all(ids.map((albumId) => remote.albums({ albumId })))
  return found.flatMap((page) => page.items)
}
