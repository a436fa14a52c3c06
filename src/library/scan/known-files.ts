import { sep } from 'node:path'
import type { Database } from '../database.ts'
import type { KnownFile } from './messages.ts'
import { rangeBelow, type ScanScope } from './scope.ts'

const columns =
  'id, path, size_bytes AS sizeBytes, mtime_ms AS mtimeMs, inode, reader_version AS readerVersion'

/** Every file that was there at the last scan, or those of them that lie in the scope. */
export function knownFiles(database: Database, scope?: ScanScope): KnownFile[] {
  if (scope === undefined)
    return database.all<KnownFile>(`SELECT ${columns} FROM files WHERE path IS NOT NULL`)
  const found = new Map<number, KnownFile>()
  for (const row of [
    ...scope.whole.flatMap((path) => atOrBelow(database, path)),
    ...scope.shallow.flatMap((folder) => directlyIn(database, folder)),
  ])
    found.set(row.id, row)
  return [...found.values()]
}

function atOrBelow(database: Database, path: string): KnownFile[] {
  const { from, to } = rangeBelow(path)
  return database.all<KnownFile>(
    `SELECT ${columns} FROM files WHERE path = ?1 OR (path >= ?2 AND path < ?3)`,
    path,
    from,
    to,
  )
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
