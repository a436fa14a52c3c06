// From the database to columns: the slow part of a new view, done in a thread of its own for a large library.

import { basename, dirname } from 'node:path'
import type { Database, SqlValue } from '../database.ts'
import { readRevision } from '../revision.ts'
import { buildFolded, buildSearch } from './build-search.ts'
import {
  type Columns,
  type GainColumn,
  gainColumns,
  type NumberColumn,
  type Numbers,
  numberColumns,
  type TextColumn,
  textColumns,
} from './columns.ts'
import { groupSongs, readGroups } from './groups-build.ts'
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
    loaded: load(database, strings),
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

/** Songs as they came from the database, in no order. */
export interface Loaded {
  readonly count: number
  readonly albumIds: Uint32Array
  readonly texts: Readonly<Record<TextColumn, Uint32Array>>
  readonly numbers: Readonly<Record<NumberColumn, Numbers>>
  readonly gains: Readonly<Record<GainColumn, Float32Array>>
}

const storedTexts = textColumns.filter((name) => name !== 'folder' && name !== 'fileName')
const numberNames = Object.keys(numberColumns) as NumberColumn[]
/** Columns that are not called as in the table of songs. */
const oddSources: Partial<Record<TextColumn | NumberColumn | GainColumn, string>> = {
  sizeBytes: 'files.size_bytes',
  modifiedAt: 'files.mtime_ms / 1000',
  hasArtwork: 'songs.has_picture',
}

function sqlName(name: TextColumn | NumberColumn | GainColumn): string {
  return oddSources[name] ?? `songs.${name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}`
}

const listed = `FROM files JOIN songs ON songs.id = files.song_id
  WHERE files.failure IS NULL AND files.missing_since IS NULL AND files.path IS NOT NULL`
const songQuery = `SELECT files.path, songs.album_id,
  ${[...storedTexts, ...numberNames, ...gainColumns].map(sqlName).join(', ')} ${listed}`

function load(database: Database, strings: StringCollector): Loaded {
  const count = database.get<{ n: number }>(`SELECT count(*) AS n ${listed}`)?.n ?? 0
  const loaded: Loaded = {
    count,
    albumIds: new Uint32Array(count),
    texts: record(textColumns, () => new Uint32Array(count)),
    numbers: record(numberNames, (name) => new numberColumns[name].array(count)),
    gains: record(gainColumns, () => new Float32Array(count)),
  }
  const pictures = new Set(
    database.all<{ folder: string }>('SELECT folder FROM folder_pictures').map(({ folder }) => folder),
  )
  let row = 0
  for (const values of database.rows(songQuery)) {
    loadRow(loaded, row, values, strings, pictures)
    row += 1
  }
  return loaded
}

const sortColumnOf = [
  ['title', 'titleSort'],
  ['artist', 'artistSort'],
  ['albumArtist', 'albumArtistSort'],
  ['album', 'albumSort'],
  ['composer', 'composerSort'],
] as const

function loadRow(
  { albumIds, texts, numbers, gains }: Loaded,
  row: number,
  values: readonly SqlValue[],
  strings: StringCollector,
  pictures: ReadonlySet<string>,
): void {
  const path = String(values[0])
  const folder = dirname(path)
  albumIds[row] = Number(values[1])
  let at = 2
  for (const name of storedTexts) texts[name][row] = strings.add(String(values[at++]))
  texts.folder[row] = strings.add(folder)
  texts.fileName[row] = strings.add(basename(path))
  if (texts.albumArtistSort[row] === 0 && texts.albumArtist[row] === texts.artist[row])
    texts.albumArtistSort[row] = texts.artistSort[row] ?? 0
  for (const [name, sortName] of sortColumnOf) {
    if (texts[sortName][row] === 0) texts[sortName][row] = strings.addSortName(texts[name][row] ?? 0)
    strings.useForSorting(texts[sortName][row] ?? 0)
  }
  strings.useForSorting(texts.genre[row] ?? 0)
  for (const name of numberNames)
    numbers[name][row] = Math.min(Number(values[at++]), numberColumns[name].most)
  if (pictures.has(folder)) numbers.hasArtwork[row] = 1
  for (const name of gainColumns) {
    const value = values[at++]
    gains[name][row] = value === null ? Number.NaN : Number(value)
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

export function inShared(column: Uint32Array): Uint32Array {
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

function record<Name extends string, Value>(
  names: readonly Name[],
  make: (name: Name) => Value,
): Record<Name, Value> {
  return Object.fromEntries(names.map((name) => [name, make(name)])) as Record<Name, Value>
}

function mapped<Name extends string, Value>(
  values: Readonly<Record<Name, Value>>,
  change: (value: Value) => Value,
): Record<Name, Value> {
  return record(Object.keys(values) as Name[], (name) => change(values[name]))
}
