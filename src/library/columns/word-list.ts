// Distinct words in code unit order, and the same list with some more.

import type { SearchIndex } from './columns.ts'
import { shared } from './strings.ts'

export type WordList = Pick<SearchIndex, 'units' | 'wordStarts'>

export interface LongerList extends WordList {
  /** Where each word of the list of before is now. Undefined: as before. */
  readonly placeOfKnown: Uint32Array | undefined
  /** Of the words asked for. */
  readonly placeOf: ReadonlyMap<string, number>
}

/** One of the words asked for, and where it stands in the list of before, or would stand. */
interface Found {
  readonly word: string
  readonly place: number
  readonly isKnown: boolean
}

export function wordAt({ units, wordStarts }: WordList, place: number): string {
  const buffer = Buffer.from(units.buffer, units.byteOffset, units.byteLength)
  return buffer.toString('utf16le', (wordStarts[place] ?? 0) * 2, (wordStarts[place + 1] ?? 0) * 2)
}

/** The words of before and those of `wanted` that were not among them, each at its place. */
export function withWords(before: WordList, wanted: ReadonlySet<string>): LongerList {
  const found = [...wanted].sort().map((word) => find(word, before))
  const fresh = found.filter(({ isKnown }) => !isKnown)
  const placeOf = placesAmong(found)
  if (fresh.length === 0) return { ...before, placeOfKnown: undefined, placeOf }
  return { ...inserted(before, fresh), placeOfKnown: placesOfKnown(before, fresh), placeOf }
}

function find(word: string, words: WordList): Found {
  const count = words.wordStarts.length - 1
  let [low, high] = [0, count]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (wordAt(words, middle) < word) low = middle + 1
    else high = middle
  }
  return { word, place: low, isKnown: low < count && wordAt(words, low) === word }
}

/** Each fresh word moves those behind it on by one. */
function placesAmong(found: readonly Found[]): Map<string, number> {
  const placeOf = new Map<string, number>()
  let shift = 0
  for (const { word, place, isKnown } of found) {
    placeOf.set(word, place + shift)
    if (!isKnown) shift += 1
  }
  return placeOf
}

function placesOfKnown({ wordStarts }: WordList, fresh: readonly Found[]): Uint32Array {
  const places = new Uint32Array(wordStarts.length - 1)
  let done = 0
  for (const [shift, { place }] of fresh.entries()) for (; done < place; done++) places[done] = done + shift
  for (; done < places.length; done++) places[done] = done + fresh.length
  return places
}

/** Runs of known words, each moved on by the fresh ones before it. */
function inserted(before: WordList, fresh: readonly Found[]): WordList {
  const count = before.wordStarts.length - 1
  const wordStarts = shared(Uint32Array, before.wordStarts.length + fresh.length)
  const unitCount = fresh.reduce((sum, { word }) => sum + word.length, before.units.length)
  const units = shared(Uint16Array, unitCount)
  const buffer = Buffer.from(units.buffer)
  let done = 0
  let unitShift = 0
  function copyUpTo(end: number, shift: number): void {
    const [from = 0, to = 0] = [before.wordStarts[done], before.wordStarts[end]]
    units.set(before.units.subarray(from, to), from + unitShift)
    for (; done < end; done++) wordStarts[done + shift] = (before.wordStarts[done] ?? 0) + unitShift
  }

  for (const [shift, { word, place }] of fresh.entries()) {
    copyUpTo(place, shift)
    const start = (before.wordStarts[place] ?? 0) + unitShift
    wordStarts[place + shift] = start
    buffer.write(word, start * 2, 'utf16le')
    unitShift += word.length
  }
  copyUpTo(count, fresh.length)
  wordStarts[count + fresh.length] = unitCount
  return { units, wordStarts }
}
