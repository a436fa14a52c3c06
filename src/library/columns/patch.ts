// A rating or a count changed in columns, without building: copies of the few columns it stands in.

import type { Database } from '../database.ts'
import { type Columns, type Numbers, numberColumns } from './columns.ts'
import { shared } from './strings.ts'

const patchedColumns = [
  'ratingPercent',
  'likedState',
  'playCount',
  'lastPlayedAt',
  'skipCount',
  'lastSkippedAt',
] as const
export type PatchedColumn = (typeof patchedColumns)[number]

export interface Patch {
  readonly songId: number
  readonly values: Readonly<Partial<Record<PatchedColumn, number>>>
}

/** The same columns but for those of the patches: who still reads the ones before keeps them as they were. */
export function patched(columns: Columns, patches: readonly Patch[]): Columns {
  const numbers = { ...columns.numbers }
  for (const name of patchedColumns) {
    let copy: Numbers | undefined
    for (const { songId, values } of patches) {
      const row = (columns.rowOfId[songId] ?? 0) - 1
      const value = values[name]
      if (row < 0 || value === undefined || (copy ?? numbers[name])[row] === value) continue
      copy ??= copied(numbers[name], numberColumns[name].array)
      copy[row] = value
    }
    if (copy) numbers[name] = copy
  }
  return { ...columns, numbers }
}

function copied(
  column: Numbers,
  type: { new (memory: SharedArrayBuffer): Numbers; readonly BYTES_PER_ELEMENT: number },
): Numbers {
  const copy = shared(type, column.length)
  copy.set(column)
  return copy
}

/** Ratings and counts that have changed since a revision, of songs that are otherwise as they were. */
export function readPatches(database: Database, since: number): Patch[] {
  const rows = database.all<{ id: number } & Record<PatchedColumn, number>>(
    `SELECT id, rating_percent AS ratingPercent, liked_state AS likedState, play_count AS playCount,
       last_played_at AS lastPlayedAt, skip_count AS skipCount, last_skipped_at AS lastSkippedAt
     FROM songs WHERE id IN (SELECT song_id FROM song_changes WHERE revision > ? AND is_count)`,
    since,
  )
  return rows.map(({ id, ...values }) => ({ songId: id, values }))
}
