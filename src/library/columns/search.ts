// Ranked search: every word by its beginning, anywhere in title, artist, album or composer.

import type { Columns, SearchIndex } from './columns.ts'
import { wordsIn } from './words.ts'

/** Of title, artist, album, composer, in the order of the fields in postings. A whole word counts twice. */
const scoreOfField = Uint8Array.of(8, 4, 2, 1)
/** More words than anyone types; the rest is not looked at. */
const mostWords = 8
const bestScore = mostWords * 8 * 2

/** A run of postings in which each counts so much. */
interface Run {
  readonly from: number
  readonly to: number
  readonly factor: number
}

export class Search {
  readonly #columns: Columns
  /** Per row, used again by each search. */
  #scores: Uint8Array | undefined
  #wordsFound: Uint8Array | undefined
  #scoreOfWord: Uint8Array | undefined

  constructor(columns: Columns) {
    this.#columns = columns
  }

  /** Rows best first, at most `limit`; `total` counts all. */
  find(text: string, limit: number): { rows: number[]; total: number } {
    const words = [...wordsIn(text)].slice(0, mostWords)
    if (words.length === 0) return { rows: [], total: 0 }
    const found = words.map((word) => runsOf(this.#columns.search, word))
    // From the rarest on, so that few rows are left for the others.
    found.sort((a, b) => postingsOf(a) - postingsOf(b))
    if (found.some((runs) => postingsOf(runs) === 0)) return { rows: [], total: 0 }
    return best(this.#score(found), limit)
  }

  /** Score of each row that has all words, else 0. */
  #score(words: readonly (readonly Run[])[]): Uint8Array {
    const { count, search } = this.#columns
    const scores = (this.#scores ??= new Uint8Array(count)).fill(0)
    const wordsFound = (this.#wordsFound ??= new Uint8Array(count)).fill(0)
    const scoreOfWord = (this.#scoreOfWord ??= new Uint8Array(count))
    for (const [index, runs] of words.entries())
      for (const run of runs) addScores(search.postings, run, index, { scores, wordsFound, scoreOfWord })
    if (words.length > 1)
      for (let row = 0; row < count; row++) if (wordsFound[row] !== words.length) scores[row] = 0
    return scores
  }
}

interface Scores {
  readonly scores: Uint8Array
  /** How many of the words so far a row has. */
  readonly wordsFound: Uint8Array
  /** What the last word found has brought the row. */
  readonly scoreOfWord: Uint8Array
}

/** Each word brings a row the score of its best place in it, if the row has all words before. */
function addScores(postings: Uint32Array, { from, to, factor }: Run, index: number, state: Scores): void {
  const { scores, wordsFound, scoreOfWord } = state
  for (let at = from; at < to; at++) {
    const posting = postings[at] ?? 0
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

function best(scores: Uint8Array, limit: number): { rows: number[]; total: number } {
  const counts = new Uint32Array(bestScore + 1)
  for (let row = 0; row < scores.length; row++) {
    const score = scores[row] ?? 0
    counts[score] = (counts[score] ?? 0) + 1
  }
  const total = scores.length - (counts[0] ?? 0)
  const rows: number[] = []
  const wanted = Math.max(0, Math.min(total, limit))
  for (let score = bestScore; score > 0 && rows.length < wanted; score--) {
    if (counts[score] === 0) continue
    let row = scores.indexOf(score)
    for (; row >= 0 && rows.length < wanted; row = scores.indexOf(score, row + 1)) rows.push(row)
  }
  return { rows, total }
}

function postingsOf(runs: readonly Run[]): number {
  return runs.reduce((sum, { from, to }) => sum + to - from, 0)
}

/** Words that begin so stand together, and first of them the very word. */
function runsOf({ units, wordStarts, starts }: SearchIndex, beginning: string): Run[] {
  const count = wordStarts.length - 1
  const first = firstPlace(count, (word) => compareBeginning(units, wordStarts, word, beginning) >= 0)
  const behind = firstPlace(count, (word) => compareBeginning(units, wordStarts, word, beginning) > 0)
  const isWhole =
    first < behind && (wordStarts[first + 1] ?? 0) - (wordStarts[first] ?? 0) === beginning.length
  const rest = isWhole ? first + 1 : first
  return [
    { from: starts[first] ?? 0, to: starts[rest] ?? 0, factor: 2 },
    { from: starts[rest] ?? 0, to: starts[behind] ?? 0, factor: 1 },
  ]
}

/** 0 when the word begins so; else below 0 when it comes before all that do, above when behind them. */
function compareBeginning(
  units: Uint16Array,
  wordStarts: Uint32Array,
  word: number,
  beginning: string,
): number {
  const start = wordStarts[word] ?? 0
  const length = (wordStarts[word + 1] ?? 0) - start
  for (let at = 0; at < beginning.length; at++) {
    if (at >= length) return -1
    const difference = (units[start + at] ?? 0) - beginning.charCodeAt(at)
    if (difference !== 0) return difference
  }
  return 0
}

/** The first place from 0 up to `count` where a claim that stays true has become true. */
function firstPlace(count: number, isReached: (place: number) => boolean): number {
  let [low, high] = [0, count]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (isReached(middle)) high = middle
    else low = middle + 1
  }
  return low
}
