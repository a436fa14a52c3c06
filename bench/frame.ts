// What every bench is: a made library, a folder for the run, a ceiling, and rows that are filled one after the other.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Ceiling, startCeiling } from './ceiling.ts'
import { libraryOf } from './library/generate.ts'
import type { NamedRow } from './row-table.ts'
import { type Row, Rows } from './rows.ts'

export interface BenchOrder<Group extends string> {
  readonly tracks: number
  readonly groups: readonly Group[]
  /** A data directory to use and keep; without it a new one each time. */
  readonly data: string | undefined
  say(what: string): void
}

export interface BenchResult {
  readonly tracks: number
  readonly rows: readonly Row[]
  readonly hasFailed: boolean
}

/** Where a run has what it needs. */
interface Places {
  /** The music folder. */
  readonly folder: string
  /** Goes away with the run. */
  readonly work: string
  readonly ceiling: Ceiling
}

/** Measures the rows of the table that are wanted. However it ends, nothing stays but the library and `data`. */
export async function benchOf<Group extends string>(
  order: BenchOrder<Group>,
  table: readonly NamedRow<Group>[],
  measure: (frame: Frame<Group>) => Promise<void>,
): Promise<BenchResult> {
  order.say(`the library of ${order.tracks} songs`)
  const { folder } = libraryOf({ tracks: order.tracks })
  const work = mkdtempSync(join(tmpdir(), 'tonearm-bench-run-'))
  const cleanUp = () => rmSync(work, { recursive: true, force: true })
  process.once('exit', cleanUp)
  let ceiling: Ceiling | undefined
  try {
    ceiling = await startCeiling(join(work, 'answers'))
    const frame = new Frame(order, table, { folder, work, ceiling })
    await measure(frame)
    const { rows } = frame
    return { tracks: order.tracks, rows: rows.all(), hasFailed: rows.hasFailed }
  } finally {
    await ceiling?.stop()
    process.off('exit', cleanUp)
    cleanUp()
  }
}

export class Frame<Group extends string> {
  readonly rows = new Rows()
  readonly tracks: number
  readonly folder: string
  readonly work: string
  readonly ceiling: Ceiling
  /** The data directory of the hosts. */
  readonly data: string
  readonly say: (what: string) => void
  readonly #table: readonly NamedRow<Group>[]
  readonly #groups: readonly Group[]

  constructor(order: BenchOrder<Group>, table: readonly NamedRow<Group>[], places: Places) {
    this.tracks = order.tracks
    this.folder = places.folder
    this.work = places.work
    this.ceiling = places.ceiling
    this.data = order.data ?? join(places.work, 'data')
    this.say = order.say
    this.#groups = order.groups
    this.#table = table.filter(({ group }) => this.isWanted(group))
    for (const { group: _, name, ...facts } of this.#table) this.rows.declare(name, facts)
  }

  isWanted(group: Group): boolean {
    return this.#groups.includes(group)
  }

  /** A first one of so many songs, on a slow machine. */
  get scanDeadlineMs(): number {
    return 120_000 + this.tracks * 5
  }

  /** One row that fails is told and leaves the others alone. */
  async attempt(row: string, measure: () => Promise<void> | void): Promise<void> {
    try {
      await measure()
    } catch (error) {
      this.rows.fail(row, error)
    }
  }

  /** All rows of a group that is wanted, in one go. */
  async attemptGroup(group: Group, measure: () => Promise<void> | void): Promise<void> {
    if (!this.isWanted(group)) return
    this.say(group)
    try {
      await measure()
    } catch (error) {
      for (const { name } of this.#table.filter((row) => row.group === group)) this.rows.fail(name, error)
    }
  }

  /** Where the kernel does not say it, the row stays empty. */
  addMemory(row: string, megabytes: number | undefined): void {
    if (megabytes === undefined) this.rows.note(row, 'only where there is /proc')
    else this.rows.add(row, 'again', megabytes)
  }
}
