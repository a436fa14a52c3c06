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

/** All listed songs, or those that have changed since a revision (`song_changes`, see revision.ts). */
export function loadSongs(database: Database, strings: StringCollector, since?: number): Loaded {
  const which =
    since === undefined ? '' : ' AND songs.id IN (SELECT song_id FROM song_changes WHERE revision > ?)'
  const values = since === undefined ? [] : [since]
  const count = database.get<{ n: number }>(`SELECT count(*) AS n ${listed}${which}`, ...values)?.n ?? 0
  const loaded = emptyLoaded(count)
  const pictures = new Set(
    database.all<{ folder: string }>('SELECT folder FROM folder_pictures').map(({ folder }) => folder),
  )
  const load = rowLoader(loaded, strings, pictures)
  let row = 0
  for (const songRow of database.rows(`${songQuery}${which}`, ...values)) load(row++, songRow)
  return loaded
}

function emptyLoaded(count: number): Loaded {
  return {
    count,
    albumIds: new Uint32Array(count),
    texts: record(textColumns, () => new Uint32Array(count)),
    numbers: record(numberNames, (name) => new numberColumns[name].array(count)),
    gains: record(gainColumns, () => new Float32Array(count)),
  }
}

const sortColumnOf = [
  ['title', 'titleSort'],
  ['artist', 'artistSort'],
  ['albumArtist', 'albumArtistSort'],
  ['album', 'albumSort'],
  ['composer', 'composerSort'],
] as const

function rowLoader(
  { albumIds, texts, numbers, gains }: Loaded,
  strings: StringCollector,
  pictures: ReadonlySet<string>,
): (row: number, values: readonly SqlValue[]) => void {
  const textTargets = storedTexts.map((name) => ({ column: texts[name], text: '', number: 0 }))
  const numberTargets = numberNames.map((name) => ({
    column: numbers[name],
    most: numberColumns[name].most,
  }))
  const gainTargets = gainColumns.map((name) => gains[name])
  const sortTargets = sortColumnOf.map(([name, sortName]) => [texts[name], texts[sortName]] as const)
  /** Neighbours are of one album: most of a row's texts are those of the row before. */
  function numberOf(target: (typeof textTargets)[number], text: string): number {
    if (target.text !== text) {
      target.text = text
      target.number = strings.add(text)
    }
    return target.number
  }

  return (row, values) => {
    const path = String(values[0])
    const folder = dirname(path)
    albumIds[row] = Number(values[1])
    let at = 2
    for (const target of textTargets) target.column[row] = numberOf(target, String(values[at++]))
    texts.folder[row] = strings.add(folder)
    texts.fileName[row] = strings.add(basename(path))
    if (texts.albumArtistSort[row] === 0 && texts.albumArtist[row] === texts.artist[row])
      texts.albumArtistSort[row] = texts.artistSort[row] ?? 0
    for (const [names, sortNames] of sortTargets) {
      if (sortNames[row] === 0) sortNames[row] = strings.addSortName(names[row] ?? 0)
      strings.useForSorting(sortNames[row] ?? 0)
    }
    strings.useForSorting(texts.genre[row] ?? 0)
    for (const { column, most } of numberTargets) column[row] = Math.min(Number(values[at++]), most)
    if (pictures.has(folder)) numbers.hasArtwork[row] = 1
    for (const column of gainTargets) {
      const value = values[at++]
      column[row] = value === null ? Number.NaN : Number(value)
    }
  }
}

export function record<Name extends string, Value>(
  names: readonly Name[],
  make: (name: Name) => Value,
): Record<Name, Value> {
  return Object.fromEntries(names.map((name) => [name, make(name)])) as Record<Name, Value>
}
