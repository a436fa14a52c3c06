// A long list in the database, in pieces: a small edit writes only the pieces that it touches.
// Entries are known by identity: the same object is the same entry.

import type { Database } from '../../library/index.ts'

/** About 5 kB; small enough to be written for one song, large enough that 100,000 songs are few rows. */
const longestPiece = 256
/** How far behind its neighbour a piece is looked for: past a few that were changed. */
const reach = 4 * longestPiece

interface Piece<Entry> {
  readonly rowId: number
  /** Pieces stand in this order; a new one goes half way between its neighbours. */
  readonly place: number
  readonly entries: readonly Entry[]
}
/** A part of the next list: a piece that is there, or entries that must be written. */
type Part<Entry> = { readonly kept: Piece<Entry> } | { readonly from: number; to: number }

export const listTable = `
  CREATE TABLE player_piece (
    piece_id INTEGER PRIMARY KEY, list TEXT NOT NULL, place REAL NOT NULL, entries BLOB NOT NULL
  ) STRICT;
  CREATE INDEX player_piece_by_place ON player_piece (list, place)`

export class ListStore<Entry> {
  readonly #database: Database
  readonly #name: string
  readonly #pack: (entries: readonly Entry[]) => Uint8Array
  /** undefined: what is stored is not known; all is written anew. */
  #pieces: readonly Piece<Entry>[] | undefined
  #saved: readonly Entry[] | undefined

  constructor(database: Database, name: string, pack: (entries: readonly Entry[]) => Uint8Array) {
    this.#database = database
    this.#name = name
    this.#pack = pack
  }

  load(unpack: (bytes: Uint8Array) => readonly Entry[]): readonly Entry[] {
    const rows = this.#database.all<{ piece_id: number; place: number; entries: Uint8Array }>(
      'SELECT piece_id, place, entries FROM player_piece WHERE list = ? ORDER BY place',
      this.#name,
    )
    this.#pieces = rows.map((row) => ({
      rowId: row.piece_id,
      place: row.place,
      entries: unpack(row.entries),
    }))
    this.#saved = this.#pieces.flatMap(({ entries }) => entries)
    return this.#saved
  }

  /** Within a transaction; when that is undone, `forget` must be called. */
  save(next: readonly Entry[]): void {
    if (next === this.#saved) return
    const before = this.#pieces
    const parts = before === undefined ? [{ from: 0, to: next.length }] : partsOf(before, next)
    const placed = placesOf(parts)
    if (placed === undefined) {
      this.forget() // no room left between two neighbours
      return this.save(next)
    }
    if (before === undefined) this.#database.run('DELETE FROM player_piece WHERE list = ?', this.#name)
    const kept = new Set(parts.map((part) => ('kept' in part ? part.kept : undefined)))
    for (const piece of before ?? [])
      if (!kept.has(piece)) this.#database.run('DELETE FROM player_piece WHERE piece_id = ?', piece.rowId)
    this.#pieces = placed.map(({ part, place }) =>
      'kept' in part ? part.kept : this.#write(place, next.slice(part.from, part.to)),
    )
    this.#saved = next
  }

  forget(): void {
    this.#pieces = undefined
    this.#saved = undefined
  }

  #write(place: number, entries: readonly Entry[]): Piece<Entry> {
    const { lastInsertRowid: rowId } = this.#database.run(
      'INSERT INTO player_piece (list, place, entries) VALUES (?, ?, ?)',
      this.#name,
      place,
      this.#pack(entries),
    )
    return { rowId, place, entries }
  }
}

/** The next list from pieces that still stand in it, and what lies between them. */
function partsOf<Entry>(pieces: readonly Piece<Entry>[], next: readonly Entry[]): Part<Entry>[] {
  const parts: Part<Entry>[] = []
  let at = 0
  for (const piece of pieces) {
    const start = findPiece(piece.entries, next, at)
    if (start === undefined) continue
    const gap = start - at
    // A few entries join the piece behind them: many small edits must not make many small pieces.
    if (gap > 0 && gap + piece.entries.length <= longestPiece) continue
    if (gap > 0) addFresh(parts, at, start)
    parts.push({ kept: piece })
    at = start + piece.entries.length
  }
  if (at < next.length) addFresh(parts, at, next.length)
  return parts
}

/** Or they join the one before them. */
function addFresh<Entry>(parts: Part<Entry>[], from: number, to: number): void {
  const last = parts.at(-1)
  if (last === undefined || !('kept' in last) || last.kept.entries.length + to - from > longestPiece)
    parts.push({ from, to })
  else parts[parts.length - 1] = { from: from - last.kept.entries.length, to }
}

function findPiece<Entry>(piece: readonly Entry[], next: readonly Entry[], from: number): number | undefined {
  const last = Math.min(from + reach, next.length - piece.length)
  for (let start = from; start <= last; start += 1) if (standsAt(piece, next, start)) return start
  return undefined
}

function standsAt<Entry>(piece: readonly Entry[], next: readonly Entry[], start: number): boolean {
  for (let index = 0; index < piece.length; index += 1) if (next[start + index] !== piece[index]) return false
  return true
}

/** With places between those of the neighbours; undefined when numbers have no room there. */
function placesOf<Entry>(parts: readonly Part<Entry>[]) {
  const split = parts.flatMap((part): Part<Entry>[] =>
    'kept' in part ? [part] : portions(part.from, part.to),
  )
  const room = roomOf(split)
  const placed: { part: Part<Entry>; place: number }[] = []
  let before = 0
  for (const [index, part] of split.entries()) {
    const { after, count } = room[index] ?? { after: undefined, count: 0 }
    const step = after === undefined ? 1 : (after - before) / (count + 1)
    const place = 'kept' in part ? part.kept.place : before + step
    if (place <= before || (after !== undefined && place >= after)) return undefined
    placed.push({ part, place })
    before = place
  }
  return placed
}

/** For each part: the place of the next one that is kept, and how many come before that, this one included. */
function roomOf<Entry>(parts: readonly Part<Entry>[]) {
  const room: { after: number | undefined; count: number }[] = []
  let after: number | undefined
  let count = 0
  for (const part of parts.toReversed()) {
    count += 1
    room.push({ after, count })
    if (!('kept' in part)) continue
    after = part.kept.place
    count = 0
  }
  return room.reverse()
}

function portions(from: number, to: number): { from: number; to: number }[] {
  const count = Math.ceil((to - from) / longestPiece)
  return Array.from({ length: count }, (_, index) => ({
    from: from + index * longestPiece,
    to: Math.min(to, from + (index + 1) * longestPiece),
  }))
}
