// From the database to columns: the slow part of a new view, done in a thread of its own for a large library.

import type { Database } from '../database.ts'
import { changesSince, readRevision } from '../revision.ts'
import { type GroupRows, groupSongs, readGroups } from './build-groups.ts'
import { buildFolded, buildSearch } from './build-search.ts'
import type { Columns, Numbers } from './columns.ts'
import { emptyLoaded, type Loaded, loadSongs, record } from './load.ts'
import { firstRows, orderBy, orderByLarge } from './order.ts'
import { patched, readPatches } from './patch.ts'
import { nameOrder, sortNames } from './sort-names.ts'
import { StringCollector, shared } from './strings.ts'

export interface BuildOptions {
  /** 'en', 'de' …: the first collates, the articles of all are ignored. */
  readonly languages: readonly string[]
}

/** More changes than this, and building all anew is no slower. */
const mostChanges = (count: number) => Math.max(500, count / 20)
/** So many strings may have been left behind by updates before all is built anew. */
const mostStrings = (built: number) => 10_000 + built * 1.25

/** The columns of now; those `before` are brought up to date where that is less work. */
export function nextColumns(database: Database, before: Columns | undefined, options: BuildOptions): Columns {
  if (before === undefined) return buildColumns(database, options)
  const { count, areCountsOnly } = changesSince(database, before.revision)
  if (areCountsOnly) return recounted(database, before)
  const isFull = before.strings.ranks.length > mostStrings(before.builtStrings)
  if (isFull || count > mostChanges(before.count)) return buildColumns(database, options)
  return updateColumns(database, before, options)
}

function recounted(database: Database, before: Columns): Columns {
  const { patches, revision } = database.snapshot(() => ({
    patches: readPatches(database, before.revision),
    revision: readRevision(database),
  }))
  return { ...patched(before, patches), revision }
}

export function buildColumns(database: Database, { languages }: BuildOptions): Columns {
  const strings = new StringCollector(sortNames(languages))
  const moment = database.snapshot(() => ({
    songs: loadSongs(database, strings),
    groups: readGroups(database),
    revision: readRevision(database),
  }))
  return assemble(moment, strings, languages)
}

/** The columns of now, from those of an earlier revision and the songs that have changed since. */
export function updateColumns(database: Database, before: Columns, { languages }: BuildOptions): Columns {
  const strings = new StringCollector(sortNames(languages), before.strings)
  const moment = database.snapshot(() => ({
    changed: new Set(
      database
        .all<{ id: number }>('SELECT song_id AS id FROM song_changes WHERE revision > ?', before.revision)
        .map(({ id }) => id),
    ),
    songs: loadSongs(database, strings, before.revision),
    groups: readGroups(database),
    revision: readRevision(database),
  }))
  const songs = joined(kept(before, moment.changed), moment.songs)
  return assemble({ ...moment, songs }, strings, languages, before)
}

interface Moment {
  readonly songs: Loaded
  readonly groups: GroupRows
  readonly revision: number
}

function assemble(
  { songs, groups, revision }: Moment,
  strings: StringCollector,
  languages: readonly string[],
  before?: Columns,
): Columns {
  // An album may be spelled as in a song that is not listed now.
  for (const { name } of [...groups.albums, ...groups.artists]) strings.add(name)
  const table = strings.table(nameOrder(languages))
  const { rows, ...grouped } = groupSongs(songs, groups, strings, table)
  const plain = new Map<string, Numbers | Float32Array>()
  const inOrder = <Kind extends Numbers | Float32Array>(column: Kind) =>
    onceIfPlain(reordered(column, rows), plain)
  const texts = mapped(songs.texts, inOrder)
  const numbers = mapped(songs.numbers, inOrder)
  const rankOf = (column: Uint32Array) => Uint32Array.from(column, (text) => table.ranks[text] ?? 0)
  const all = firstRows(songs.count)
  return {
    revision,
    count: songs.count,
    builtStrings: before?.builtStrings ?? strings.count,
    strings: table,
    texts,
    numbers,
    gains: mapped(songs.gains, inOrder),
    ...grouped,
    byTitle: inShared(orderBy(orderBy(all, rankOf(texts.artistSort)), rankOf(texts.titleSort))),
    byArtist: inShared(orderBy(orderBy(all, rankOf(texts.albumSort)), rankOf(texts.artistSort))),
    rowOfId: rowsOfIds(numbers.id),
    byPersistentId: inShared(orderByLarge(all, numbers.persistentId)),
    folded: buildFolded(texts, strings, before?.folded),
    search: buildSearch(texts, strings, before?.search),
  }
}

