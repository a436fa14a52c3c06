// The entries of one playlist: values in, values out. An entry keeps its id while it is moved about.

import { KnownError } from '../../errors.ts'
import type { PlaylistEntry } from '../items.ts'

export interface Entries {
  readonly list: readonly PlaylistEntry[]
  /** Ids are not given twice, so that no remote takes one entry for another. */
  readonly nextEntryId: number
}

export const noEntries: Entries = { list: [], nextEntryId: 1 }

/** Of one playlist. No person orders more by hand, and each edit writes them all. */
export const mostEntries = 100_000

/** At the end. PLAYLIST_FULL. */
export function withSongs({ list, nextEntryId }: Entries, songIds: readonly number[]): Entries {
  if (list.length + songIds.length > mostEntries) throw new KnownError('PLAYLIST_FULL', { most: mostEntries })
  const added = songIds.map((songId, index) => ({ entryId: nextEntryId + index, songId }))
  return { list: [...list, ...added], nextEntryId: nextEntryId + added.length }
}

/** NOT_FOUND when one of them is not there, and then nothing is removed. */
export function withoutEntries({ list, nextEntryId }: Entries, entryIds: readonly number[]): Entries {
  const gone = new Set(entryIds)
  const kept = list.filter(({ entryId }) => !gone.has(entryId))
  if (kept.length + gone.size !== list.length) throw new KnownError('NOT_FOUND', { reason: 'no such entry' })
  return { list: kept, nextEntryId }
}

export interface Move {
  readonly entryId: number
  /** 0: to the beginning. */
  readonly behindEntryId: number
}

/** NOT_FOUND when one of the two is not there. An entry behind itself stays where it is. */
export function withMove({ list, nextEntryId }: Entries, { entryId, behindEntryId }: Move): Entries {
  const from = placeOf(list, entryId)
  if (behindEntryId === entryId) return { list, nextEntryId }
  const rest = list.toSpliced(from, 1)
  const to = behindEntryId === 0 ? 0 : placeOf(rest, behindEntryId) + 1
  return { list: rest.toSpliced(to, 0, ...list.slice(from, from + 1)), nextEntryId }
}

function placeOf(list: readonly PlaylistEntry[], entryId: number): number {
  const place = list.findIndex((entry) => entry.entryId === entryId)
  if (place < 0) throw new KnownError('NOT_FOUND', { reason: 'no such entry' })
  return place
}

// --- as they are stored: pairs of little-endian 32-bit numbers, entry id and song id

const bytesPerEntry = 8

export function storedEntries(list: readonly PlaylistEntry[]): Uint8Array {
  const bytes = new Uint8Array(list.length * bytesPerEntry)
  const view = new DataView(bytes.buffer)
  for (const [at, { entryId, songId }] of list.entries()) {
    view.setUint32(at * bytesPerEntry, entryId, true)
    view.setUint32(at * bytesPerEntry + 4, songId, true)
  }
  return bytes
}

export function readEntries(bytes: Uint8Array): PlaylistEntry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return Array.from({ length: Math.floor(bytes.length / bytesPerEntry) }, (_, at) => ({
    entryId: view.getUint32(at * bytesPerEntry, true),
    songId: view.getUint32(at * bytesPerEntry + 4, true),
  }))
}
