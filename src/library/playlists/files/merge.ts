// What a playlist file says now, joined with what it said before: an entry that is still there keeps its id.

import type { PlaylistEntry } from '../../items.ts'
import { type Entries, mostEntries } from '../entries.ts'

export interface PlacedEntries extends Entries {
  /** Of each entry: which reference of the file it is, from 1. */
  readonly places: readonly number[]
}

/** `songs`: pairs of place and song. `isSameContent`: the file is as it was, only the library is another. */
export function mergedEntries(
  before: PlacedEntries,
  songs: Uint32Array,
  isSameContent: boolean,
): PlacedEntries {
  return isSameContent ? byPlace(before, songs) : bySong(before, songs)
}

/** A song whose file has moved away from where the playlist says keeps its place. */
function byPlace(before: PlacedEntries, songs: Uint32Array): PlacedEntries {
  const entryAt = new Map(before.list.map((entry, index) => [before.places[index] ?? 0, entry]))
  const songAt = new Map([...entryAt].map(([place, { songId }]) => [place, songId]))
  for (let at = 0; at < songs.length; at += 2) songAt.set(songs[at] ?? 0, songs[at + 1] ?? 0)
  const inOrder = [...songAt].toSorted(([one], [other]) => one - other).slice(0, mostEntries)
  return entriesOf(inOrder, before.nextEntryId, (_, place) => entryAt.get(place)?.entryId)
}

/** The first entry of a song stays its first one, and so on. */
function bySong(before: PlacedEntries, songs: Uint32Array): PlacedEntries {
  const free = new Map<number, number[]>()
  for (const { songId, entryId } of before.list.toReversed()) {
    const ids = free.get(songId)
    if (ids) ids.push(entryId)
    else free.set(songId, [entryId])
  }
  const pairs: [number, number][] = []
  for (let at = 0; at < songs.length; at += 2) pairs.push([songs[at] ?? 0, songs[at + 1] ?? 0])
  return entriesOf(pairs, before.nextEntryId, (songId) => free.get(songId)?.pop())
}

function entriesOf(
  pairs: readonly (readonly [place: number, songId: number])[],
  firstNewId: number,
  knownId: (songId: number, place: number) => number | undefined,
): PlacedEntries {
  let nextEntryId = firstNewId
  const list: PlaylistEntry[] = []
  for (const [place, songId] of pairs) {
    const known = knownId(songId, place)
    list.push({ entryId: known ?? nextEntryId, songId })
    if (known === undefined) nextEntryId += 1
  }
  return { list, places: pairs.map(([place]) => place), nextEntryId }
}

// --- as they are stored: little-endian 32-bit numbers

export function storedPlaces(places: readonly number[]): Uint8Array {
  const view = new DataView(new ArrayBuffer(places.length * 4))
  for (const [at, place] of places.entries()) view.setUint32(at * 4, place, true)
  return new Uint8Array(view.buffer)
}

export function readPlaces(bytes: Uint8Array): number[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return Array.from({ length: Math.floor(bytes.length / 4) }, (_, at) => view.getUint32(at * 4, true))
}
