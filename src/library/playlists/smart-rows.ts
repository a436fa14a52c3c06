// Which songs a smart playlist holds: its rules asked of the columns.

import type { Columns } from '../columns/columns.ts'
import { passing, pickRows } from '../columns/filter.ts'
import { orderBy } from '../columns/order.ts'
import type { SmartDefinition, SmartLimit } from './smart-definition.ts'
import { type SmartField, smartFields } from './smart-fields.ts'

export interface SmartMoment {
  readonly nowSeconds: number
  /** Random orders differ by it, and stay the same with it. */
  readonly seed: number
}

/** Rows in the playlist's order. */
export function smartRows(columns: Columns, smart: SmartDefinition, moment: SmartMoment): Uint32Array {
  return withinLimit(columns, matchingRows(columns, smart, moment), smart.limit)
}

/** The same, and how many there would be without its limit. */
export function smartMatches(
  columns: Columns,
  smart: SmartDefinition,
  moment: SmartMoment,
): { readonly rows: Uint32Array; readonly matchCount: number } {
  const matches = matchingRows(columns, smart, moment)
  return { rows: withinLimit(columns, matches, smart.limit), matchCount: matches.length }
}

function matchingRows(columns: Columns, smart: SmartDefinition, moment: SmartMoment): Uint32Array {
  return ordered(columns, pickRows(passing(columns, smart.filterAt(moment.nowSeconds))), smart, moment.seed)
}

function ordered(columns: Columns, rows: Uint32Array, smart: SmartDefinition, seed: number): Uint32Array {
  const { order, isDescending } = smart
  if (order === undefined) return isDescending ? rows.toReversed() : rows
  const keyOf = keyFunction(columns, order, seed)
  const keys = new Uint32Array(columns.count)
  // Turned round by key, so that songs of one key stay in album order.
  for (const row of rows) keys[row] = isDescending ? 0xffff_ffff - keyOf(row) : keyOf(row)
  return orderBy(rows, keys)
}

/** An unsigned 32-bit number per row. */
function keyFunction(columns: Columns, order: string, seed: number): (row: number) => number {
  const field: SmartField | undefined = smartFields[order]
  if (field === undefined) return (row) => scattered((columns.numbers.id[row] ?? 0) ^ seed)
  if (field.kind === 'text') {
    const texts = columns.texts[field.sortedBy ?? 'titleSort']
    return (row) => columns.strings.ranks[texts[row] ?? 0] ?? 0
  }
  const numbers = columns.numbers[field.number]
  if (field.number === 'releasedAt') return (row) => clamped((numbers[row] ?? 0) + 2 ** 31) // before 1970 is negative
  if (field.number === 'sizeBytes') return (row) => clamped((numbers[row] ?? 0) / 1024)
  return (row) => clamped(numbers[row] ?? 0)
}

function clamped(value: number): number {
  return Math.min(0xffff_ffff, Math.max(0, Math.floor(value)))
}

/** Neighbouring numbers land far apart (the finalizer of MurmurHash3). */
function scattered(number: number): number {
  let hash = number
  hash = Math.imul(hash ^ (hash >>> 16), 0x85eb_ca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2_ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}

/** From the first on, as long as they fit; a song that does not fit ends the list. */
function withinLimit(columns: Columns, rows: Uint32Array, limit: SmartLimit): Uint32Array {
  const { durationMs, sizeBytes } = columns.numbers
  let [length, sumMs, sumBytes] = [0, 0, 0]
  for (const row of rows) {
    sumMs += durationMs[row] ?? 0
    sumBytes += sizeBytes[row] ?? 0
    if (length >= limit.songs || sumMs > limit.durationMs || sumBytes > limit.sizeBytes) break
    length += 1
  }
  return rows.subarray(0, length)
}
