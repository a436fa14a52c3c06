// All playlists of the library in memory, and every change of them: written durably, then shown, then answered.

import type { Clock } from '../../clock.ts'
import { KnownError } from '../../errors.ts'
import type { Log } from '../../log.ts'
import type { Columns } from '../columns/columns.ts'
import type { ColumnView, PlaylistContent } from '../columns/view.ts'
import type { Database } from '../database.ts'
import type { Playlist } from '../items.ts'
import { raiseRevision } from '../revision.ts'
import type { ScanFailure } from '../scan-progress.ts'
import type { PlaylistBook } from '../types.ts'
import { addBuiltInPlaylists, fixedPlaylist, insertPlaylist } from './built-in.ts'
import {
  type Entries,
  noEntries,
  readEntries,
  storedEntries,
  withMove,
  withoutEntries,
  withSongs,
} from './entries.ts'
import { m3u8Of } from './export.ts'
import { type PlaylistUpdate, readFailures, updatePlaylistFiles } from './files/update.ts'
import { nameIn } from './playlist-name.ts'
import {
  countRows,
  deleteRow,
  type PlaylistRow,
  readAllRows,
  readRow,
  writeEntries,
  writeName,
} from './playlist-rows.ts'
import { readDefinition, type SmartDefinition, withName } from './smart-definition.ts'
import { readSmartFiles } from './smart-files.ts'
import { smartMatches, smartRows } from './smart-rows.ts'

/** By remotes; files have a bound of their own. */
const mostPlaylists = 10_000

export interface BookOptions {
  readonly database: Database
  /** The file it is in; '' when it is in memory. */
  readonly databaseFile: string
  /** Smart playlists are written down there. */
  readonly folder: string
  readonly clock: Clock
  readonly log: Log
  /** Names are sorted in its order. */
  readonly language: string
  /** What the library holds now; undefined before there is a view. */
  now(): ColumnView | undefined
  /** Shows the new contents; they are in the database, with a new revision. */
  onChange(): void
  /** Resolves when `now` has all songs that were written. */
  settled(): Promise<void>
}

/** What a scan tells of the playlists that it met. */
export type ScannedPlaylists = Omit<PlaylistUpdate, 'database' | 'databaseFile' | 'nowSeconds'>

export interface OpenBook extends PlaylistBook {
  /** For the next view: base first, then the special ones, then those that came with the library, then by name. */
  contents(): readonly PlaylistContent[]
  /** Brings those that are files up to date. What goes wrong is logged: it is no reason for a scan to fail. */
  afterScan(scanned: ScannedPlaylists): Promise<void>
  /** Files that could not be understood. */
  failures(): readonly ScanFailure[]
}

interface Held {
  readonly row: PlaylistRow
  readonly content: PlaylistContent
  readonly smart: SmartDefinition | undefined
}

