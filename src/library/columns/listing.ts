// Answers in order, of which a window is looked at.

import type { SortHeader } from '../questions.ts'
import type { Listing } from '../tables.ts'
import { otherLetter } from './sort-names.ts'

export interface ListingParts<Item> {
  readonly length: number
  item(at: number): Item
  /** Character code of the header that the item stands under. */
  letter(at: number): number
}

export function listing<Item>({ length, item, letter }: ListingParts<Item>): Listing<Item> {
  return {
    length,
    slice(from, to) {
      const [first, last] = within(length, from, to)
      return Array.from({ length: last - first }, (_, at) => item(first + at))
    },
    sortHeaders: () => sortHeaders(length, letter),
  }
}

/** What there is of the places from `from` up to `to`, whatever they are. */
export function within(length: number, from: number, to: number): [first: number, last: number] {
  const first = Math.max(0, Math.min(length, Math.trunc(from) || 0))
  return [first, Math.max(first, Math.min(length, Math.trunc(to) || 0))]
}

/** A header when the letter changes, then one for all else, which is there even when it is empty. */
export function sortHeaders(length: number, letterAt: (at: number) => number): SortHeader[] {
  const headers: { letter: string; index: number; count: number }[] = []
  let others = 0
  let code = 0
  let current: (typeof headers)[number] | undefined
  for (let at = 0; at < length; at++) {
    const next = letterAt(at) || otherCode
    if (next === otherCode) others += 1
    else if (current !== undefined && next === code) current.count += 1
    else {
      code = next
      current = { letter: String.fromCharCode(next), index: at, count: 1 }
      headers.push(current)
    }
  }
  headers.push({ letter: otherLetter, index: length - others, count: others })
  return headers
}

const otherCode = otherLetter.charCodeAt(0)
