// Which of the distinct texts of a field match a clause: one walk over all of them, folded, as bytes.

import { fold } from '../fold.ts'
import type { SongFilter, TextField } from '../questions.ts'
import type { Columns, FoldedFieldName } from './columns.ts'

type TextClause = Extract<SongFilter, { text: TextField }>

/** Used again by each clause: a new one each time, of a byte for each text there is, would soon be much to collect. */
let scratch = new Uint8Array(0)

function clearScratch(length: number): Uint8Array {
  if (scratch.length < length) scratch = new Uint8Array(length)
  else scratch.fill(0, 0, length)
  return scratch
}

/**
 * A 1 for each string that matches, by its number; 'all' when every text of the field does, 'none' when none does.
 * To be looked at before the next call.
 */
export function isMatchOfStrings(
  columns: Columns,
  field: FoldedFieldName,
  clause: TextClause,
): Uint8Array | 'all' | 'none' {
  const { utf8, starts, strings } = columns.folded[field]
  const value = Buffer.from(fold(clause.value).replaceAll('\n', ' '))
  const matches = clearScratch(columns.strings.ranks.length)
  const texts = { utf8, starts, strings }
  let count: number
  if (clause.match !== 'contains' || value.length === 0)
    count = markEach(texts, matcher(clause.match, value), matches)
  else if (value.length < shortestForPlatform) count = markShort(texts, value[0] ?? 0, value[1], matches)
  else count = markContaining(texts, value, matches)
  if (count === 0) return 'none'
  return count === strings.length ? 'all' : matches
}

interface FoldedTexts {
  readonly utf8: Uint8Array
  /** Text n goes from `starts[n]` to the byte before `starts[n + 1]`, where a line ends. */
  readonly starts: Uint32Array
  readonly strings: Uint32Array
}

/** Shorter values are met so often that each call of the platform's own search costs more than looking oneself. */
const shortestForPlatform = 3

// Each marks the strings whose text matches and tells how many texts did.

function markEach({ utf8, starts, strings }: FoldedTexts, isMatch: Matcher, matches: Uint8Array): number {
  let count = 0
  for (let at = 0; at < strings.length; at++) {
    if (!isMatch(utf8, starts[at] ?? 0, (starts[at + 1] ?? 0) - 1)) continue
    matches[strings[at] ?? 0] = 1
    count += 1
  }
  return count
}

/** One byte, or two. Only what has both is looked through, and a letter alone needs no look. */
function markShort(
  texts: FoldedTexts,
  first: number,
  second: number | undefined,
  matches: Uint8Array,
): number {
  const { strings } = texts
  const letters = lettersOf(texts)
  const wanted = bitOf(first) | (second === undefined ? 0 : bitOf(second))
  const isSure = second === undefined && isLetter(first)
  let count = 0
  for (let at = 0; at < strings.length; at++) {
    if (((letters[at] ?? 0) & wanted) !== wanted) continue
    if (!isSure && !hasShort(texts, at, first, second)) continue
    matches[strings[at] ?? 0] = 1
    count += 1
  }
  return count
}

function hasShort({ utf8, starts }: FoldedTexts, at: number, first: number, second: number | undefined) {
  const end = starts[at + 1] ?? 0
  for (let place = starts[at] ?? 0; place < end; place++)
    if (utf8[place] === first && (second === undefined || utf8[place + 1] === second)) return true
  return false
}

/** Folded texts never change. */
const lettersKnown = new WeakMap<Uint8Array, Uint32Array>()

/** For each text which letters it has: a bit for each from a to z, six for all other bytes. */
function lettersOf({ utf8, starts, strings }: FoldedTexts): Uint32Array {
  const known = lettersKnown.get(utf8)
  if (known) return known
  const letters = new Uint32Array(strings.length)
  for (let at = 0; at < letters.length; at++) {
    const end = (starts[at + 1] ?? 0) - 1
    let bits = 0
    for (let place = starts[at] ?? 0; place < end; place++) bits |= bitOf(utf8[place] ?? 0)
    letters[at] = bits
  }
  lettersKnown.set(utf8, letters)
  return letters
}

function isLetter(byte: number): boolean {
  return byte >= 0x61 && byte <= 0x7a
}

function bitOf(byte: number): number {
  return 1 << (isLetter(byte) ? byte - 0x61 : 26 + (byte % 6))
}

/** From hit to hit. No value has a line's end in it, so that none goes over the end of a text. */
function markContaining(
  { utf8, starts, strings }: FoldedTexts,
  value: Uint8Array,
  matches: Uint8Array,
): number {
  const buffer = Buffer.from(utf8.buffer, utf8.byteOffset, utf8.byteLength)
  let count = 0
  let at = 0
  for (let hit = buffer.indexOf(value); hit >= 0; hit = buffer.indexOf(value, starts[at] ?? 0)) {
    while ((starts[at + 1] ?? 0) <= hit) at += 1
    matches[strings[at] ?? 0] = 1
    count += 1
    at += 1
    if (at >= strings.length) break
  }
  return count
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
      return () => true // the empty value is in every text
    case 'startsWith':
      return (utf8, start, end) => end - start >= length && isAt(utf8, start)
    case 'endsWith':
      return (utf8, start, end) => end - start >= length && isAt(utf8, end - length)
  }
}
