// Playlists that every library has from the beginning: those that remotes expect, and iTunes's smart ones.

import type { Database } from '../database.ts'
import type { Playlist } from '../items.ts'
import { newPersistentId } from '../persistent-id.ts'

interface FixedPlaylist extends Pick<Playlist, 'id' | 'name' | 'kind' | 'specialNumber'> {
  /** Undefined: all. */
  readonly mediaKinds: readonly number[] | undefined
  readonly isHiddenWhenEmpty: boolean
}

/** Numbers of media kinds and special playlists: docs/protocol/daap-library.md, sections 4 and 5. */
const fixed: readonly FixedPlaylist[] = [
  {
    id: 1,
    name: 'Library',
    kind: 'base',
    specialNumber: 0,
    mediaKinds: undefined,
    isHiddenWhenEmpty: false,
  },
  // homebridge-dacp looks for one of exactly this name, so it is there even when it is empty.
  { id: 2, name: 'Music', kind: 'special', specialNumber: 6, mediaKinds: [1, 32], isHiddenWhenEmpty: false },
  { id: 3, name: 'Podcasts', kind: 'special', specialNumber: 1, mediaKinds: [4], isHiddenWhenEmpty: true },
  { id: 4, name: 'Audiobooks', kind: 'special', specialNumber: 7, mediaKinds: [8], isHiddenWhenEmpty: true },
]
/** Ids below this are for playlists that are fixed. */
const firstOwnId = 100

export function fixedPlaylist(id: number): FixedPlaylist | undefined {
  return fixed.find((playlist) => playlist.id === id)
}

interface GivenPlaylist {
  readonly gathers: 'recent' | 'top'
  /** As docs/smart-playlists.md has it. */
  readonly definition: string
}

/** Given once: whoever renames, changes or deletes one of them has the last word. Left out while empty. */
export const given: readonly GivenPlaylist[] = [
  {
    gathers: 'recent',
    definition: `name = "Recently Added"
rules = [{ field = "date-added", op = "in-last", value = "2 weeks" }]
order = "date-added"
descending = true
limit = 500
`,
  },
  {
    gathers: 'recent',
    definition: `name = "Recently Played"
rules = [{ field = "last-played", op = "in-last", value = "2 weeks" }]
order = "last-played"
descending = true
limit = 500
`,
  },
  {
    gathers: 'top',
    definition: `name = "Top 25 Most Played"
rules = [{ field = "play-count", op = "at-least", value = 1 }]
order = "play-count"
descending = true
limit = 25
`,
  },
  {
    gathers: 'top',
    definition: `name = "My Top Rated"
rules = [{ field = "rating", op = "at-least", value = 4 }]
order = "rating"
descending = true
`,
  },
]

/** Adds what a library of this version has and this one has not yet. `nameOf` reads a definition. */
export function addBuiltInPlaylists(database: Database, nameOf: (definition: string) => string): void {
  database.transaction(() => {
    for (const { id, name, kind, specialNumber } of fixed)
      if (database.get('SELECT 1 FROM playlists WHERE id = ?', id) === undefined)
        database.run(
          'INSERT INTO playlists (id, persistent_id, name, kind, special_number) VALUES (?, ?, ?, ?, ?)',
          id,
          newPlaylistPersistentId(database),
          name,
          kind,
          specialNumber,
        )
    database.run("UPDATE sqlite_sequence SET seq = max(seq, ?) WHERE name = 'playlists'", firstOwnId - 1)
    const before = database.get<{ value: number }>("SELECT value FROM meta WHERE name = 'given_playlists'")
    for (const { gathers, definition } of given.slice(before?.value ?? 0)) {
      const id = insertPlaylist(database, nameOf(definition), 'smart')
      database.run(
        'INSERT INTO smart_playlists (playlist_id, definition, gathers) VALUES (?, ?, ?)',
        id,
        definition,
        gathers,
      )
    }
    database.run("INSERT OR REPLACE INTO meta VALUES ('given_playlists', ?)", given.length)
  })
}

/** A row without entries; its id. */
export function insertPlaylist(database: Database, name: string, kind: Playlist['kind']): number {
  return database.run(
    'INSERT INTO playlists (persistent_id, name, kind) VALUES (?, ?, ?)',
    newPlaylistPersistentId(database),
    name,
    kind,
  ).lastInsertRowid
}

function newPlaylistPersistentId(database: Database): number {
  return newPersistentId(
    (id) => database.get('SELECT 1 FROM playlists WHERE persistent_id = ?', id) !== undefined,
  )
}
