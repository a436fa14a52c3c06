// Which rows pass a filter: each clause becomes a mask with a 1 per row that passes.

import { fold } from '../fold.ts'
import type { NumberField, RangeField, SongFilter, TextField } from '../types.ts'
import type { Columns, FoldedFieldName } from './columns.ts'

type Mask = Uint8Array
type TextClause = Extract<SongFilter, { text: TextField }>

/** Undefined: every row passes, and no mask was needed to know it. */
export function maskOf(columns: Columns, filter: SongFilter): Mask | undefined {
  if ('all' in filter) return undefined
  if ('none' in filter) return none(columns)
  if ('and' in filter) return filter.and.map((part) => maskOf(columns, part)).reduce(both, undefined)
  if ('or' in filter) return anyOf(columns, filter.or)
  if ('not' in filter) return inverted(columns, maskOf(columns, filter.not))
  if ('text' in filter) return textMask(columns, filter)
  if ('range' in filter) return betweenMask(columns, filter.range, filter.from, filter.to)
  return numberMask(columns, filter.number, filter.equals)
}

function none({ count }: Columns): Mask {
  return new Uint8Array(count)
}

function both(a: Mask | undefined, b: Mask | undefined): Mask | undefined {
  if (a === undefined) return b
  if (b === undefined) return a
  return a.map((isIn, row) => isIn & (b[row] ?? 0))
}

function anyOf(columns: Columns, parts: readonly SongFilter[]): Mask | undefined {
  const sum = none(columns)
  for (const part of parts) {
    const mask = maskOf(columns, part)
    if (mask === undefined) return undefined
    for (let row = 0; row < sum.length; row++) sum[row] = (sum[row] ?? 0) | (mask[row] ?? 0)
  }
  return sum
}

function inverted(columns: Columns, mask: Mask | undefined): Mask {
  return mask === undefined ? none(columns) : mask.map((isIn) => 1 - isIn)
}

// --- texts

function textMask(columns: Columns, clause: TextClause): Mask | undefined {
  if (clause.text === 'anyArtist')
    return anyOf(columns, [
      { ...clause, text: 'artist' },
      { ...clause, text: 'albumArtist' },
    ])
  const strings = matchingStrings(columns, clause.text, clause)
  if (strings.length === 0) return none(columns)
  if (strings.length === columns.folded[clause.text].strings.length) return undefined
  const isMatch = new Uint8Array(columns.strings.ranks.length)
  for (const string of strings) isMatch[string] = 1
  const mask = none(columns)
  const column = columns.texts[clause.text]
  for (let row = 0; row < mask.length; row++) mask[row] = isMatch[column[row] ?? 0] ?? 0
  return mask
}

/** Numbers of the distinct texts of a field that match. */
function matchingStrings(columns: Columns, field: FoldedFieldName, clause: TextClause): number[] {
  const { utf8, starts, strings } = columns.folded[field]
  const value = Buffer.from(fold(clause.value).replaceAll('\n', ' '))
  const isMatch = matcher(clause.match, value)
  const found: number[] = []
  if (clause.match === 'empty' || value.length === 0) {
    for (let at = 0; at < strings.length; at++)
      if (isMatch(utf8, starts[at] ?? 0, (starts[at + 1] ?? 0) - 1)) found.push(strings[at] ?? 0)
    return found
  }
  // One walk over all texts at once: the value is searched, then the text it was found in is looked up.
  const nextHit = searcher(utf8, value)
  let at = 0
  for (let hit = nextHit(0); hit >= 0 && at < strings.length; hit = nextHit(starts[at] ?? 0)) {
    while ((starts[at + 1] ?? 0) <= hit) at += 1
    if (isMatch(utf8, starts[at] ?? 0, (starts[at + 1] ?? 0) - 1)) found.push(strings[at] ?? 0)
    at += 1
  }
  return found
}

/** Shorter values are met so often that each call of the platform's own search costs more than looking oneself. */
const shortestForPlatform = 3

/** Finds the next place of `value` from a place on; -1 when there is none. */
function searcher(utf8: Uint8Array, value: Uint8Array): (from: number) => number {
  if (value.length >= shortestForPlatform) {
    const buffer = Buffer.from(utf8.buffer, utf8.byteOffset, utf8.byteLength)
    return (from) => buffer.indexOf(value, from)
  }
  const [first, second] = value
  return (from) => {
    for (let at = from; at < utf8.length; at++)
      if (utf8[at] === first && (second === undefined || utf8[at + 1] === second)) return at
    return -1
  }
}

type Matcher = (utf8: Uint8Array, start: number, end: number) => boolean

function matcher(match: TextClause['match'], value: Uint8Array): Matcher {
  const { length } = value
  const isAt = (utf8: Uint8Array, at: number) => value.every((byte, index) => utf8[at + index] === byte)
  switch (match) {
    case 'empty':
      return (_, start, end) => start === end
    case 'exact':
      return (utf8, start, end) => end - start === length && isAt(utf8, start)
    case 'contains':
      return () => true // an empty value is in every text, another one was found here
    case 'startsWith':
      return (utf8, start, end) => end - start >= length && isAt(utf8, start)
    case 'endsWith':
      return (utf8, start, end) => end - start >= length && isAt(utf8, end - length)
  }
}

// --- numbers

function numberMask(columns: Columns, field: NumberField, equals: bigint): Mask | undefined {
  const value = equals >= 0n && equals <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(equals) : -1
  const isNegativeTime = field === 'releasedAt' && equals < 0n && equals > -(2n ** 53n)
  if (value < 0 && !isNegativeTime) return none(columns)
  switch (field) {
    case 'id': {
      const row = (columns.rowOfId[value] ?? 0) - 1
      return rangeMask(columns, row, row < 0 ? row : row + 1)
    }
    case 'albumId':
      return albumsMask(columns, columns.albums.persistentId.indexOf(value), 1)
    case 'artistId': {
      const artist = columns.artists.persistentId.indexOf(value)
      const first = columns.artists.starts[artist] ?? 0
      return albumsMask(columns, artist < 0 ? -1 : first, (columns.artists.starts[artist + 1] ?? 0) - first)
    }
    default:
      return equalMask(columns, field, isNegativeTime ? Number(equals) : value)
  }
}

function albumsMask(columns: Columns, first: number, count: number): Mask | undefined {
  if (first < 0) return none(columns)
  const { starts } = columns.albums
  return rangeMask(columns, starts[first] ?? 0, starts[first + count] ?? 0)
}

function rangeMask(columns: Columns, from: number, to: number): Mask | undefined {
  const mask = none(columns)
  if (from >= 0) mask.fill(1, from, to)
  return mask
}

function equalMask(
  columns: Columns,
  field: Exclude<NumberField, 'id' | 'albumId' | 'artistId'>,
  value: number,
): Mask | undefined {
  const column = columns.numbers[field]
  const mask = none(columns)
  let hits = 0
  for (let row = 0; row < mask.length; row++)
    if (column[row] === value) {
      mask[row] = 1
      hits += 1
    }
  return hits === mask.length ? undefined : mask
}

function betweenMask(columns: Columns, field: RangeField, from: number, to: number): Mask | undefined {
  const column = columns.numbers[field]
  const mask = none(columns)
  let hits = 0
  for (let row = 0; row < mask.length; row++) {
    const value = column[row] ?? 0
    if (value < from || value > to) continue
    mask[row] = 1
    hits += 1
  }
  return hits === mask.length ? undefined : mask
}
