// Files that are not where they were, by their sound: which of them a file that was just met may be.

import { basename } from 'node:path'
import type { Database } from '../database.ts'

export interface FileRow {
  readonly id: number
  readonly songId: number | null
  readonly fingerprint: string | null
}

interface LostRow extends FileRow {
  readonly path: string | null
}

/** From so many files of one sound on they are looked through once, not for each of them that is met. */
const manyCopies = 16

/**
 * For the time of one scan.
 * `vanished`: ids of files that the walk did not meet. `hasGone`: of a path that it did not come to, or left behind.
 */
export class LostFiles {
  readonly #database: Database
  readonly #vanished: ReadonlySet<number>
  readonly #hasGone: (path: string) => boolean
  /** Of sounds with many copies. */
  readonly #known = new Map<string, Lost>()

  constructor(database: Database, vanished: ReadonlySet<number>, hasGone: (path: string) => boolean) {
    this.#database = database
    this.#vanished = vanished
    this.#hasGone = hasGone
  }

  /** The one of this sound that a file at `path` is: of the same name, if there is one. */
  find(fingerprint: string | null, path: string): FileRow | undefined {
    if (fingerprint === null) return undefined
    return (this.#known.get(fingerprint) ?? this.#look(fingerprint)).best(basename(path))
  }

  /** A file that was there has lost its place to another. */
  add({ id, songId, fingerprint }: FileRow): void {
    if (fingerprint !== null && songId !== null)
      this.#known.get(fingerprint)?.add({ id, songId, fingerprint, path: null })
  }

  /** It has a place again. */
  remove({ id, fingerprint }: FileRow): void {
    if (fingerprint !== null) this.#known.get(fingerprint)?.remove(id)
  }

  #look(fingerprint: string): Lost {
    const rows = this.#database.all<LostRow & { missing: number | null }>(
      `SELECT id, path, song_id AS songId, fingerprint, missing_since AS missing FROM files
       WHERE fingerprint = ? AND song_id IS NOT NULL`,
      fingerprint,
    )
    const lost = new Lost(
      rows.filter(
        ({ id, path, missing }) =>
          missing !== null || this.#vanished.has(id) || (path !== null && this.#hasGone(path)),
      ),
    )
    if (rows.length >= manyCopies) this.#known.set(fingerprint, lost)
    return lost
  }
}

/** Lost files of one sound, in the order in which they were known. */
class Lost {
  readonly #rows = new Map<number, LostRow>()
  /** Ids; some may be in `#rows` no more. */
  readonly #idsByName = new Map<string, number[]>()

  constructor(rows: readonly LostRow[]) {
    for (const row of rows) this.add(row)
  }

  add(row: LostRow): void {
    this.#rows.set(row.id, row)
    if (row.path === null) return
    const name = basename(row.path)
    const ids = this.#idsByName.get(name) ?? []
    ids.push(row.id)
    this.#idsByName.set(name, ids)
  }

  remove(id: number): void {
    this.#rows.delete(id)
  }

  best(name: string): LostRow | undefined {
    const ids = this.#idsByName.get(name) ?? []
    while (ids.length > 0 && !this.#rows.has(ids[0] ?? 0)) ids.shift()
    return this.#rows.get(ids[0] ?? 0) ?? this.#rows.values().next().value
  }
}
