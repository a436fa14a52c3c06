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
import { collectWords } from './words.ts'

type TextsOfRows = Readonly<Record<TextColumn, Uint32Array>>
type Folded = Readonly<Record<FoldedFieldName, FoldedField>>

/**
 * What was folded before is taken over; values that are in no row any more stay until all is built anew. `fresh`: of the
 * songs that may have values which none had before.
 */
export function buildFolded(fresh: TextsOfRows, strings: StringCollector, before?: Folded): Folded {
  const folded: (Buffer | undefined)[] = []
  const foldedText = (number: number) =>
    (folded[number] ??= Buffer.from(`${fold(strings.get(number)).replaceAll('\n', ' ')}\n`))
  return Object.fromEntries(
    foldedFields.map((name) => [name, foldedField(fresh[name], strings.count, foldedText, before?.[name])]),
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
/** `fresh`: as in `buildFolded`. */
export function buildSearch(
  rows: TextsOfRows,
  fresh: TextsOfRows,
  strings: StringCollector,
  before?: SearchIndex,
): SearchIndex {
  const isSearched = new Uint8Array(strings.count)
  for (const column of searchedColumns.flat()) for (const text of fresh[column]) isSearched[text] = 1
  const dictionary = collectWords(isSearched, strings, before)
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
