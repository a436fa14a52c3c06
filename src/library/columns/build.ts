// From the database to columns: the slow part of a new view, done in a thread of its own for a large library.

import type { Database } from '../database.ts'
import { changesSince, readRevision } from '../revision.ts'
import { type GroupRows, groupSongs, readGroups, type UngroupedSongs } from './build-groups.ts'
import { buildFolded, buildSearch } from './build-search.ts'
import type { Columns, Numbers } from './columns.ts'
import { type Loaded, loadSongs, record } from './load.ts'
import { firstRows, orderBy, orderByLarge } from './order.ts'
import { patched, readPatches } from './patch.ts'
import { type Column, lookedUp, type Picked, pick, pickedRows, rowsWithout } from './rows.ts'
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
    groups: readGroups(database, strings),
    revision: readRevision(database),
  }))
  return assemble({ ...moment, songs: ofOne(moment.songs) }, strings, languages)
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
    groups: readGroups(database, strings, before),
    revision: readRevision(database),
  }))
  const songs = joined(before, moment.changed, moment.songs)
  return assemble({ ...moment, songs }, strings, languages, before)
}

/** The songs of the next columns, before they are put in order. */
interface Songs extends UngroupedSongs {
  /** All columns, in the order of these rows. */
  inOrder(rows: Uint32Array): Pick<Columns, 'texts' | 'numbers' | 'gains'>
  /** Of the songs that may have texts which no song had before. */
  readonly fresh: Columns['texts']
}

interface Moment {
  readonly songs: Songs
  readonly groups: GroupRows
  readonly revision: number
}

function assemble(
  { songs, groups, revision }: Moment,
  strings: StringCollector,
  languages: readonly string[],
  before?: Columns,
): Columns {
  const table = strings.table(nameOrder(languages))
  const { rows, ...grouped } = groupSongs(songs, groups, table)
  const ordered = songs.inOrder(rows)
  const plain = new Map<string, Column>()
  const once = <Kind extends Column>(column: Kind) => onceIfPlain(column, plain)
  const texts = mapped(ordered.texts, once)
  const numbers = mapped(ordered.numbers, once)
  const rankOf = (column: Uint32Array) => lookedUp(column, table.ranks)
  const all = firstRows(songs.count)
  return {
    revision,
    count: songs.count,
    builtStrings: before?.builtStrings ?? strings.count,
    strings: table,
    texts,
    numbers,
    gains: mapped(ordered.gains, once),
    ...grouped,
    byTitle: inShared(orderBy(orderBy(all, rankOf(texts.artistSort)), rankOf(texts.titleSort))),
    byArtist: inShared(orderBy(orderBy(all, rankOf(texts.albumSort)), rankOf(texts.artistSort))),
    rowOfId: rowsOfIds(numbers.id),
    byPersistentId: inShared(orderByLarge(all, numbers.persistentId)),
    folded: buildFolded(songs.fresh, strings, before?.folded),
    search: buildSearch(texts, songs.fresh, strings, before?.search),
  }
}

/** Songs of one table, none of which was there before. */
function ofOne({ count, albumIds, texts, numbers, gains }: Loaded): Songs {
  return {
    count,
    albumIds,
    text: (name) => texts[name],
    number: (name) => numbers[name],
    inOrder(rows) {
      const picked = pickedRows(rows)
      const inOrder = <Kind extends Column>(column: Kind) => pick(column, picked)
      return {
        texts: mapped(texts, inOrder),
        numbers: mapped(numbers, inOrder),
        gains: mapped(gains, inOrder),
      }
    },
    fresh: texts,
  }
}

/** Songs of two tables: `before`, but for those that have changed, and behind them `fresh`. */
function joined(before: Columns, changed: ReadonlySet<number>, fresh: Loaded): Songs {
  const isChanged = new Uint8Array(before.count)
  for (const id of changed) {
    const row = (before.rowOfId[id] ?? 0) - 1
    if (row >= 0) isChanged[row] = 1
  }
  const kept = rowsWithout(isChanged)
  const rows = new Uint32Array(kept.length + fresh.count)
  rows.set(kept)
  for (let row = 0; row < fresh.count; row++) rows[kept.length + row] = before.count + row

  const asLoaded = pickedRows(rows, before.count)
  const albumIds = lookedUp(before.albumOf, before.albums.id)
  return {
    count: rows.length,
    albumIds: pick(albumIds, asLoaded, fresh.albumIds),
    text: (name) => pick(before.texts[name], asLoaded, fresh.texts[name]),
    number: (name) => pick(before.numbers[name], asLoaded, fresh.numbers[name]),
    inOrder(order) {
      const picked = pickedRows(lookedUp(order, rows), before.count)
      return {
        texts: both(before.texts, fresh.texts, picked),
        numbers: both(before.numbers, fresh.numbers, picked),
        gains: both(before.gains, fresh.gains, picked),
      }
    },
    fresh: fresh.texts,
  }
}

function both<Name extends string, Kind extends Column>(
  first: Readonly<Record<Name, Kind>>,
  second: Readonly<Record<Name, Kind>>,
  picked: Picked,
): Record<Name, Kind> {
  return record(Object.keys(first) as Name[], (name) => pick(first[name], picked, second[name]))
}

/** Columns of one value throughout are many, and all of one kind and value are the same array. */
function onceIfPlain<Kind extends Column>(column: Kind, plain: Map<string, Column>): Kind {
  const [first] = column
  for (let row = 1; row < column.length; row++) if (!Object.is(column[row], first)) return column
  const key = `${column.constructor.name} ${first}`
  const known = plain.get(key)
  if (known) return known as Kind
  plain.set(key, column)
  return column
}

function inShared(column: Uint32Array): Uint32Array {
  const target = shared(Uint32Array, column.length)
  target.set(column)
  return target
}

function rowsOfIds(ids: Numbers): Uint32Array {
  let most = 0
  for (let row = 0; row < ids.length; row++) most = Math.max(most, ids[row] ?? 0)
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
