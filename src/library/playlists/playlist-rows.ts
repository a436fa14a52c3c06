// Playlists as rows of the database.

import type { Database } from '../database.ts'
import type { Playlist } from '../items.ts'

export interface PlaylistRow {
  readonly id: number
  readonly persistentId: number
  readonly name: string
  readonly kind: Playlist['kind']
  readonly specialNumber: number
  readonly parentId: number
  readonly nextEntryId: number
  /** As `storedEntries` writes them. */
  readonly entries: Uint8Array | null
  /** Of a smart one. */
  readonly definition: string | null
  readonly gathers: 'recent' | 'top' | null
  /** The file that says the rules, where one does. */
  readonly definedIn: string | null
}

/** A playlist whose file is gone is not among them, though its row is kept for a while. */
const select = `SELECT playlists.id, persistent_id AS persistentId, name, kind, special_number AS specialNumber,
    parent_id AS parentId, next_entry_id AS nextEntryId, entries, definition, gathers, smart_playlists.path AS definedIn
  FROM playlists
    LEFT JOIN smart_playlists ON smart_playlists.playlist_id = playlists.id
    LEFT JOIN playlist_files ON playlist_files.playlist_id = playlists.id
  WHERE playlist_files.missing_since IS NULL`

export function readAllRows(database: Database): PlaylistRow[] {
  return database.all<PlaylistRow>(select)
}

export function readRow(database: Database, id: number): PlaylistRow | undefined {
  return database.get<PlaylistRow>(`${select} AND playlists.id = ?`, id)
}

export function writeEntries(
  database: Database,
  id: number,
  { entries, nextEntryId }: { entries: Uint8Array | null; nextEntryId: number },
): void {
  database.run('UPDATE playlists SET entries = ?, next_entry_id = ? WHERE id = ?', entries, nextEntryId, id)
}

export function writeName(database: Database, id: number, name: string): void {
  database.run('UPDATE playlists SET name = ? WHERE id = ?', name, id)
}

export function deleteRow(database: Database, id: number): void {
  database.run('DELETE FROM playlists WHERE id = ?', id)
}

export function countRows(database: Database): number {
  return database.get<{ n: number }>('SELECT count(*) AS n FROM playlists')?.n ?? 0
}
