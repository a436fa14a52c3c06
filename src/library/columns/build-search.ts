// What finding needs, made once per view: folded values per field, and words with where they occur.

import { fold } from '../fold.ts'
import {
  type FoldedField,
  type FoldedFieldName,
  foldedFields,
  type SearchIndex,
  type TextColumn,
} from './columns.ts'
import { type StringCollector, shared } from './strings.ts'

type TextsOfRows = Readonly<Record<TextColumn, Uint32Array>>
type Folded = Readonly<Record<FoldedFieldName, FoldedField>>

/** What was folded before is taken over; values that are in no row any more stay until all is built anew. */
export function buildFolded(rows: TextsOfRows, strings: StringCollector, before?: Folded): Folded {
  const folded: (Buffer | undefined)[] = []
  const foldedText = (number: number) =>
    (folded[number] ??= Buffer.from(`${fold(strings.get(number)).replaceAll('\n', ' ')}\n`))
  return Object.fromEntries(
    foldedFields.map((name) => [name, foldedField(rows[name], strings.count, foldedText, before?.[name])]),
  ) as Record<FoldedFieldName, FoldedField>
}

function foldedField(
  column: Uint32Array,
  stringCount: number,
  foldedText: (number: number) => Buffer,
  before?: FoldedField,
): FoldedField {
  const added = unseen(column, stringCount, before?.strings)
  if (before && added.length === 0) return before
  const values = added.map(foldedText)
  const count = before?.strings.length ?? 0
  const strings = shared(Uint32Array, count + added.length)
  const starts = shared(Uint32Array, strings.length + 1)
  if (before) strings.set(before.strings)
  if (before) starts.set(before.starts)
  strings.set(added, count)
  for (const [index, value] of values.entries())
    starts[count + index + 1] = (starts[count + index] ?? 0) + value.length
  const utf8 = shared(Uint8Array, starts[strings.length] ?? 0)
  if (before) utf8.set(before.utf8)
  for (const [index, value] of values.entries()) utf8.set(value, starts[count + index])
  return { utf8, starts, strings }
}

/** Numbers in the column that are not among those seen. */
function unseen(column: Uint32Array, stringCount: number, seen: Iterable<number> = []): number[] {
  const state = new Uint8Array(stringCount)
  const numbers: number[] = []
  for (const number of seen) state[number] = 1
  for (const number of column)
    if (state[number] === 0) {
      state[number] = 1
      numbers.push(number)
    }
  return numbers
}

/** Where a word may stand, in the order of their numbers in postings. The album's artist counts as the artist. */
const searchedColumns = [['title'], ['artist', 'albumArtist'], ['album'], ['composer']] as const
/** Longer words are cut: nobody types them. */
const longestWord = 40

export function buildSearch(rows: TextsOfRows, strings: StringCollector, before?: SearchIndex): SearchIndex {
  const dictionary = collectWords(rows, strings, before)
  const { textStarts, textWords } = dictionary
  // Twice the same walk: first to count, then to fill.
  function eachPosting(visit: (word: number, posting: number) => void): void {
    for (let row = 0; row < rows.title.length; row++)
      for (const [field, [first, second]] of searchedColumns.entries()) {
        const text = rows[first][row] ?? 0
        const other = second === undefined ? text : (rows[second][row] ?? 0)
        for (let at = textStarts[text] ?? 0; at < (textStarts[text + 1] ?? 0); at++)
          visit(textWords[at] ?? 0, row * 4 + field)
        if (other === text) continue
        for (let at = textStarts[other] ?? 0; at < (textStarts[other + 1] ?? 0); at++)
          visit(textWords[at] ?? 0, row * 4 + field)
      }
  }

  const starts = shared(Uint32Array, dictionary.wordStarts.length)
  eachPosting((word) => {
    starts[word + 1] = (starts[word + 1] ?? 0) + 1
  })
  for (let word = 1; word < starts.length; word++)
    starts[word] = (starts[word] ?? 0) + (starts[word - 1] ?? 0)
  const next = starts.slice()
  const postings = shared(Uint32Array, starts.at(-1) ?? 0)
  eachPosting((word, posting) => {
    const at = next[word] ?? 0
    postings[at] = posting
    next[word] = at + 1
  })
  return { ...dictionary, starts, postings }
}

type Dictionary = Omit<SearchIndex, 'starts' | 'postings'>

/** The words of all texts that are searched, each text taken apart once. */
function collectWords(rows: TextsOfRows, strings: StringCollector, before?: SearchIndex): Dictionary {
  const isSearched = new Uint8Array(strings.count)
  for (const column of searchedColumns.flat()) for (const text of rows[column]) isSearched[text] = 1
  const words = before ? wordsOf(before) : []
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

function wordsOf({ units, wordStarts }: SearchIndex): string[] {
  const buffer = Buffer.from(units.buffer, units.byteOffset, units.byteLength)
  return Array.from({ length: wordStarts.length - 1 }, (_, word) =>
    buffer.toString('utf16le', (wordStarts[word] ?? 0) * 2, (wordStarts[word + 1] ?? 0) * 2),
  )
}

const asciiOnly = /^[\x20-\x7e]*$/

/** Distinct folded words of a text: letters and digits, without apostrophes inside. */
export function wordsIn(text: string): Set<string> {
  const plain = fold(text).replaceAll("'", '')
  const words = plain.match(asciiOnly.test(plain) ? /[a-z0-9]+/g : /[\p{L}\p{N}]+/gu)
  return new Set(words?.map((word) => word.slice(0, longestWord)) ?? [])
}
