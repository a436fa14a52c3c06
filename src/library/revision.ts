// The library's revision: kept in the database, raised in the same transaction as what changed, together with
// the songs that it changed, so that columns of an earlier revision can be brought up to date.

import type { Database } from './database.ts'

export function readRevision(database: Database): number {
  return database.get<{ value: number }>("SELECT value FROM meta WHERE name = 'revision'")?.value ?? 2
}

/** `songs`: whose listing is another now, new and vanished ones included; none when it was something else that changed. */
export function raiseRevision(database: Database, songs: Iterable<number> = []): void {
  raise(database)
  database.run(
    'INSERT OR REPLACE INTO song_changes SELECT ?, value, 0 FROM json_each(?)',
    readRevision(database),
    JSON.stringify([...songs]),
  )
}

/** Only rating, counts and their times are others: what is cheap to show. */
export function raiseRevisionForCounts(database: Database, songId: number): void {
  raise(database)
  database.run('INSERT OR IGNORE INTO song_changes VALUES (?, ?, 1)', readRevision(database), songId)
}

function raise(database: Database): void {
  database.run("UPDATE meta SET value = value + 1 WHERE name = 'revision'")
}

export interface Changes {
  /** Rows of the log: a song that has changed twice counts twice. */
  readonly count: number
  readonly areCountsOnly: boolean
}

export function changesSince(database: Database, revision: number): Changes {
  const row = database.get<{ count: number; others: number | null }>(
    'SELECT count(*) AS count, sum(NOT is_count) AS others FROM song_changes WHERE revision > ?',
    revision,
  )
  return { count: row?.count ?? 0, areCountsOnly: (row?.others ?? 0) === 0 }
}

/** Forgets changes up to a revision, at most about so many; true when there may be more. */
export function forgetChanges(database: Database, revision: number, most: number): boolean {
  const { changes } = database.run(
    `DELETE FROM song_changes WHERE (revision, song_id) IN
       (SELECT revision, song_id FROM song_changes WHERE revision <= ? LIMIT ?)`,
    revision,
    most,
  )
  return changes === most
}
