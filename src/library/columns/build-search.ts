// What finding needs, made once per view: folded values per field, and words with where they occur.

import { fold } from '../fold.ts'
import {
  type FoldedField,
  type FoldedFieldName,
  foldedFields,
  type SearchIndex,
  type TextColumn,
} from './columns.ts'
import { shared } from './strings.ts'

type TextsOfRows = Readonly<Record<TextColumn, Uint32Array>>

export function buildFolded(
  rows: TextsOfRows,
  texts: readonly string[],
): Record<FoldedFieldName, FoldedField> {
  const folded: (string | undefined)[] = []
  const foldedText = (number: number) => (folded[number] ??= fold(texts[number] ?? '').replaceAll('\n', ' '))
  return Object.fromEntries(
    foldedFields.map((name) => [name, foldedField(rows[name], texts.length, foldedText)]),
  ) as Record<FoldedFieldName, FoldedField>
}

function foldedField(
  column: Uint32Array,
  stringCount: number,
  foldedText: (number: number) => string,
): FoldedField {
  const isUsed = new Uint8Array(stringCount)
  for (const number of column) isUsed[number] = 1
  const numbers: number[] = []
  for (let number = 0; number < stringCount; number++) if (isUsed[number] === 1) numbers.push(number)
  const values = numbers.map(foldedText)
  const starts = shared(Uint32Array, values.length + 1)
  for (const [at, value] of values.entries()) starts[at + 1] = (starts[at] ?? 0) + value.length + 1
  const strings = shared(Uint32Array, numbers.length)
  strings.set(numbers)
  return { text: values.map((value) => `${value}\n`).join(''), starts, strings }
}

/** Where a word may stand, in the order of their numbers in postings. The album's artist counts as the artist. */
const searchedColumns = [['title'], ['artist', 'albumArtist'], ['album'], ['composer']] as const
/** Longer words are cut: nobody types them. */
const longestWord = 40

export function buildSearch(rows: TextsOfRows, texts: readonly string[]): SearchIndex {
  const wordNumbers = new Map<string, number>()
  const wordsOfText: (Uint32Array | undefined)[] = []
  function wordsOf(number: number): Uint32Array {
    return (wordsOfText[number] ??= Uint32Array.from(wordsIn(texts[number] ?? ''), (word) => {
      const known = wordNumbers.get(word)
      if (known !== undefined) return known
      wordNumbers.set(word, wordNumbers.size)
      return wordNumbers.size - 1
    }))
  }
  // Twice the same walk: first to count, then to fill.
  function eachPosting(visit: (word: number, posting: number) => void): void {
    for (let row = 0; row < rows.title.length; row++)
      for (const [field, [first, second]] of searchedColumns.entries()) {
        const text = rows[first][row] ?? 0
        for (const word of wordsOf(text)) visit(word, row * 4 + field)
        const other = second === undefined ? text : (rows[second][row] ?? 0)
        if (other !== text) for (const word of wordsOf(other)) visit(word, row * 4 + field)
      }
  }

  const counts: number[] = []
  let total = 0
  eachPosting((word) => {
    counts[word] = (counts[word] ?? 0) + 1
    total += 1
  })
  const sorted = [...wordNumbers.keys()].sort()
  const starts = shared(Uint32Array, sorted.length + 1)
  const next = new Uint32Array(sorted.length)
  for (const [place, word] of sorted.entries()) {
    const number = wordNumbers.get(word) ?? 0
    next[number] = starts[place] ?? 0
    starts[place + 1] = (starts[place] ?? 0) + (counts[number] ?? 0)
  }
  const postings = shared(Uint32Array, total)
  eachPosting((word, posting) => {
    const at = next[word] ?? 0
    postings[at] = posting
    next[word] = at + 1
  })
  return { words: sorted.join('\n'), starts, postings }
}

/** Distinct folded words of a text: letters and digits, without apostrophes inside. */
export function wordsIn(text: string): Set<string> {
  const plain = fold(text).replaceAll("'", '')
  return new Set(plain.match(/[\p{L}\p{N}]+/gu)?.map((word) => word.slice(0, longestWord)) ?? [])
}
