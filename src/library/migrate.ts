// Each room keeps its own tables in library.db as a list of steps; this brings them up to date.

import { KnownError } from '../errors.ts'
import type { Database } from './database.ts'

/** Runs the steps of `room` that were not run yet, each in a transaction. DATA_FROM_NEWER_VERSION when more were run than there are. */
export function migrate(database: Database, room: string, steps: readonly string[]): void {
  database.execute(
    'CREATE TABLE IF NOT EXISTS schema_version (room TEXT PRIMARY KEY, version INTEGER NOT NULL) STRICT',
  )
  const row = database.get<{ version: number }>('SELECT version FROM schema_version WHERE room = ?', room)
  const done = row?.version ?? 0
  if (done > steps.length)
    throw new KnownError('DATA_FROM_NEWER_VERSION', { room, version: done, known: steps.length })
  for (const [index, step] of steps.entries()) {
    if (index < done) continue
    database.durably(() => {
      database.execute(step)
      database.run(
        'INSERT INTO schema_version VALUES (?, ?) ON CONFLICT (room) DO UPDATE SET version = excluded.version',
        room,
        index + 1,
      )
    })
  }
}
