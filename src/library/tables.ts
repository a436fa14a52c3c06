// Answers: lists of which a window is looked at, and the columns behind them for who writes thousands at once.

import type { PlaylistEntry, ReplayGain, Song } from './items.ts'
import type { SortHeader } from './questions.ts'

/** A field of all songs, by row. Never changes once it is seen: another value makes another array. */
export type Column = Uint8Array | Uint16Array | Uint32Array | Float32Array | Float64Array

/** 64-bit ids: of row r it is `values[r]`, or `values[places[r]]` where many rows share one. */
export interface IdColumn {
  readonly places?: Uint32Array
  readonly values: Float64Array | BigUint64Array
}

type FieldsOf<Value> = { [Field in keyof Song]: Song[Field] extends Value ? Field : never }[keyof Song]

export type SongText = Exclude<FieldsOf<string>, 'path'>

export type SongNumber = FieldsOf<number | boolean>

export type SongId = FieldsOf<bigint>

/** The songs of a view as columns, for who writes thousands of them at once. Rows are 0 to count - 1. */
export interface SongTable {
  readonly count: number
  /** Every distinct text once: number n is UTF-8 from `starts[n]` up to `starts[n + 1]`. Number 0 is ''. */
  readonly strings: { readonly utf8: Uint8Array; readonly starts: Uint32Array }
  /** Row → number of its text. */
  readonly texts: Readonly<Record<SongText, Uint32Array>>
  readonly numbers: Readonly<Record<SongNumber, Column>>
  readonly ids: Readonly<Record<SongId, IdColumn>>
  /** NaN where a song has none. */
  readonly gains: Readonly<Record<keyof ReplayGain, Float32Array>>
}

/** Albums or artists as columns, likewise. Rows are any numbers; a column that a kind of group lacks is left out. */
export interface GroupTable {
  readonly strings: SongTable['strings']
  readonly texts: { readonly name: Uint32Array; readonly artist: Uint32Array }
  readonly numbers: Readonly<Partial<Record<GroupNumber, Column>>>
  readonly ids: { readonly persistentId: IdColumn; readonly artistId: IdColumn }
}

export type GroupNumber = 'id' | 'songCount' | 'albumCount' | 'durationMs' | 'year' | 'isCompilation'

/** An answer in order, of which a window is looked at. */
export interface Listing<Item> {
  readonly length: number
  /** Items from `from` up to but without `to`, clipped. */
  slice(from: number, to: number): Item[]
  sortHeaders(): SortHeader[]
}

export interface SongListing extends Listing<Song> {
  /** Rows of all in the view's table, in order. The same array for the same question of the same view. */
  readonly rows: Uint32Array
  /** The first so many of them, or all; quicker than `rows` where nobody looks at the rest. */
  firstRows(count: number): Uint32Array
  /** Item ids of all, in order. */
  ids(): Uint32Array
  /** The entries when asked for a playlist, in the same order as the songs; else undefined. */
  entries(): readonly PlaylistEntry[] | undefined
  /** Entry ids alone; undefined where each song is its own entry, under its item id. */
  entryIds(): Uint32Array | undefined
}

export interface GroupListing<Group> extends Listing<Group> {
  /** Rows of all in `table`, in order. */
  readonly rows: Uint32Array
  readonly table: GroupTable
}
