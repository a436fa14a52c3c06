// How much a song is like another one: a number for each row of the columns. Two songs have to do with each other when
// they share an artist, a composer or a genre, or are played together; year, rating and what the ear told add to it.

import type { Columns } from '../columns/columns.ts'
import type { Texts } from '../columns/strings.ts'
import { fold } from '../fold.ts'

/** What each thing that two songs share is worth. */
const worth = {
  artist: 2,
  composer: 1.5,
  /** Of the same genre; less when only words of it are the same. */
  genre: 3,
  /** In the same year; a third of it eight years away. */
  year: 1.5,
  /** Played together ever so often. */
  together: 4,
  /** With five stars, or liked; as much less with none of five. */
  rating: 0.75,
  liked: 0.75,
  /** Skipped whenever it came. */
  skipped: -0.75,
  /** By chance, so that equals are mixed; the same for the same two songs. */
  chance: 0.5,
} as const

const yearsOfThird = 8
const disliked = 3
const liked = 2
const lowest = 0.01

export interface Likeness {
  /** All in all; 0 when they have nothing to do with each other, or somebody dislikes it. */
  score(row: number): number
}

/** `together`: as `playedWith` has it. */
export function likenessTo(
  seed: number,
  columns: Columns,
  texts: Texts,
  together: ReadonlyMap<number, number>,
): Likeness {
  // All of it is asked for every row there is: each column is looked up once.
  const { artist, composer, genre } = columns.texts
  const { id, mediaKind, year, likedState, ratingPercent, playCount, skipCount } = columns.numbers
  const [ownArtist, ownComposer] = [artist[seed] ?? 0, composer[seed] ?? 0]
  const [ownId, ownKind, ownYear] = [id[seed] ?? 0, mediaKind[seed] ?? 0, year[seed] ?? 0]
  const genreLikeness = genreLikenessTo(genre[seed] ?? 0, texts)
  const timesTogether = byRow(together, columns)

  function relation(row: number): number {
    if (row === seed || mediaKind[row] !== ownKind) return 0
    let sum = worth.genre * genreLikeness(genre[row] ?? 0)
    if (ownArtist !== 0 && artist[row] === ownArtist) sum += worth.artist
    if (ownComposer !== 0 && composer[row] === ownComposer) sum += worth.composer
    const times = timesTogether[row] ?? 0
    return sum + (worth.together * times) / (times + 2)
  }

  function nearness(row: number): number {
    const other = year[row] ?? 0
    return ownYear === 0 || other === 0 ? 0 : Math.exp(-Math.abs(other - ownYear) / yearsOfThird)
  }

  function taste(row: number): number {
    const rating = ratingPercent[row] ?? 0
    const skips = skipCount[row] ?? 0
    return (
      (rating === 0 ? 0 : worth.rating * (rating / 50 - 1)) +
      (likedState[row] === liked ? worth.liked : 0) +
      (worth.skipped * skips) / (skips + (playCount[row] ?? 0) + 1)
    )
  }

  return {
    score(row) {
      const related = relation(row)
      if (related === 0 || likedState[row] === disliked) return 0
      const chance = worth.chance * chanceOf(ownId, id[row] ?? 0)
      // Taste may take much, but what is related stays above what is not.
      return Math.max(lowest, related + worth.year * nearness(row) + taste(row) + chance)
    },
  }
}

function byRow(weights: ReadonlyMap<number, number>, { count, rowOfId }: Columns): Float32Array {
  const values = new Float32Array(count)
  for (const [songId, weight] of weights) {
    const row = (rowOfId[songId] ?? 0) - 1
    if (row >= 0) values[row] = weight
  }
  return values
}

/** 1 for the same genre, the share of common words for others: "Alternative Rock" and "Rock". Asked once for each. */
function genreLikenessTo(own: number, texts: Texts): (genre: number) => number {
  const ownWords = wordsOf(texts.get(own))
  const known = new Map<number, number>([[own, own === 0 ? 0 : 1]])
  // Neighbours in the columns are mostly of one genre.
  let [last, ofLast] = [-1, 0]
  return (genre) => {
    if (genre === last) return ofLast
    let likeness = known.get(genre)
    if (likeness === undefined) {
      const words = wordsOf(texts.get(genre))
      const common = [...words].filter((word) => ownWords.has(word)).length
      likeness = common / (words.size + ownWords.size - common || 1)
      known.set(genre, likeness)
    }
    ;[last, ofLast] = [genre, likeness]
    return likeness
  }
}

function wordsOf(genre: string): Set<string> {
  return new Set(fold(genre).match(/[\p{L}\p{N}]+/gu))
}

/** From 0 to below 1. */
function chanceOf(one: number, other: number): number {
  let hash = Math.imul(one ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(other, 0xc2b2ae35)
  hash = Math.imul(hash ^ (hash >>> 15), 0x27d4eb2f)
  return ((hash ^ (hash >>> 13)) >>> 0) / 2 ** 32
}
