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
  const isMatch = matcher(clause.match, value)
  const matches = clearScratch(columns.strings.ranks.length)
  let count = 0
  if (clause.match === 'empty' || value.length === 0)
    for (let at = 0; at < strings.length; at++) {
      if (!isMatch(utf8, starts[at] ?? 0, (starts[at + 1] ?? 0) - 1)) continue
      matches[strings[at] ?? 0] = 1
      count += 1
    }
  else {
    const nextHit = searcher(utf8, value)
    let at = 0
    for (let hit = nextHit(0); hit >= 0 && at < strings.length; hit = nextHit(starts[at] ?? 0)) {
      while ((starts[at + 1] ?? 0) <= hit) at += 1
      if (isMatch(utf8, starts[at] ?? 0, (starts[at + 1] ?? 0) - 1)) {
        matches[strings[at] ?? 0] = 1
        count += 1
      }
      at += 1
    }
  }
  if (count === 0) return 'none'
  return count === strings.length ? 'all' : matches
}

/** Shorter values are met so often that each call of the platform's own search costs more than looking oneself. */
const shortestForPlatform = 3

/** Finds the next place of `value` from a place on; -1 when there is none. */
function searcher(utf8: Uint8Array, value: Uint8Array): (from: number) => number {
  if (value.length >= shortestForPlatform) {
    const buffer = Buffer.from(utf8.buffer, utf8.byteOffset, utf8.byteLength)
    return (from) => buffer.indexOf(value, from)
  }
  const [first = 0, second] = value
  if (second === undefined)
    return (from) => {
      for (let at = from; at < utf8.length; at++) if (utf8[at] === first) return at
      return -1
    }
  return (from) => {
    for (let at = from; at < utf8.length; at++) if (utf8[at] === first && utf8[at + 1] === second) return at
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