/** The rows of `columns` but for the songs that have changed, as if they were loaded again. */
function kept(columns: Columns, changed: ReadonlySet<number>): Loaded {
  const isChanged = new Uint8Array(columns.count)
  for (const id of changed) {
    const row = (columns.rowOfId[id] ?? 0) - 1
    if (row >= 0) isChanged[row] = 1
  }
  const rows = firstRows(columns.count).filter((row) => isChanged[row] === 0)
  const picked = <Kind extends Numbers | Float32Array>(column: Kind) => reordered(column, rows)
  return {
    count: rows.length,
    albumIds: Uint32Array.from(rows, (row) => columns.albums.id[columns.albumOf[row] ?? 0] ?? 0),
    texts: mapped(columns.texts, picked),
    numbers: mapped(columns.numbers, picked),
    gains: mapped(columns.gains, picked),
  }
}

function joined(first: Loaded, second: Loaded): Loaded {
  const all = emptyLoaded(first.count + second.count)
  function put(target: Numbers | Float32Array, a: Numbers | Float32Array, b: Numbers | Float32Array): void {
    target.set(a)
    target.set(b, first.count)
  }
  put(all.albumIds, first.albumIds, second.albumIds)
  for (const kind of ['texts', 'numbers', 'gains'] as const) {
    const [target, a, b]: Readonly<Record<string, Numbers | Float32Array>>[] = [
      all[kind],
      first[kind],
      second[kind],
    ]
    for (const [name, column] of Object.entries(target ?? {})) {
      const [from, more] = [a?.[name], b?.[name]]
      if (from && more) put(column, from, more)
    }
  }
  return all
}

function reordered<Kind extends Numbers | Float32Array>(column: Kind, rows: Uint32Array): Kind {
  const target = shared(
    column.constructor as { new (memory: SharedArrayBuffer): Kind; BYTES_PER_ELEMENT: number },
    rows.length,
  )
  pick[column.constructor.name as keyof typeof pick](target as never, column as never, rows)
  return target
}

/** Columns of one value throughout are many, and all of one kind and value are the same array. */
function onceIfPlain<Kind extends Numbers | Float32Array>(
  column: Kind,
  plain: Map<string, Numbers | Float32Array>,
): Kind {
  const [first] = column
  for (let row = 1; row < column.length; row++) if (!Object.is(column[row], first)) return column
  const key = `${column.constructor.name} ${first}`
  const known = plain.get(key)
  if (known) return known as Kind
  plain.set(key, column)
  return column
}

/** The same loop for each kind of array: one that meets all of them is ten times as slow. */
const pick = {
  Uint8Array(target: Uint8Array, column: Uint8Array, rows: Uint32Array): void {
    for (let row = 0; row < rows.length; row++) target[row] = column[rows[row] ?? 0] ?? 0
  },
  Uint16Array(target: Uint16Array, column: Uint16Array, rows: Uint32Array): void {
    for (let row = 0; row < rows.length; row++) target[row] = column[rows[row] ?? 0] ?? 0
  },
  Uint32Array(target: Uint32Array, column: Uint32Array, rows: Uint32Array): void {
    for (let row = 0; row < rows.length; row++) target[row] = column[rows[row] ?? 0] ?? 0
  },
  Float32Array(target: Float32Array, column: Float32Array, rows: Uint32Array): void {
    for (let row = 0; row < rows.length; row++) target[row] = column[rows[row] ?? 0] ?? 0
  },
  Float64Array(target: Float64Array, column: Float64Array, rows: Uint32Array): void {
    for (let row = 0; row < rows.length; row++) target[row] = column[rows[row] ?? 0] ?? 0
  },
}

function inShared(column: Uint32Array): Uint32Array {
  const target = shared(Uint32Array, column.length)
  target.set(column)
  return target
}

function rowsOfIds(ids: Numbers): Uint32Array {
  let most = 0
  for (const id of ids) most = Math.max(most, id)
  const rows = shared(Uint32Array, most + 1)
  for (let row = 0; row < ids.length; row++) rows[ids[row] ?? 0] = row + 1
  return rows
}

function mapped<Name extends string, Value>(
  values: Readonly<Record<Name, Value>>,
  change: (value: Value) => Value,
): Record<Name, Value> {
  return record(Object.keys(values) as Name[], (name) => change(values[name]))
}
