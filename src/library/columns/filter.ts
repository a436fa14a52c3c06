// Which rows pass a filter. Clauses that all songs satisfy, or none, are known before any row is looked at,
// and where an album or an artist is named only its rows are looked at.

import type { NumberField, RangeField, SongFilter } from '../questions.ts'
import type { Columns, Numbers } from './columns.ts'
import { isMatchOfStrings } from './filter-text.ts'
import { countOf, keepCommon, maskOfValues, mergeInto } from './masks.ts'

/** Rows from `from` up to `to` of which those pass that have a 1 in the mask, counted from `from`; all without one. */
export interface Passing {
  readonly from: number
  readonly to: number
  readonly mask: Uint8Array | undefined
  /** The mask belongs to all who ask for it: not to be written to. */
  readonly isShared?: boolean
}

const nothing: Passing = { from: 0, to: 0, mask: undefined }

export function passing(columns: Columns, filter: SongFilter | undefined): Passing {
  const all: Passing = { from: 0, to: columns.count, mask: undefined }
  return filter === undefined ? all : within(columns, filter, all)
}

export function passingCount({ from, to, mask }: Passing): number {
  return mask === undefined ? to - from : countOf(mask)
}

/** The first so many rows of an order that pass; there must be as many. */
export function pickFirst(order: Uint32Array, { from, to, mask }: Passing, count: number): Uint32Array {
  const rows = new Uint32Array(count)
  let found = 0
  for (let at = 0; found < count && at < order.length; at++) {
    const row = order[at] ?? 0
    if (row >= from && row < to && (mask === undefined || mask[row - from] === 1)) rows[found++] = row
  }
  return rows
}

/** The rows of an order that pass, in that order. */
export function pick(order: Uint32Array, { from, to, mask }: Passing): Uint32Array {
  if (mask === undefined && to - from === order.length) return order
  const most = to - from
  if (picked.length < most) picked = new Uint32Array(most)
  let count = 0
  const last = most === 0 ? 0 : order.length
  for (let at = 0; at < last; at++) {
    const row = order[at] ?? 0
    if (row >= from && row < to && (mask === undefined || mask[row - from] === 1)) picked[count++] = row
  }
  return picked.slice(0, count)
}

/** Used again: what is thrown away here would soon make the collector go through everything. */
let picked = new Uint32Array(0)

/** As `pick`, of all rows in their own order. */
export function pickRows({ from, to, mask }: Passing): Uint32Array {
  const rows = new Uint32Array(to - from)
  let count = 0
  for (let row = from; row < to; row++) if (mask === undefined || mask[row - from] === 1) rows[count++] = row
  return count === rows.length ? rows : rows.slice(0, count)
}

export function isPassing({ from, to, mask }: Passing, row: number): boolean {
  return row >= from && row < to && (mask === undefined || mask[row - from] === 1)
}

/** Of the rows in the window, whose mask is not looked at. */
function within(columns: Columns, filter: SongFilter, window: Passing): Passing {
  if (window.from === window.to || 'none' in filter) return nothing
  if ('all' in filter) return window
  if ('and' in filter) return withinAll(columns, filter.and, window)
  if ('or' in filter) return withinAny(columns, filter.or, window)
  if ('not' in filter) return without(window, within(columns, filter.not, window))
  if ('text' in filter) {
    if (filter.text !== 'anyArtist')
      return ofStrings(columns.texts[filter.text], isMatchOfStrings(columns, filter.text, filter), window)
    // Empty is who has neither: a song by an album's artist alone has an artist.
    return (filter.match === 'empty' ? withinAll : withinAny)(columns, bothArtists(filter), window)
  }
  if ('range' in filter) return ofRange(columns, filter.range, filter.from, filter.to, window)
  return ofNumber(columns, filter.number, filter.equals, window)
}

