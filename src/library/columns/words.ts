// The words of texts that are searched, in code unit order, and which of them each text has.

import { fold } from '../fold.ts'
import type { SearchIndex } from './columns.ts'
import { lookedUp } from './rows.ts'
import { type StringCollector, shared } from './strings.ts'
import { withWords, wordAt } from './word-list.ts'

export type Dictionary = Omit<SearchIndex, 'starts' | 'postings'>

/** Longer words are cut: nobody types them. */
const longestWord = 40

const asciiOnly = /^[\x20-\x7e]*$/

/** Distinct folded words of a text: letters and digits, without apostrophes inside. */
export function wordsIn(text: string): Set<string> {
  const plain = fold(text).replaceAll("'", '')
  const words = plain.match(asciiOnly.test(plain) ? /[a-z0-9]+/g : /[\p{L}\p{N}]+/gu)
  return new Set(words?.map((word) => word.slice(0, longestWord)) ?? [])
}

/** `isSearched`: by text number. What was taken apart before is taken over, whether it is searched or not. */
export function collectWords(
  isSearched: Uint8Array,
  strings: StringCollector,
  before?: Dictionary,
): Dictionary {
  const added = before && addedTexts(before, isSearched, strings)
  return before && added ? extended(before, added) : collected(isSearched, strings, before)
}

/**
 * The words of each text that has come since, in order. Undefined when a text that was there is searched for the first
 * time: its words belong in the middle.
 */
function addedTexts(
  { textStarts }: Dictionary,
  isSearched: Uint8Array,
  strings: StringCollector,
): string[][] | undefined {
  const known = textStarts.length - 1
  for (let text = 0; text < known; text++)
    if (isSearched[text] === 1 && textStarts[text] === textStarts[text + 1])
      if (wordsIn(strings.get(text)).size > 0) return undefined
  return Array.from({ length: strings.count - known }, (_, index) =>
    isSearched[known + index] === 1 ? [...wordsIn(strings.get(known + index))] : [],
  )
}

function extended(before: Dictionary, added: readonly string[][]): Dictionary {
  const { units, wordStarts, placeOfKnown, placeOf } = withWords(before, new Set(added.flat()))
  const known = before.textStarts.length - 1
  const textStarts = shared(Uint32Array, known + added.length + 1)
  textStarts.set(before.textStarts)
  const textWords = shared(
    Uint32Array,
    added.reduce((sum, words) => sum + words.length, before.textWords.length),
  )
  textWords.set(placeOfKnown ? lookedUp(before.textWords, placeOfKnown) : before.textWords)
  let at = before.textWords.length
  for (const [index, words] of added.entries()) {
    for (const word of words) textWords[at++] = placeOf.get(word) ?? 0
    textStarts[known + index + 1] = at
  }
  return { units, wordStarts, textStarts, textWords }
}

/** Each text taken apart once. */
function collected(isSearched: Uint8Array, strings: StringCollector, before?: Dictionary): Dictionary {
  const words = before
    ? Array.from({ length: before.wordStarts.length - 1 }, (_, at) => wordAt(before, at))
    : []
  const numberOfWord = new Map(words.map((word, number) => [word, number]))
  const textStarts = shared(Uint32Array, strings.count + 1)
  const flat: number[] = []
  for (let text = 0; text < strings.count; text++) {
    const [from, to] = [before?.textStarts[text] ?? 0, before?.textStarts[text + 1] ?? 0]
    if (to > from) for (let at = from; at < to; at++) flat.push(before?.textWords[at] ?? 0)
    else if (isSearched[text] === 1)
      for (const word of wordsIn(strings.get(text))) {
        const number = numberOfWord.get(word) ?? words.push(word) - 1
        numberOfWord.set(word, number)
        flat.push(number)
      }
    textStarts[text + 1] = flat.length
  }
  return { ...sortedWords(words, flat), textStarts }
}

/** Numbers the words anew in code unit order. */
function sortedWords(words: readonly string[], flat: readonly number[]): Omit<Dictionary, 'textStarts'> {
  const order = Uint32Array.from(words.keys()).sort((a, b) => ((words[a] ?? '') < (words[b] ?? '') ? -1 : 1))
  const placeOf = new Uint32Array(words.length)
  const wordStarts = shared(Uint32Array, words.length + 1)
  for (const [place, number] of order.entries()) {
    placeOf[number] = place
    wordStarts[place + 1] = (wordStarts[place] ?? 0) + (words[number]?.length ?? 0)
  }
  const units = shared(Uint16Array, wordStarts[words.length] ?? 0)
  const buffer = Buffer.from(units.buffer)
  for (const [place, number] of order.entries())
    buffer.write(words[number] ?? '', (wordStarts[place] ?? 0) * 2, 'utf16le')
  const textWords = shared(Uint32Array, flat.length)
  for (const [at, number] of flat.entries()) textWords[at] = placeOf[number] ?? 0
  return { units, wordStarts, textWords }
}
