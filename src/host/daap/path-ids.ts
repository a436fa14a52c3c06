// Numbers in a path: which library, which playlist, which song.

import { KnownError } from '../../errors.ts'
import type { LibraryView, Playlist } from '../../library/index.ts'
import { parseId } from '../../protocol/index.ts'

/** `miid` of the only library we have. */
export const mainDatabaseId = 1
/** `miid` of the playlist that is the whole library. */
export const basePlaylistId = 1

/** NOT_FOUND for a library that we do not have, such as the radio that other hosts offer as number 2. */
export function requireMainDatabase(text: string | undefined): void {
  if (idIn(text) !== mainDatabaseId) throw new KnownError('NOT_FOUND', { database: text })
}

/** The playlist meant; 0 means the base one (a habit of Apple's Remote). NOT_FOUND when there is none. */
export function requirePlaylist(view: LibraryView, text: string | undefined): Playlist {
  const playlist = view.playlist(idIn(text) || basePlaylistId)
  if (playlist === undefined) throw new KnownError('NOT_FOUND', { container: text })
  return playlist
}

/** An unsigned 32-bit id. BAD_REQUEST for other text. */
export function idIn(text: string | undefined): number {
  const id = parseId(text ?? '')
  if (id === undefined || id > 0xffff_ffffn) throw new KnownError('BAD_REQUEST', { id: text })
  return Number(id)
}
