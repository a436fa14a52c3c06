// Playlists as stored, and the built-in ones that remotes expect.

import type { PlaylistContent } from './columns/view.ts'
import type { Database } from './database.ts'
import { newPersistentId } from './persistent-id.ts'
import type { Playlist, PlaylistEntry } from './types.ts'

interface BuiltIn extends Pick<Playlist, 'id' | 'name' | 'kind' | 'specialNumber'> {
  readonly mediaKinds: readonly number[] | undefined
}

/** Numbers of media kinds and special playlists: daap-library.md, sections 4 and 5. */
const builtIn: readonly BuiltIn[] = [
  { id: 1, name: 'Library', kind: 'base', specialNumber: 0, mediaKinds: undefined },
  { id: 2, name: 'Music', kind: 'special', specialNumber: 6, mediaKinds: [1, 32] },
  { id: 3, name: 'Podcasts', kind: 'special', specialNumber: 1, mediaKinds: [4] },
  { id: 4, name: 'Audiobooks', kind: 'special', specialNumber: 7, mediaKinds: [8] },
]
/** Ids below this are for playlists that are built in. */
const firstOwnId = 100

export function addBuiltInPlaylists(database: Database): void {
  const isTaken = (id: number) =>
    database.get('SELECT 1 FROM playlists WHERE persistent_id = ?', id) !== undefined
  database.transaction(() => {
    for (const { id, name, kind, specialNumber } of builtIn)
      if (database.get('SELECT 1 FROM playlists WHERE id = ?', id) === undefined)
        database.run(
          'INSERT INTO playlists (id, persistent_id, name, kind, special_number) VALUES (?, ?, ?, ?, ?)',
          id,
          newPersistentId(isTaken),
          name,
          kind,
          specialNumber,
        )
    database.run("UPDATE sqlite_sequence SET seq = max(seq, ?) WHERE name = 'playlists'", firstOwnId - 1)
  })
}

interface PlaylistRow {
  readonly id: number
  readonly persistentId: number
  readonly name: string
  readonly kind: Playlist['kind']
  readonly specialNumber: number
  readonly parentId: number
}

/** Base first, then the special ones, then the others by name. */
export function readPlaylists(database: Database): PlaylistContent[] {
  const rows = database.all<PlaylistRow>(
    `SELECT id, persistent_id AS persistentId, name, kind, special_number AS specialNumber, parent_id AS parentId
     FROM playlists ORDER BY id < ? DESC, CASE WHEN id < ? THEN id END, name COLLATE NOCASE`,
    firstOwnId,
    firstOwnId,
  )
  return rows.map(({ persistentId, ...row }) => {
    const own = builtIn.find(({ id }) => id === row.id)
    const playlist = { ...row, persistentId: BigInt(persistentId) }
    if (own?.mediaKinds) return { playlist, entries: undefined, mediaKinds: own.mediaKinds }
    return { playlist, entries: own ? undefined : readEntries(database, row.id) }
  })
}

function readEntries(database: Database, playlistId: number): PlaylistEntry[] {
  const rows = database.all<PlaylistEntry>(
    `SELECT entry_id AS entryId, song_id AS songId FROM playlist_entries
     WHERE playlist_id = ? ORDER BY position, entry_id`,
    playlistId,
  )
  return rows.map(({ entryId, songId }) => ({ entryId, songId }))
}
