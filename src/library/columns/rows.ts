// Columns picked, row by row or by stretches of neighbours. A thread that has just started runs these loops over hundreds
// of thousands of rows before anything is compiled: plain ones, each over one kind of array, are ten times as quick there
// as an iterator or a function for each value.

import type { Numbers } from './columns.ts'
import { shared } from './strings.ts'

export type Column = Numbers | Float32Array

/** Which rows, in which order. Those of a second table, where there is one, are counted on behind the first. */
export interface Picked {
  readonly rows: Uint32Array
  /** Of neighbours: first row and the one behind the last, in turn; undefined where there are few neighbours. */
  readonly stretches: Uint32Array | undefined
}

/** With shorter ones on average, rows are copied one by one. */
const shortStretch = 32

/** `firstCount`: rows of the first table, where there are two. */
export function pickedRows(rows: Uint32Array, firstCount?: number): Picked {
  const most = Math.floor(rows.length / shortStretch) + 1
  const stretches = new Uint32Array(most * 2)
  let count = 0
  for (let at = 0; at < rows.length; count += 1) {
    if (count === most) return { rows, stretches: undefined }
    const first = rows[at] ?? 0
    let end = first + 1
    at += 1
    while (at < rows.length && rows[at] === end && end !== firstCount) {
      at += 1
      end += 1
    }
    stretches[count * 2] = first
    stretches[count * 2 + 1] = end
  }
  return { rows, stretches: stretches.subarray(0, count * 2) }
}

/** The rows but for those that are marked. */
export function rowsWithout(isMarked: Uint8Array): Uint32Array {
  const rows = new Uint32Array(isMarked.length)
  let count = 0
  for (let row = 0; row < isMarked.length; row++) if (isMarked[row] === 0) rows[count++] = row
  return rows.subarray(0, count)
}

/** A new column over shared memory, from one column or from two of the same kind. */
export function pick<Kind extends Column>(column: Kind, { rows, stretches }: Picked, second?: Kind): Kind {
  const target = emptyLike(column, rows.length)
  if (!stretches) {
    const all = second ? behind(column, second) : column
    pickEach[column.constructor.name as keyof typeof pickEach](target as never, all as never, rows)
    return target
  }
  let at = 0
  for (let index = 0; index < stretches.length; index += 2) {
    const [first = 0, end = 0] = stretches.subarray(index, index + 2)
    const isSecond = second !== undefined && first >= column.length
    const stretch = isSecond
      ? second.subarray(first - column.length, end - column.length)
      : column.subarray(first, end)
    target.set(stretch as never, at)
    at += end - first
  }
  return target
}

function behind<Kind extends Column>(first: Kind, second: Kind): Kind {
  const all = emptyLike(first, first.length + second.length)
  all.set(first as never)
  all.set(second as never, first.length)
  return all
}

function emptyLike<Kind extends Column>(column: Kind, length: number): Kind {
  return shared(
    column.constructor as { new (memory: SharedArrayBuffer): Kind; BYTES_PER_ELEMENT: number },
    length,
  )
}

/** The same loop for each kind of array: one that meets all of them is ten times as slow. */
const pickEach = {
  Uint8Array(target: Uint8Array, column: Uint8Array, rows: Uint32Array): void {
    for (let row = 0; row < rows.length; row++) target[row] = column[rows[row] ?? 0] ?? 0
  },
  Uint16Array(target: Uint16Array, column: Uint16Array, rows: Uint32Array): void {
    for (let row = 0; row < rows.length; row++) target[row] = column[rows[row] ?? 0] ?? 0
  },
  Uint32Array(target: Uint32Array, column: Uint32Array, rows: Uint32Array): void {
    for (let row = 0; row < rows.length; row++) target[row] = column[rows[row] ?? 0] ?? 0
  },
  Float32Array(target: Float32Array, column: Float32Array, rows: Uint32Array): void {
    for (let row = 0; row < rows.length; row++) target[row] = column[rows[row] ?? 0] ?? 0
  },
  Float64Array(target: Float64Array, column: Float64Array, rows: Uint32Array): void {
    for (let row = 0; row < rows.length; row++) target[row] = column[rows[row] ?? 0] ?? 0
  },
}

/** For each number of `column` what `values` has at its place, 0 where it has none. */
export function lookedUp(column: Uint32Array, values: Uint32Array): Uint32Array {
  const found = new Uint32Array(column.length)
  for (let row = 0; row < column.length; row++) found[row] = values[column[row] ?? 0] ?? 0
  return found
}
