// Songs that answer a question, in order, read from columns when they are looked at.

import type { PlaylistEntry, Song } from '../items.ts'
import type { SortHeader } from '../questions.ts'
import type { SongListing } from '../tables.ts'
import { sortHeaders, within } from './listing.ts'

/** `entries` are as the rows are; undefined where each song is its own. */
export interface FoundRows {
  readonly length: number
  readonly all: Uint32Array
  first(count: number): Uint32Array
  readonly entries: readonly PlaylistEntry[] | undefined
}

export interface SongReader {
  songAt(row: number): Song
  idOf(row: number): number
  /** Character code of the header that a row stands under in this order. */
  letterOf(row: number): number
}

export class FoundSongs implements SongListing {
  readonly #found: FoundRows
  readonly #reader: SongReader
  readonly #isOfPlaylist: boolean

  constructor(found: FoundRows, reader: SongReader, isOfPlaylist: boolean) {
    this.#found = found
    this.#reader = reader
    this.#isOfPlaylist = isOfPlaylist
  }

  get length(): number {
    return this.#found.length
  }

  get rows(): Uint32Array {
    return this.#found.all
  }

  firstRows(count: number): Uint32Array {
    return this.#found.first(count)
  }

  slice(from: number, to: number): Song[] {
    const [first, last] = within(this.length, from, to)
    const rows = first === 0 ? this.firstRows(last) : this.rows.subarray(first, last)
    return Array.from(rows, (row) => this.#reader.songAt(row))
  }

  sortHeaders(): SortHeader[] {
    const { rows } = this
    return sortHeaders(this.length, (at) => this.#reader.letterOf(rows[at] ?? 0))
  }

  ids(): Uint32Array {
    return Uint32Array.from(this.rows, (row) => this.#reader.idOf(row))
  }

  entries(): readonly PlaylistEntry[] | undefined {
    if (!this.#isOfPlaylist) return undefined
    return this.#found.entries ?? Array.from(this.ids(), (songId) => ({ entryId: songId, songId }))
  }

  entryIds(): Uint32Array | undefined {
    return this.#found.entries && Uint32Array.from(this.#found.entries, ({ entryId }) => entryId)
  }
}
