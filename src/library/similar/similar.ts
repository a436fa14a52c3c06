// Songs like a song, mixed as a person would: the best of all, not too many of one artist or album in a row.

import type { Columns } from '../columns/columns.ts'
import type { Texts } from '../columns/strings.ts'
import { likenessTo } from './likeness.ts'

/** What each song chosen already takes from others of its artist, and of its album. */
const tiring = { artist: 0.6, album: 0.8 }
/** Songs that are looked at for each that is wanted. */
const candidatesPerSong = 6
const fewestCandidates = 200

/** Rows of the songs most like that of `seed`, best first. `together`: song id → weight, as `playedWith` has it. */
export function similarRows(
  seed: number,
  columns: Columns,
  texts: Texts,
  together: ReadonlyMap<number, number>,
  limit: number,
): number[] {
  const likeness = likenessTo(seed, columns, texts, together)
  const scores = new Float64Array(columns.count)
  for (let row = 0; row < columns.count; row += 1) scores[row] = likeness.score(row)
  const candidates = bestRows(scores, Math.max(fewestCandidates, limit * candidatesPerSong))
  return mixed(seed, candidates, scores, columns, limit)
}

/** Whether there is any; ends at the first. */
export function hasSimilarRow(
  seed: number,
  columns: Columns,
  texts: Texts,
  together: ReadonlyMap<number, number>,
): boolean {
  const likeness = likenessTo(seed, columns, texts, together)
  for (let row = 0; row < columns.count; row += 1) if (likeness.score(row) > 0) return true
  return false
}

const steps = 1024

/** The `most` rows with the highest scores above 0, best first: only those above a threshold are sorted. */
function bestRows(scores: Float64Array, most: number): number[] {
  let highest = 0
  for (let row = 0; row < scores.length; row += 1) highest = Math.max(highest, scores[row] ?? 0)
  if (highest === 0) return []
  const stepOf = (row: number) => Math.ceil(((scores[row] ?? 0) / highest) * steps)
  const counts = new Uint32Array(steps + 1)
  for (let row = 0; row < scores.length; row += 1) {
    const step = stepOf(row)
    counts[step] = (counts[step] ?? 0) + 1
  }
  // Step 0 is the score 0.
  let threshold = steps
  for (let sum = counts[threshold] ?? 0; sum < most && threshold > 1; sum += counts[threshold] ?? 0)
    threshold -= 1
  const rows: number[] = []
  for (let row = 0; row < scores.length; row += 1) if (stepOf(row) >= threshold) rows.push(row)
  return rows.sort((one, other) => (scores[other] ?? 0) - (scores[one] ?? 0)).slice(0, most)
}

function mixed(
  seed: number,
  candidates: readonly number[],
  scores: Float64Array,
  { texts, albumOf }: Columns,
  limit: number,
): number[] {
  const artists = new Map<number, number>()
  const albums = new Map<number, number>()
  /** The same song on another record is no other song. */
  const songOf = (row: number) => `${texts.artist[row]} ${texts.title[row]}`
  const taken = new Set([songOf(seed)])
  const left = new Set(candidates)
  const chosen: number[] = []
  while (chosen.length < limit && left.size > 0) {
    let [best, bestWorth] = [-1, Number.NEGATIVE_INFINITY]
    for (const row of left) {
      // In falling order: none of the rest can be better.
      if ((scores[row] ?? 0) <= bestWorth) break
      const ofArtist = artists.get(texts.artist[row] ?? 0) ?? 0
      const ofAlbum = albums.get(albumOf[row] ?? 0) ?? 0
      const worth = (scores[row] ?? 0) - tiring.artist * ofArtist - tiring.album * ofAlbum
      if (worth > bestWorth) [best, bestWorth] = [row, worth]
    }
    left.delete(best)
    if (taken.has(songOf(best))) continue
    taken.add(songOf(best))
    artists.set(texts.artist[best] ?? 0, (artists.get(texts.artist[best] ?? 0) ?? 0) + 1)
    albums.set(albumOf[best] ?? 0, (albums.get(albumOf[best] ?? 0) ?? 0) + 1)
    chosen.push(best)
  }
  return chosen
}