/** What names rows comes first, so that the others look at fewer. */
function withinAll(columns: Columns, parts: readonly SongFilter[], window: Passing): Passing {
  let result = window
  for (const part of parts.toSorted((a, b) => Number(isNarrow(b)) - Number(isNarrow(a)))) {
    const passed = within(columns, part, { from: result.from, to: result.to, mask: undefined })
    if (passed.from === passed.to) return nothing
    result = { from: passed.from, to: passed.to, ...both(passed, result) }
  }
  return result
}

function isNarrow(filter: SongFilter): boolean {
  return 'number' in filter && ['id', 'persistentId', 'albumId', 'artistId'].includes(filter.number)
}

function bothArtists({ match, value }: Extract<SongFilter, { text: unknown }>) {
  return (['artist', 'albumArtist'] as const).map((text) => ({ text, match, value }))
}

/** The mask of `inner`, whose rows are among those of `outer`, without those that `outer` leaves out. */
function both(inner: Passing, outer: Passing): Pick<Passing, 'mask' | 'isShared'> {
  const { mask, isShared = false } = inner
  if (outer.mask === undefined) return { mask, isShared }
  const others = outer.mask.subarray(inner.from - outer.from, inner.to - outer.from)
  if (mask === undefined) return { mask: others, isShared: outer.isShared ?? false }
  const common = isShared ? mask.slice() : mask
  keepCommon(common, others)
  return { mask: common }
}

function withinAny(columns: Columns, parts: readonly SongFilter[], window: Passing): Passing {
  const kinds = kindsIn(parts)
  if (kinds) return ofValues(columns.numbers.mediaKind, kinds, window)
  let mask: Uint8Array | undefined
  for (const part of parts.flatMap(eachArtist)) {
    if (mask !== undefined && 'text' in part && part.text !== 'anyArtist') {
      const isMatch = isMatchOfStrings(columns, part.text, part)
      if (isMatch === 'all') return window
      if (isMatch !== 'none') addByText(mask, columns.texts[part.text], window.from, isMatch)
      continue
    }
    const passed = within(columns, part, window)
    if (isWhole(passed, window)) return window
    if (passed.from === passed.to) continue
    if (mask === undefined && passed.mask?.length === window.to - window.from && !passed.isShared) {
      mask = passed.mask
      continue
    }
    mask ??= new Uint8Array(window.to - window.from)
    const shift = passed.from - window.from
    if (passed.mask === undefined) mask.fill(1, shift, passed.to - window.from)
    else mergeInto(mask.subarray(shift), passed.mask)
  }
  return mask === undefined ? nothing : { from: window.from, to: window.to, mask }
}

function eachArtist(part: SongFilter): readonly SongFilter[] {
  const isEither = 'text' in part && part.text === 'anyArtist' && part.match !== 'empty'
  return isEither ? bothArtists(part) : [part]
}

/** What nearly every request of a remote says first: songs of these kinds of media. Undefined where it says more. */
function kindsIn(parts: readonly SongFilter[]): number[] | undefined {
  const kinds: number[] = []
  for (const part of parts) {
    if (!('number' in part) || part.number !== 'mediaKind') return undefined
    kinds.push(Number(part.equals))
  }
  return kinds
}

function without(window: Passing, passed: Passing): Passing {
  if (passed.from === passed.to) return window
  if (isWhole(passed, window)) return nothing
  const mask = new Uint8Array(window.to - window.from).fill(1)
  for (let row = passed.from; row < passed.to; row++)
    if (passed.mask === undefined || passed.mask[row - passed.from] === 1) mask[row - window.from] = 0
  return { ...window, mask }
}

function isWhole({ from, to, mask }: Passing, window: Passing): boolean {
  return from === window.from && to === window.to && mask === undefined
}

// --- one clause

/** `isMatch` says by string; 'all' and 'none' without it. */
function ofStrings(column: Uint32Array, isMatch: Uint8Array | 'all' | 'none', window: Passing): Passing {
  if (isMatch === 'all') return window
  if (isMatch === 'none') return nothing
  const mask = new Uint8Array(window.to - window.from)
  fillByText(mask, column, window.from, isMatch)
  return { ...window, mask }
}