export function openBook(options: BookOptions): OpenBook {
  const { database, clock, now } = options
  addBuiltInPlaylists(database, (definition) => readDefinition(definition).name)
  const collator = new Intl.Collator(options.language, { numeric: true })
  const byId = new Map<number, Held>()
  let contents: readonly PlaylistContent[] = []
  let smartFailures: readonly ScanFailure[] = []

  function hold(row: PlaylistRow): void {
    const before = byId.get(row.id)
    const isSameRule = before?.smart !== undefined && before.row.definition === row.definition
    const smart = isSameRule
      ? before.smart
      : row.definition === null
        ? undefined
        : definitionIn(row.definition)
    byId.set(row.id, { row, smart, content: contentOf(row, smart, clock) })
  }

  function sort(): void {
    contents = [...byId.values()]
      .toSorted(({ row: one }, { row: other }) => {
        const rank = rankOf(one) - rankOf(other)
        if (rank !== 0) return rank
        return rankOf(one) < nameRank
          ? one.id - other.id
          : collator.compare(one.name, other.name) || one.id - other.id
      })
      .map(({ content }) => content)
  }

  function reload(): void {
    byId.clear()
    for (const row of readAllRows(database)) hold(row)
    sort()
  }

  function takeSmartFiles(): boolean {
    const { isChanged, failures } = readSmartFiles({ database, folder: options.folder, frozenEntries })
    for (const { path, reason } of failures) options.log.warn(reason, { path })
    smartFailures = failures
    return isChanged
  }
  takeSmartFiles()
  reload()

  /** Writes durably, then shows. */
  function change<Result>(id: number | undefined, write: () => Result): Result {
    const result = database.durably(() => {
      const written = write()
      raiseRevision(database)
      return written
    })
    const changed = id ?? Number(result)
    const row = readRow(database, changed)
    if (row) hold(row)
    else byId.delete(changed)
    sort()
    options.onChange()
    return result
  }

  /** NOT_FOUND, or PLAYLIST_NOT_EDITABLE with the reason. */
  function editable(id: number, what: 'songs' | 'name'): Held {
    const held = byId.get(id)
    if (!held) throw new KnownError('NOT_FOUND', { playlist: id })
    const { editing } = held.content.playlist
    if (editing !== 'songs' && editing !== what)
      throw new KnownError('PLAYLIST_NOT_EDITABLE', { reason: whyNot(held.row) })
    return held
  }

  function edit(id: number, work: (entries: Entries) => Entries): Entries {
    const { row, content } = editable(id, 'songs')
    const before: Entries = { list: content.entries ?? [], nextEntryId: row.nextEntryId }
    const after = work(before)
    change(id, () => writeEntries(database, id, { ...after, entries: storedEntries(after.list) }))
    return after
  }

  function frozenEntries(smart: SmartDefinition, seed: number): Entries {
    const columns = now()?.columns
    if (!columns) return noEntries
    const rows = smartRows(columns, smart, { nowSeconds: secondsOf(clock), seed })
    return withSongs(
      noEntries,
      Array.from(rows, (row) => columns.numbers.id[row] ?? 0),
    )
  }

  function writeFrozen(id: number, smart: SmartDefinition): void {
    const { list, nextEntryId } = smart.isLive ? noEntries : frozenEntries(smart, id)
    writeEntries(database, id, { entries: smart.isLive ? null : storedEntries(list), nextEntryId })
  }

  function insert(name: string, kind: 'edited' | 'smart'): number {
    if (countRows(database) >= mostPlaylists) throw new KnownError('PLAYLIST_FULL', { most: mostPlaylists })
    return insertPlaylist(database, name, kind)
  }

  return {
    contents: () => contents,
    async afterScan(scanned) {
      try {
        const { databaseFile } = options
        const nowSeconds = secondsOf(clock)
        const areFilesOthers = await updatePlaylistFiles({ ...scanned, database, databaseFile, nowSeconds })
        await options.settled()
        if (!takeSmartFiles() && !areFilesOthers) return
        reload()
        options.onChange()
      } catch (error) {
        if (!scanned.signal.aborted)
          options.log.error('The playlists among the music were not read.', { error })
      }
    },
    failures: () => [...readFailures(database), ...smartFailures],
    make(name) {
      const wanted = requiredName(name)
      return change(undefined, () => {
        const id = insert(wanted, 'edited')
        writeEntries(database, id, { ...noEntries, entries: storedEntries([]) })
        return id
      })
    },
    makeSmart(definition) {
      const smart = readDefinition(definition)
      return change(undefined, () => {
        const id = insert(smart.name, 'smart')
        database.run('INSERT INTO smart_playlists (playlist_id, definition) VALUES (?, ?)', id, definition)
        writeFrozen(id, smart)
        return id
      })
    },
    definition(id) {
      const held = byId.get(id)
      if (!held) throw new KnownError('NOT_FOUND', { playlist: id })
      return held.row.definition ?? undefined
    },
    preview(definition, most) {
      const smart = readDefinition(definition)
      const columns = now()?.columns
      if (!columns) return { songIds: [], songCount: 0, matchCount: 0, durationMs: 0 }
      const { rows, matchCount } = smartMatches(columns, smart, { nowSeconds: secondsOf(clock), seed: 0 })
      const { id, durationMs } = columns.numbers
      return {
        songIds: Array.from(rows.subarray(0, most), (row) => id[row] ?? 0),
        songCount: rows.length,
        matchCount,
        durationMs: rows.reduce((sum, row) => sum + (durationMs[row] ?? 0), 0),
      }
    },
    redefine(id, definition) {
      const smart = readDefinition(definition)
      const { row } = editable(id, 'name')
      if (row.kind !== 'smart') throw new KnownError('PLAYLIST_NOT_EDITABLE', { reason: 'it has no rules' })
      change(id, () => {
        database.run('UPDATE smart_playlists SET definition = ? WHERE playlist_id = ?', definition, id)
        writeName(database, id, smart.name)
        writeFrozen(id, smart)
      })
    },
    rename(id, name) {
      const wanted = requiredName(name)
      const { row } = editable(id, 'name')
      const definition = row.definition === null ? undefined : withName(row.definition, wanted)
      change(id, () => {
        writeName(database, id, wanted)
        if (definition !== undefined)
          database.run('UPDATE smart_playlists SET definition = ? WHERE playlist_id = ?', definition, id)
      })
    },
    remove(id) {
      editable(id, 'name')
      change(id, () => deleteRow(database, id))
    },
    add(id, songIds) {
      const view = now()
      if (songIds.length === 0 || songIds.some((songId) => view?.song(songId) === undefined))
        throw new KnownError('NOT_FOUND', { reason: 'no such song' })
      const { list } = edit(id, (entries) => withSongs(entries, songIds))
      return list.slice(-songIds.length).map(({ entryId }) => entryId)
    },
    removeEntries(id, entryIds) {
      edit(id, (entries) => withoutEntries(entries, entryIds))
    },
    move(id, moves) {
      edit(id, (entries) => moves.reduce(withMove, entries))
    },
    exportM3u8(id) {
      const view = now()
      const playlist = byId.get(id)?.content.playlist
      if (!view || !playlist) throw new KnownError('NOT_FOUND', { playlist: id })
      return m3u8Of(playlist.name, view.songs({ playlistId: id }))
    },
  }
}

