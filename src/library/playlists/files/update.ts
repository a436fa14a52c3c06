// Brings the playlists that are files up to date with what a scan met: reads what is new or changed, writes it.

import { sep } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import type { Database } from '../../database.ts'
import { fromThread } from '../../from-thread.ts'
import { raiseRevision } from '../../revision.ts'
import type { ScanFailure } from '../../scan-progress.ts'
import { workerFile } from '../../worker-file.ts'
import { insertPlaylist } from '../built-in.ts'
import { readEntries, storedEntries } from '../entries.ts'
import { readRow, writeEntries, writeName } from '../playlist-rows.ts'
import { mergedEntries, type PlacedEntries, readPlaces, storedPlaces } from './merge.ts'
import { type FoundPlaylist, playlistReaderVersion, type ReadOrder, type ReadPlaylist } from './messages.ts'

/** A playlist whose file is gone keeps its ids this long, as a song does. */
const keptMissingSeconds = 30 * 86_400
/** Written at once; requests are answered between two lots. */
const lot = 50

export interface PlaylistUpdate {
  readonly database: Database
  /** The file it is in; '' when it is in memory. */
  readonly databaseFile: string
  /** What the walk met. */
  readonly found: readonly FoundPlaylist[]
  /** Folders and links that could not be reached: what is in them is kept. */
  readonly notReached: readonly string[]
  /** Whether the walk went to where this path is. */
  readonly isInScope: (path: string) => boolean
  /** Everything is read again. */
  readonly isFull: boolean
  /** Songs came, went or moved: what a playlist names may mean another song now. */
  readonly areSongsOthers: boolean
  readonly nowSeconds: number
  readonly signal: AbortSignal
}

interface FileRow {
  readonly id: number
  readonly path: string | null
  readonly sizeBytes: number
  readonly mtimeMs: number
  readonly inode: number
  readonly contentHash: string
  readonly unresolved: number
  readonly readerVersion: number
}

/** True when a playlist is another now; then the revision was raised. */
export async function updatePlaylistFiles(update: PlaylistUpdate): Promise<boolean> {
  const { database, found, nowSeconds } = update
  const rows = database.all<FileRow>(
    `SELECT playlist_id AS id, path, size_bytes AS sizeBytes, mtime_ms AS mtimeMs, inode, content_hash AS contentHash,
       unresolved, reader_version AS readerVersion FROM playlist_files`,
  )
  const rowOfPath = new Map(rows.map((row) => [row.path, row]))
  const foundPaths = new Set(found.map(({ path }) => path))
  const vanished = rows.filter(
    ({ path }) => path !== null && !foundPaths.has(path) && update.isInScope(path) && isReached(path, update),
  )
  const toRead = found.filter((file) => isToRead(file, rowOfPath.get(file.path), update))
  if (update.areSongsOthers)
    toRead.push(...rows.filter(isUnresolved).filter(({ path }) => !update.isInScope(path)))
  const reads = toRead.length === 0 ? [] : await readInThread(toRead, update)

  // A file that is new may be one that was elsewhere before.
  const homeless = [...vanished, ...rows.filter(({ path }) => path === null)]
  let isChanged = false
  for (let at = 0; at < reads.length; at += lot) {
    database.transaction(() => {
      let isLotChanged = false
      for (const read of reads.slice(at, at + lot)) {
        const row = rowOfPath.get(read.found.path) ?? takeMoved(homeless, read)
        isLotChanged = write(database, row, read) || isLotChanged
      }
      if (isLotChanged) raiseRevision(database)
      isChanged ||= isLotChanged
    })
    await nextTurn()
  }
  const gone = vanished.filter((row) => homeless.includes(row))
  return forget(database, gone, nowSeconds) || isChanged
}

function isToRead(file: FoundPlaylist, row: FileRow | undefined, update: PlaylistUpdate): boolean {
  if (row === undefined || update.isFull || row.contentHash === '') return true
  if (row.readerVersion !== playlistReaderVersion) return true
  if (row.unresolved > 0 && update.areSongsOthers) return true
  return row.sizeBytes !== file.sizeBytes || row.mtimeMs !== file.mtimeMs || row.inode !== file.inode
}

function isReached(path: string, { notReached }: PlaylistUpdate): boolean {
  return !notReached.some(
    (place) => path === place || path.startsWith(place.endsWith(sep) ? place : place + sep),
  )
}

/** Where a scan did not go, a playlist may still wait for a song that came. */
function isUnresolved(row: FileRow): row is FileRow & FoundPlaylist {
  return row.path !== null && row.unresolved > 0
}

