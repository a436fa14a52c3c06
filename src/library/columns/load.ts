// Songs as they lie in the database, read into columns in no order.

import { basename, dirname } from 'node:path'
import type { Database, SqlValue } from '../database.ts'
import {
  type GainColumn,
  gainColumns,
  type NumberColumn,
  type Numbers,
  numberColumns,
  type TextColumn,
  textColumns,
} from './columns.ts'
import type { StringCollector } from './strings.ts'

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

export function loadSongs(database: Database, strings: StringCollector): Loaded {
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

export function record<Name extends string, Value>(
  names: readonly Name[],
  make: (name: Name) => Value,
): Record<Name, Value> {
  return Object.fromEntries(names.map((name) => [name, make(name)])) as Record<Name, Value>
}
