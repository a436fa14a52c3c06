// Ranked search: every word by its beginning, anywhere in title, artist, album or composer (performance.md, 4).

import { wordsIn } from './build-search.ts'
import type { Columns } from './columns.ts'

/** Of title, artist, album, composer, in the order of the fields in postings. A whole word counts twice. */
const scoreOfField = [8, 4, 2, 1]
/** More words than anyone types; the rest is not looked at. */
const mostWords = 8

interface Range {
  readonly word: string
  readonly from: number
  readonly to: number
  readonly postings: number
}

export class Search {
  readonly #columns: Columns
  #words: readonly string[] | undefined

  constructor(columns: Columns) {
    this.#columns = columns
  }

  /** Rows best first, at most `limit`; `total` counts all. */
  find(text: string, limit: number): { rows: number[]; total: number } {
    const words = [...wordsIn(text)].slice(0, mostWords)
    if (words.length === 0) return { rows: [], total: 0 }
    // From the rarest on, so that few rows are left for the others.
    const ranges = words.map((word) => this.#range(word)).sort((a, b) => a.postings - b.postings)
    if (ranges[0]?.postings === 0) return { rows: [], total: 0 }
    const scores = this.#scores(ranges)
    return best(scores, limit)
  }

  #range(word: string): Range {
    this.#words ??= this.#columns.search.words.split('\n')
    const from = firstAtLeast(this.#words, word)
    const to = firstAtLeast(this.#words, `${word}\uffff`)
    const { starts } = this.#columns.search
    return { word, from, to, postings: (starts[to] ?? 0) - (starts[from] ?? 0) }
  }

  /** Score of each row that has all words, else 0. */
  #scores(ranges: readonly Range[]): Uint16Array {
    const { count, search } = this.#columns
    const scores = new Uint16Array(count)
    const wordsFound = new Uint8Array(count)
    const scoreOfWord = new Uint8Array(count)
    for (const [index, { word, from, to }] of ranges.entries())
      for (let place = from; place < to; place++) {
        const factor = this.#words?.[place] === word ? 2 : 1
        const last = search.starts[place + 1] ?? 0
        for (let at = search.starts[place] ?? 0; at < last; at++) {
          const posting = search.postings[at] ?? 0
          const row = posting >>> 2
          const found = wordsFound[row] ?? 0
          if (found < index) continue
          const score = (scoreOfField[posting & 3] ?? 0) * factor
          const before = found > index ? (scoreOfWord[row] ?? 0) : 0
          if (score <= before) continue
          scores[row] = (scores[row] ?? 0) + score - before
          scoreOfWord[row] = score
          wordsFound[row] = index + 1
        }
      }
    for (let row = 0; row < count; row++) if (wordsFound[row] !== ranges.length) scores[row] = 0
    return scores
  }
}

function best(scores: Uint16Array, limit: number): { rows: number[]; total: number } {
  const rowsOfScore = new Map<number, number>()
  let total = 0
  for (const score of scores) {
    if (score === 0) continue
    total += 1
    rowsOfScore.set(score, (rowsOfScore.get(score) ?? 0) + 1)
  }
  const wanted = Math.max(0, Math.min(total, limit))
  const rows: number[] = []
  for (const score of [...rowsOfScore.keys()].sort((a, b) => b - a)) {
    if (rows.length >= wanted) break
    for (
      let row = scores.indexOf(score);
      row >= 0 && rows.length < wanted;
      row = scores.indexOf(score, row + 1)
    )
      rows.push(row)
  }
  return { rows, total }
}

function firstAtLeast(words: readonly string[], word: string): number {
  let [low, high] = [0, words.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((words[middle] ?? '') < word) low = middle + 1
    else high = middle
  }
  return low
}
