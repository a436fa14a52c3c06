// Smart playlists that are written down in files: `*.smart.toml` in the folder `playlists` of the data directory.

import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { KnownError } from '../../errors.ts'
import type { Database } from '../database.ts'
import { raiseRevision } from '../revision.ts'
import type { ScanFailure } from '../scan-progress.ts'
import { insertPlaylist } from './built-in.ts'
import { type Entries, storedEntries } from './entries.ts'
import { writeEntries, writeName } from './playlist-rows.ts'
import { longestDefinition, readDefinition, type SmartDefinition } from './smart-definition.ts'

const ending = '.smart.toml'
const mostFiles = 1000

export interface SmartFiles {
  readonly database: Database
  readonly folder: string
  /** Of one that does not follow the library. */
  frozenEntries(smart: SmartDefinition, seed: number): Entries
}

export interface SmartFilesRead {
  /** A playlist is another now, and the revision was raised. */
  readonly isChanged: boolean
  readonly failures: readonly ScanFailure[]
}

interface SmartRow {
  readonly id: number
  readonly path: string
  readonly definition: string
}

/** A file that cannot be understood leaves its playlist as it was; one that is gone takes it along. */
export function readSmartFiles(files: SmartFiles): SmartFilesRead {
  const { database, folder } = files
  const failures: ScanFailure[] = []
  const rows = database.all<SmartRow>(
    'SELECT playlist_id AS id, path, definition FROM smart_playlists WHERE path IS NOT NULL',
  )
  const left = new Map(rows.map((row) => [row.path, row]))
  const isChanged = database.durably(() => {
    let isAnyNew = false
    for (const path of pathsIn(folder)) {
      const row = left.get(path)
      left.delete(path)
      try {
        isAnyNew = take(files, path, row) || isAnyNew
      } catch (error) {
        failures.push({ path, reason: sentence(error) })
      }
    }
    for (const { id } of left.values()) database.run('DELETE FROM playlists WHERE id = ?', id)
    const isAnyOther = isAnyNew || left.size > 0
    if (isAnyOther) raiseRevision(database)
    return isAnyOther
  })
  return { isChanged, failures }
}

function pathsIn(folder: string): string[] {
  try {
    const names = readdirSync(folder).filter((name) => name.endsWith(ending) && !name.startsWith('.'))
    return names
      .toSorted()
      .slice(0, mostFiles)
      .map((name) => join(folder, name))
  } catch {
    return [] // most people have none
  }
}

/** True when it is new or another one. */
function take({ database, frozenEntries }: SmartFiles, path: string, row: SmartRow | undefined): boolean {
  if (statSync(path).size > longestDefinition * 4)
    throw new KnownError('BAD_RULES', { problem: 'the file is too large' })
  const definition = readFileSync(path, 'utf8').replace(/^\uFEFF/, '')
  if (row?.definition === definition) return false
  const smart = readDefinition(definition)
  const id = row?.id ?? insertPlaylist(database, smart.name, 'smart')
  database.run(
    `INSERT INTO smart_playlists (playlist_id, definition, path) VALUES (?, ?, ?)
     ON CONFLICT (playlist_id) DO UPDATE SET definition = excluded.definition`,
    ...[id, definition, path],
  )
  writeName(database, id, smart.name)
  const { list, nextEntryId } = smart.isLive ? { list: [], nextEntryId: 1 } : frozenEntries(smart, id)
  writeEntries(database, id, { entries: smart.isLive ? null : storedEntries(list), nextEntryId })
  return true
}

function sentence(error: unknown): string {
  if (!(error instanceof KnownError)) return `It cannot be read (${(error as NodeJS.ErrnoException).code}).`
  const { where, problem } = error.details
  return `${error.row.says} ${[where, problem].filter((part) => part !== undefined && part !== '').join(': ')}`
}
