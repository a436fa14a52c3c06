import type { Column, IdColumn } from '../../library/index.ts'
import { headerBytes, mostRowsAtOnce, type RowField, type Run } from './row-field.ts'

/** What a number is written as; zeros are left out unless they are always sent, and what is too large is clipped. */
export interface NumberForm {
  readonly letters: number
  readonly width: 1 | 2 | 4 | 8
  readonly isAlwaysSent: boolean
}

/** Numbers of a column, or what `as` makes of them. */
export function numberField(form: NumberForm, column: Column, as?: (value: number) => number): RowField {
  const { letters, width, isAlwaysSent } = form
  const most = 2 ** (8 * width) - 1
  const isWhole = !(column instanceof Float64Array || column instanceof Float32Array)
  const fits = isWhole && column.BYTES_PER_ELEMENT <= width
  function read(run: Run): void {
    readNumbers(column, run, values)
    if (as) for (let at = 0; at < run.count; at++) values[at] = as(values[at] ?? 0)
    if (!fits) clip(values, run.count, most)
  }
  return {
    source: column,
    addSizes(run, sizes) {
      read(run)
      addNumberSizes(values, headerBytes + width, isAlwaysSent, run.count, sizes)
    },
    write(run, places, { view }) {
      read(run)
      writeNumbers(values, letters, width, isAlwaysSent, run.count, places, view)
    },
  }
}

/** 64-bit ids; none is zero. */
export function idField(letters: number, { places: sharedBy, values: ids }: IdColumn): RowField {
  return {
    source: sharedBy ?? ids,
    addSizes: ({ count }, sizes) => addSize(headerBytes + 8, count, sizes),
    write(run, places, { view }) {
      const { rows, from, count } = run
      for (let at = 0; at < count; at++) {
        const row = rows[from + at] ?? 0
        const id = ids[sharedBy === undefined ? row : (sharedBy[row] ?? 0)] ?? 0
        const place = places[at] ?? 0
        view.setUint32(place, letters)
        view.setUint32(place + 4, 8)
        if (typeof id === 'bigint') view.setBigUint64(place + headerBytes, id)
        else writeUint64(view, place + headerBytes, id)
        places[at] = place + headerBytes + 8
      }
    },
  }
}

/** A number for each place in the list rather than for each song: the entry id of a playlist. */
export function entryField(letters: number, entryIds: Uint32Array): RowField {
  return {
    source: undefined,
    addSizes: ({ count }, sizes) => addSize(headerBytes + 4, count, sizes),
    write({ from, count }, places, { view }) {
      for (let at = 0; at < count; at++) values[at] = entryIds[from + at] ?? 0
      writeNumbers(values, letters, 4, true, count, places, view)
    },
  }
}

// The loops stand by themselves and get all they touch as arguments: so the engine keeps it in registers.

/** Numbers on their way, whatever kind of array they come from. */
const values = new Float64Array(mostRowsAtOnce)

function readNumbers(column: Column, { rows, from, count }: Run, values: Float64Array): void {
  for (let at = 0; at < count; at++) values[at] = column[rows[from + at] ?? 0] ?? 0
}

function addSize(size: number, count: number, sizes: Uint32Array): void {
  for (let at = 0; at < count; at++) sizes[at] = (sizes[at] ?? 0) + size
}

function addNumberSizes(
  values: Float64Array,
  size: number,
  isAlwaysSent: boolean,
  count: number,
  sizes: Uint32Array,
): void {
  for (let at = 0; at < count; at++) if (values[at] || isAlwaysSent) sizes[at] = (sizes[at] ?? 0) + size
}

function writeNumbers(
  values: Float64Array,
  letters: number,
  width: NumberForm['width'],
  isAlwaysSent: boolean,
  count: number,
  places: Uint32Array,
  view: DataView,
): void {
  for (let at = 0; at < count; at++) {
    const value = values[at] ?? 0
    if (!value && !isAlwaysSent) continue
    const place = places[at] ?? 0
    view.setUint32(place, letters)
    view.setUint32(place + 4, width)
    if (width === 4) view.setUint32(place + headerBytes, value)
    else if (width === 2) view.setUint16(place + headerBytes, value)
    else if (width === 1) view.setUint8(place + headerBytes, value)
    else writeUint64(view, place + headerBytes, value)
    places[at] = place + headerBytes + width
  }
}

/** Beforehand, not in the loop that writes: there it would take most of the time. */
function clip(values: Float64Array, count: number, most: number): void {
  for (let at = 0; at < count; at++) {
    const value = values[at] ?? 0
    if (value > most) values[at] = most
    else if (value < 0) values[at] = leastKnown
  }
}

/** Written as 0, but not left out as nothing known would be: a date before 1970. */
const leastKnown = Number.MIN_VALUE

/** Exact up to 2^53. */
function writeUint64(view: DataView, place: number, value: number): void {
  view.setUint32(place, value / 2 ** 32)
  view.setUint32(place + 4, value)
}
