// A byte for each row, 1 where it passes: four of them at a time.

import type { Numbers } from './columns.ts'

/** Rows that pass in `more` pass from now on, too. `mask` is as long or longer. */
export function mergeInto(mask: Uint8Array, more: Uint8Array): void {
  const words = wordsOf(mask)
  const others = wordsOf(more)
  let at = 0
  if (words && others) {
    const count = Math.min(words.length, others.length)
    for (let word = 0; word < count; word++) words[word] = (words[word] ?? 0) | (others[word] ?? 0)
    at = count * 4
  }
  for (; at < more.length; at++) mask[at] = (mask[at] ?? 0) | (more[at] ?? 0)
}

/** Only what passes in `other`, which is as long, passes from now on. */
export function keepCommon(mask: Uint8Array, other: Uint8Array): void {
  const words = wordsOf(mask)
  const others = wordsOf(other)
  let at = 0
  if (words && others) {
    for (let word = 0; word < words.length; word++) words[word] = (words[word] ?? 0) & (others[word] ?? 0)
    at = words.length * 4
  }
  for (; at < mask.length; at++) mask[at] = (mask[at] ?? 0) & (other[at] ?? 0)
}

/** Undefined where it does not begin at a whole word. */
function wordsOf({ buffer, byteOffset, length }: Uint8Array): Uint32Array | undefined {
  return byteOffset % 4 === 0 ? new Uint32Array(buffer, byteOffset, length >>> 2) : undefined
}

/** How many pass. Four bytes are added up at a time, up to 255 times: then each may be full. */
export function countOf(mask: Uint8Array): number {
  const words = wordsOf(mask)
  const wordCount = words?.length ?? 0
  let count = 0
  for (let from = 0; from < wordCount; from += 255) {
    const to = Math.min(wordCount, from + 255)
    let sums = 0
    for (let word = from; word < to; word++) sums += words?.[word] ?? 0
    count += (sums & 255) + ((sums >>> 8) & 255) + ((sums >>> 16) & 255) + (sums >>> 24)
  }
  for (let at = wordCount * 4; at < mask.length; at++) count += mask[at] ?? 0
  return count
}

/** Values that are asked for again and again are few: the kinds of media. */
const keptMasks = 4
/** A column never changes. What was asked for longest ago first; undefined where no row has such a value. */
const masks = new WeakMap<Numbers, Map<string, Uint8Array | undefined>>()

/** The rows that have one of these values, over the whole column; undefined when none has. Not to be written to. */
export function maskOfValues(column: Numbers, values: readonly number[]): Uint8Array | undefined {
  const known = masks.get(column) ?? new Map<string, Uint8Array | undefined>()
  masks.set(column, known)
  const key = values.join()
  const mask = known.has(key) ? known.get(key) : makeMask(column, values)
  known.delete(key)
  known.set(key, mask)
  const [oldest] = known.keys()
  if (known.size > keptMasks && oldest !== undefined) known.delete(oldest)
  return mask
}

function makeMask(column: Numbers, values: readonly number[]): Uint8Array | undefined {
  const mask = new Uint8Array(column.length)
  let isAny = false
  for (const value of values)
    for (let row = 0; row < mask.length; row++)
      if (column[row] === value) {
        mask[row] = 1
        isAny = true
      }
  return isAny ? mask : undefined
}
