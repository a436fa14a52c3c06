// The library's revision: kept in the database, raised in the same transaction as what changed.

import type { Database } from './database.ts'

export function readRevision(database: Database): number {
  return database.get<{ value: number }>("SELECT value FROM meta WHERE name = 'revision'")?.value ?? 2
}

export function raiseRevision(database: Database): void {
  database.run("UPDATE meta SET value = value + 1 WHERE name = 'revision'")
}
