// From the database to columns: the slow part of a new view, done in a thread of its own for a large library.

import type { Database } from '../database.ts'
import { readRevision } from '../revision.ts'
import { groupSongs, readGroups } from './build-groups.ts'
import { buildFolded, buildSearch } from './build-search.ts'
import type { Columns, Numbers } from './columns.ts'
import { loadSongs, record } from './load.ts'
import { firstRows, orderBy } from './order.ts'
import { nameOrder, sortNames } from './sort-names.ts'
import { StringCollector, shared } from './strings.ts'

export interface BuildOptions {
  /** 'en', 'de' …: the first collates, the articles of all are ignored. */
  readonly languages: readonly string[]
}

export function buildColumns(database: Database, { languages }: BuildOptions): Columns {
  const strings = new StringCollector(sortNames(languages))
  const { loaded, groups, revision } = database.snapshot(() => ({
    loaded: loadSongs(database, strings),
    groups: readGroups(database),
    revision: readRevision(database),
  }))
  // An album may be spelled as in a song that is not listed now.
  for (const { name } of [...groups.albums, ...groups.artists]) strings.add(name)
  const table = strings.table(nameOrder(languages))
  const { rows, ...grouped } = groupSongs(loaded, groups, strings, table)
  const inOrder = <Kind extends Numbers | Float32Array>(column: Kind) => reordered(column, rows)
  const texts = mapped(loaded.texts, inOrder)
  const numbers = mapped(loaded.numbers, inOrder)
  const rankOf = (column: Uint32Array) => Uint32Array.from(column, (text) => table.ranks[text] ?? 0)
  const all = firstRows(loaded.count)
  return {
    revision,
    count: loaded.count,
    strings: table,
    texts,
    numbers,
    gains: mapped(loaded.gains, inOrder),
    ...grouped,
    byTitle: inShared(orderBy(orderBy(all, rankOf(texts.artistSort)), rankOf(texts.titleSort))),
    byArtist: inShared(orderBy(orderBy(all, rankOf(texts.albumSort)), rankOf(texts.artistSort))),
    rowOfId: rowsOfIds(numbers.id),
    byPersistentId: inShared(
      all.slice().sort((a, b) => (numbers.persistentId[a] ?? 0) - (numbers.persistentId[b] ?? 0)),
    ),
    folded: buildFolded(texts, strings.texts),
    search: buildSearch(texts, strings.texts),
  }
}

function reordered<Kind extends Numbers | Float32Array>(column: Kind, rows: Uint32Array): Kind {
  const target = shared(
    column.constructor as { new (memory: SharedArrayBuffer): Kind; BYTES_PER_ELEMENT: number },
    rows.length,
  )
  for (let row = 0; row < rows.length; row++) target[row] = column[rows[row] ?? 0] ?? 0
  return target
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