/** By itself, so that the engine keeps all of it in registers. */
function fillByText(mask: Uint8Array, column: Uint32Array, from: number, isMatch: Uint8Array): void {
  for (let at = 0; at < mask.length; at++) mask[at] = isMatch[column[from + at] ?? 0] ?? 0
}

/** As `fillByText`, besides what passes already. */
function addByText(mask: Uint8Array, column: Uint32Array, from: number, isMatch: Uint8Array): void {
  for (let at = 0; at < mask.length; at++) mask[at] = (mask[at] ?? 0) | (isMatch[column[from + at] ?? 0] ?? 0)
}

/** Rows that have one of the values. */
function ofValues(column: Numbers, values: readonly number[], window: Passing): Passing {
  const single = singleValue(column)
  if (single !== undefined) return values.includes(single) ? window : nothing
  const mask = maskOfValues(column, values)
  const { from, to } = window
  return mask === undefined ? nothing : { from, to, mask: mask.subarray(from, to), isShared: true }
}

function ofNumber(columns: Columns, field: NumberField, equals: bigint, window: Passing): Passing {
  const value = equals > -(2n ** 53n) && equals < 2n ** 53n ? Number(equals) : Number.NaN
  const { albums, artists, rowOfId } = columns
  switch (field) {
    case 'id': {
      const row = (rowOfId[value] ?? 0) - 1
      return row < 0 ? nothing : cut(row, row + 1, window)
    }
    case 'persistentId': {
      const row = rowOfPersistentId(columns, value)
      return row === undefined ? nothing : cut(row, row + 1, window)
    }
    case 'albumId': {
      const album = albums.persistentId.indexOf(value)
      return album < 0 ? nothing : cut(albums.starts[album] ?? 0, albums.starts[album + 1] ?? 0, window)
    }
    case 'artistId': {
      const artist = artists.persistentId.indexOf(value)
      if (artist < 0) return nothing
      const [first, behind] = [artists.starts[artist] ?? 0, artists.starts[artist + 1] ?? 0]
      return cut(albums.starts[first] ?? 0, albums.starts[behind] ?? 0, window)
    }
    default:
      return ofValues(columns.numbers[field], [value], window)
  }
}

/** Undefined when no song has it. */
export function rowOfPersistentId(
  { byPersistentId, numbers }: Columns,
  persistentId: number,
): number | undefined {
  let [low, high] = [0, byPersistentId.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((numbers.persistentId[byPersistentId[middle] ?? 0] ?? 0) < persistentId) low = middle + 1
    else high = middle
  }
  const row = byPersistentId[low]
  return row !== undefined && numbers.persistentId[row] === persistentId ? row : undefined
}

function ofRange(columns: Columns, field: RangeField, from: number, to: number, window: Passing): Passing {
  const column = columns.numbers[field]
  const single = singleValue(column)
  if (single !== undefined) return single >= from && single <= to ? window : nothing
  const mask = new Uint8Array(window.to - window.from)
  for (let at = 0; at < mask.length; at++) {
    const value = column[window.from + at] ?? 0
    if (value >= from && value <= to) mask[at] = 1
  }
  return { ...window, mask }
}

function cut(from: number, to: number, window: Passing): Passing {
  const [first, behind] = [Math.max(from, window.from), Math.min(to, window.to)]
  return first < behind ? { from: first, to: behind, mask: undefined } : nothing
}

/** A column never changes: once looked through, it is known whether all songs have one value in it. */
const singleValues = new WeakMap<Numbers, { readonly value: number | undefined }>()

function singleValue(column: Numbers): number | undefined {
  let known = singleValues.get(column)
  if (known === undefined) {
    const first = column[0]
    let isSingle = true
    for (let row = 1; isSingle && row < column.length; row++) isSingle = column[row] === first
    known = { value: isSingle ? first : undefined }
    singleValues.set(column, known)
  }
  return known.value
}
