// Finds the song of the library that a playlist means. What is no song of the library is not found.

import type { Meaning } from './reference.ts'

/** The songs that are listed now, by the paths of their files. */
export interface SongPlaces {
  at(path: string): number | undefined
  all(): Iterable<readonly [path: string, songId: number]>
}

export type FindSong = (meaning: Meaning) => number | undefined

interface Place {
  /** The path as it is compared, from its end: name, folder, folder above … */
  readonly parts: readonly string[]
  readonly songId: number
}

/** Many songs may have the same name in folders of the same name ("CD1/01.mp3"); no more than these are compared. */
const mostCompared = 64
/** Of a path that is not here, the name alone proves little: the folder must be the same too. */
const leastParts = 2

export function songFinder(places: SongPlaces): FindSong {
  let index: ReadonlyMap<string, readonly Place[]> | undefined

  /** Made when the first path is not where it says. */
  function candidates(key: string): readonly Place[] {
    index ??= indexOf(places)
    return index.get(key) ?? []
  }

  function byOtherCase(path: string): number | undefined {
    const parts = reversedParts(path)
    return candidates(keyOf(parts)).find((place) => commonParts(place.parts, parts) === place.parts.length)
      ?.songId
  }

  /** The one that has most of its last parts in common, the first of several. */
  function byTail(tail: readonly string[]): number | undefined {
    const parts = tail.map(folded).toReversed()
    if (parts.length < leastParts) return undefined
    let best: Place | undefined
    let most = leastParts - 1
    for (const place of candidates(keyOf(parts))) {
      const common = commonParts(place.parts, parts)
      if (common > most) [best, most] = [place, common]
    }
    return best?.songId
  }

  return ({ paths, tail }) => {
    for (const path of paths) {
      const songId = places.at(path) ?? places.at(path.normalize('NFC')) ?? places.at(path.normalize('NFD'))
      if (songId !== undefined) return songId
    }
    for (const path of paths) {
      const songId = byOtherCase(path)
      if (songId !== undefined) return songId
    }
    return byTail(tail)
  }
}

function indexOf(places: SongPlaces): Map<string, Place[]> {
  const index = new Map<string, Place[]>()
  for (const [path, songId] of places.all()) {
    const parts = reversedParts(path)
    const key = keyOf(parts)
    const same = index.get(key)
    if (same === undefined) index.set(key, [{ parts, songId }])
    else if (same.length < mostCompared) same.push({ parts, songId })
  }
  return index
}

function reversedParts(path: string): string[] {
  return path
    .split(/[\\/]+/)
    .filter(Boolean)
    .map(folded)
    .toReversed()
}

function keyOf(reversed: readonly string[]): string {
  return reversed.slice(0, leastParts).join('/')
}

/** Systems differ in case and in how they write an accent, in names of the same file. */
function folded(part: string): string {
  return part.normalize('NFC').toLowerCase()
}

function commonParts(one: readonly string[], other: readonly string[]): number {
  let count = 0
  while (count < one.length && count < other.length && one[count] === other[count]) count += 1
  return count
}