function takeMoved(homeless: FileRow[], { contentHash }: ReadPlaylist): FileRow | undefined {
  const at = contentHash === '' ? -1 : homeless.findIndex((row) => row.contentHash === contentHash)
  return at < 0 ? undefined : homeless.splice(at, 1)[0]
}

/** True when remotes see another playlist than before. */
function write(database: Database, row: FileRow | undefined, read: ReadPlaylist): boolean {
  const id = row?.id ?? insertPlaylist(database, read.name, 'file')
  const before = placedEntries(database, id)
  const isRead = read.contentHash !== ''
  // One that cannot be read for the moment stays as it was.
  const after = isRead ? mergedEntries(before, read.songs, row?.contentHash === read.contentHash) : before
  const { path, sizeBytes, mtimeMs, inode } = read.found
  const wasMissing = row !== undefined && row.path === null
  database.run(
    `INSERT OR REPLACE INTO playlist_files (playlist_id, path, size_bytes, mtime_ms, inode, content_hash, places,
       unresolved, failure, reader_version) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ...[id, path, sizeBytes, mtimeMs, inode, read.contentHash, storedPlaces(after.places)],
    ...[read.unresolved, read.failure, playlistReaderVersion],
  )
  const entries = storedEntries(after.list)
  const old = readRow(database, id)
  const isSame = old?.name === read.name && old.entries !== null && Buffer.compare(old.entries, entries) === 0
  if (isSame) return wasMissing
  writeEntries(database, id, { entries, nextEntryId: after.nextEntryId })
  if (isRead || row === undefined) writeName(database, id, read.name)
  return true
}

function placedEntries(database: Database, id: number): PlacedEntries {
  const row = database.get<{ entries: Uint8Array | null; nextEntryId: number; places: Uint8Array | null }>(
    `SELECT entries, next_entry_id AS nextEntryId, places
     FROM playlists LEFT JOIN playlist_files ON playlist_id = id WHERE id = ?`,
    id,
  )
  return {
    list: row?.entries ? readEntries(row.entries) : [],
    places: row?.places ? readPlaces(row.places) : [],
    nextEntryId: row?.nextEntryId ?? 1,
  }
}

/** Their ids wait for them a while. */
function forget(database: Database, gone: readonly FileRow[], nowSeconds: number): boolean {
  return database.transaction(() => {
    for (const { id } of gone)
      database.run(
        'UPDATE playlist_files SET path = NULL, missing_since = ? WHERE playlist_id = ?',
        nowSeconds,
        id,
      )
    database.run(
      'DELETE FROM playlists WHERE id IN (SELECT playlist_id FROM playlist_files WHERE missing_since < ?)',
      nowSeconds - keptMissingSeconds,
    )
    if (gone.length > 0) raiseRevision(database)
    return gone.length > 0
  })
}

function readInThread(
  playlists: readonly FoundPlaylist[],
  { database, databaseFile, signal }: PlaylistUpdate,
): Promise<ReadPlaylist[]> {
  const songs = databaseFile === '' ? songPaths(database) : databaseFile
  const worker = new Worker(workerFile('playlist-worker', import.meta.url), {
    workerData: { playlists, songs } satisfies ReadOrder,
  })
  const reads: ReadPlaylist[] = []
  return new Promise<ReadPlaylist[]>((resolve, reject) => {
    const abort = () => reject(signal.reason)
    if (signal.aborted) abort()
    signal.addEventListener('abort', abort, { once: true })
    worker.on('error', (error) => reject(fromThread(error)))
    worker.on('exit', (code) => reject(new Error(`reading playlists ended early with ${code}`)))
    worker.on('message', (read: ReadPlaylist) => {
      reads.push(read)
      if (reads.length < playlists.length) return
      signal.removeEventListener('abort', abort)
      resolve(reads)
    })
  }).finally(() => worker.terminate())
}

function songPaths(database: Database): [string, number][] {
  return database
    .all<{ path: string; id: number }>(
      `SELECT path, song_id AS id FROM files
       WHERE path IS NOT NULL AND song_id IS NOT NULL AND failure IS NULL AND missing_since IS NULL`,
    )
    .map(({ path, id }) => [path, id])
}

export function readFailures(database: Database): ScanFailure[] {
  const rows = database.all<ScanFailure>(
    'SELECT path, failure AS reason FROM playlist_files WHERE failure IS NOT NULL AND path IS NOT NULL ORDER BY path',
  )
  return rows.map(({ path, reason }) => ({ path, reason }))
}
