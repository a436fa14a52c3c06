// What the last scan left in the database, asked for folder by folder as a walk comes by, so that a large library is
// never held as a whole.

import { sep } from 'node:path'
import type { Database } from '../database.ts'
import type { IdSet } from './id-set.ts'
import type { KnownFile } from './messages.ts'
import { rangeBelow, type ScanScope } from './scope.ts'

export interface KnownFiles {
  /** The row of a file that the walk has met; `folder`: that it lies in. Quick as long as the folder is the same. */
  meet(path: string, folder: string): KnownFile | undefined
  /** Those in the scope that it has not met. */
  notMet(): readonly KnownFile[]
}

const columns =
  'id, path, size_bytes AS sizeBytes, mtime_ms AS mtimeMs, inode, reader_version AS readerVersion'

/** Of a database that can be asked while the walk goes on. `met` is told to whoever else has it. */
export function knownInDatabase(database: Database, met: IdSet, scope?: ScanScope): KnownFiles {
  let last: { folder: string; rows: ReadonlyMap<string, KnownFile> } | undefined

  function rowsIn(folder: string): ReadonlyMap<string, KnownFile> {
    if (last?.folder !== folder)
      last = { folder, rows: new Map(directlyIn(database, folder).map((row) => [row.path, row])) }
    return last.rows
  }

  return {
    meet(path, folder) {
      const row = rowsIn(folder).get(path)
      if (row !== undefined) met.add(row.id)
      return row
    },
    notMet() {
      if (scope === undefined && met.count === countKnown(database)) return [] // the usual case, told at once
      return [...knownRows(database, scope)].filter(({ id }) => !met.has(id))
    },
  }
}

/** Of rows that were read before, as from a database that is not in a file. */
export function knownInList(rows: readonly KnownFile[]): KnownFiles {
  const byPath = new Map(rows.map((row) => [row.path, row]))
  const met = new Set<KnownFile>()
  return {
    meet(path) {
      const row = byPath.get(path)
      if (row !== undefined) met.add(row)
      return row
    },
    notMet: () => [...byPath.values()].filter((row) => !met.has(row)),
  }
}

/** Those that lie in the scope. One that is named twice in it comes twice. */
export function* knownRows(database: Database, scope?: ScanScope): Generator<KnownFile> {
  if (scope === undefined) yield* rowsWhere(database, 'path IS NOT NULL')
  for (const path of scope?.whole ?? []) {
    const { from, to } = rangeBelow(path)
    yield* rowsWhere(database, 'path = ? OR (path >= ? AND path < ?)', path, from, to)
  }
  for (const folder of scope?.shallow ?? []) yield* directlyIn(database, folder)
}

export function countKnown(database: Database): number {
  return database.get<{ n: number }>('SELECT count(*) AS n FROM files WHERE path IS NOT NULL')?.n ?? 0
}

/** One after the other: none is kept here. */
function* rowsWhere(database: Database, condition: string, ...values: string[]): Generator<KnownFile> {
  for (const row of database.rows(`SELECT ${columns} FROM files WHERE ${condition}`, ...values)) {
    const [id, path, sizeBytes, mtimeMs, inode, readerVersion] = row as [number, string, ...number[]]
    yield { id, path, sizeBytes, mtimeMs, inode, readerVersion } as KnownFile
  }
}

function directlyIn(database: Database, folder: string): KnownFile[] {
  const { from, to } = rangeBelow(folder)
  return database.all<KnownFile>(
    `SELECT ${columns} FROM files
     WHERE path >= ?1 AND path < ?2 AND instr(substr(path, length(?1) + 1), ?3) = 0`,
    from,
    to,
    sep,
  )
}