function contentOf(row: PlaylistRow, smart: SmartDefinition | undefined, clock: Clock): PlaylistContent {
  const { id, name, kind, specialNumber, parentId, gathers } = row
  const common = { id, persistentId: BigInt(row.persistentId), name, kind, specialNumber, parentId }
  const playlist: PlaylistContent['playlist'] = {
    ...common,
    editing: editingOf(row),
    gathers: gathers ?? undefined,
  }
  const fixed = fixedPlaylist(id)
  if (fixed) {
    const { mediaKinds, isHiddenWhenEmpty } = fixed
    return { playlist, entries: undefined, isHiddenWhenEmpty, ...(mediaKinds ? { mediaKinds } : {}) }
  }
  // A file that names no song of the library is told among the failures of the scan.
  const isHiddenWhenEmpty = gathers !== null || kind === 'file'
  if (smart?.isLive) {
    const rowsIn = (columns: Columns) => smartRows(columns, smart, { nowSeconds: secondsOf(clock), seed: id })
    return { playlist, entries: undefined, rowsIn, isHiddenWhenEmpty }
  }
  return { playlist, entries: row.entries ? readEntries(row.entries) : [], isHiddenWhenEmpty }
}

function editingOf({ kind, definedIn }: PlaylistRow): Playlist['editing'] {
  if (kind === 'edited') return 'songs'
  return kind === 'smart' && definedIn === null ? 'name' : 'none'
}

function whyNot({ kind, definedIn }: PlaylistRow): string {
  if (kind === 'file') return 'it is a file among the music'
  if (definedIn !== null) return 'it is defined in a file of the data directory'
  if (kind === 'smart') return 'its rules say what is in it'
  return 'it is built in'
}

const nameRank = 4

/** Base, special, given with the library, then all others by name. */
function rankOf({ kind, gathers }: PlaylistRow): number {
  if (kind === 'base') return 1
  if (kind === 'special') return 2
  return gathers === null ? nameRank : 3
}

/** One that a later version wrote, or a hand in the database, finds nothing rather than stopping the start. */
function definitionIn(text: string): SmartDefinition | undefined {
  try {
    return readDefinition(text)
  } catch (error) {
    if (error instanceof KnownError) return undefined
    throw error
  }
}

function requiredName(text: string): string {
  const name = nameIn(text)
  if (name === undefined) throw new KnownError('BAD_REQUEST', { reason: 'a name has 1 to 255 characters' })
  return name
}

function secondsOf(clock: Clock): number {
  return Math.floor(clock.wallMs() / 1000)
}
