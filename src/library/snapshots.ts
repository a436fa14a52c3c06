// When the columns are kept as a file, and when what the file holds may be shown again.

import { randomInt } from 'node:crypto'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Builder } from './columns/builder.ts'
import type { Columns } from './columns/columns.ts'
import { patched, readPatches } from './columns/patch.ts'
import {
  columnsOfKind,
  type Snapshot,
  type SnapshotKind,
  snapshotFile,
  writeSnapshot,
} from './columns/snapshot.ts'
import type { Database } from './database.ts'
import { changesSince, forgetChanges } from './revision.ts'

/** Ratings and plays are cheap to read at a start: the file is not written again for fewer. */
const countsWorthSaving = 200
/** Rows of the log that are forgotten in one go. */
const forgottenAtOnce = 2000

export interface Snapshots {
  /** What was kept, with all ratings and counts of now; `found`: in the file. */
  use(found: Snapshot | undefined): Columns | undefined
  /** Keeps the columns, where that is worth it, without holding up anybody. */
  save(columns: Columns): Promise<void>
  /** Keeps them now; nothing else is answered any more. */
  end(columns: Columns): Promise<void>
}

/** `databaseFile`: '' when the database is in memory; then nothing is kept. */
export function snapshots(
  database: Database,
  { databaseFile, languages }: { databaseFile: string; languages: readonly string[] },
  builder: Builder,
): Snapshots {
  if (databaseFile === '') return { use: () => undefined, save: async () => {}, end: async () => {} }
  const file = snapshotFile(databaseFile)
  /** Of the columns in the file; 0 when there is none that counts. */
  let keptRevision = 0
  let saving: Promise<void> = Promise.resolve()

  function isWorthKeeping({ revision }: Columns): boolean {
    if (revision === keptRevision) return false
    const since = changesSince(database, keptRevision)
    return keptRevision === 0 || !since.areCountsOnly || since.count >= countsWorthSaving
  }

  /** `write` leaves the file as told; only then the database names it. */
  async function keep(columns: Columns, write: (kind: SnapshotKind) => Promise<void> | void): Promise<void> {
    if (!isWorthKeeping(columns)) return
    const stamp = randomInt(1, 2 ** 47)
    await write({ languages, stamp })
    database.run("UPDATE meta SET value = ? WHERE name = 'snapshot'", stamp)
    keptRevision = columns.revision
  }

  return {
    use(found) {
      const stamp = database.get<{ value: number }>("SELECT value FROM meta WHERE name = 'snapshot'")?.value
      const columns = stamp ? columnsOfKind(found, { languages, stamp }) : undefined
      if (columns === undefined) return undefined
      keptRevision = columns.revision
      return patched(columns, readPatches(database, columns.revision))
    },
    save(columns) {
      saving = saving
        .catch(() => {})
        .then(() => keep(columns, (kind) => builder.save(file, columns, kind)))
        .then(async () => {
          while (forgetChanges(database, keptRevision, forgottenAtOnce)) await nextTurn()
        })
      return saving
    },
    async end(columns) {
      await saving.catch(() => {})
      await keep(columns, (kind) => writeSnapshot(file, columns, kind))
    },
  }
}
