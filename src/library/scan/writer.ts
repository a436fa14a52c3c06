// Puts what a scan found into the database: one batch, one transaction, so that a scan may be killed anywhere.

import { sep } from 'node:path'
import type { Database } from '../database.ts'
import { endingOf, formatOfEnding } from '../formats.ts'
import { raiseRevision } from '../revision.ts'
import type { ScanFailure } from '../scan-progress.ts'
import { songRows } from '../song-rows.ts'
import { type FileRow, LostFiles } from './lost-files.ts'
import { type FolderPicture, type ReadFile, readerVersion } from './messages.ts'
import { isBelow, rangeBelow, type ScanScope } from './scope.ts'

/** A song whose file is gone keeps its ids and its rating this long. */
const keptMissingSeconds = 30 * 86_400

export interface BatchResult {
  readonly added: number
  readonly changed: number
  readonly failed: number
}

/** Each call is one transaction: callers cut long lists, so that others have their turn. */
export interface ScanWriter {
  writeBatch(batch: readonly ReadFile[], nowSeconds: number): BatchResult
  /** What of the pictures met in the scope is another than is known. */
  changedPictures(pictures: readonly FolderPicture[], scope: ScanScope | undefined): PictureChange[]
  writePictures(changes: readonly PictureChange[]): void
  /** Files that are gone; how many songs went with them. */
  remove(fileIds: readonly number[], nowSeconds: number): number
  /** The end of a scan. True when something is listed otherwise than before this call. */
  finish(end: ScanEnd, nowSeconds: number): boolean
}

/** `name` undefined: the folder has no picture any more. */
export interface PictureChange {
  readonly folder: string
  readonly name: string | undefined
}

export interface ScanEnd {
  /** The part of the library that was scanned; all when undefined. */
  readonly scope?: ScanScope | undefined
  readonly failures: readonly ScanFailure[]
}

/**
 * `vanished`: ids of files that are not where they were; one of them is taken out when its sound turns up again.
 * `hasGone`: of a path outside of what was walked through, or left after it.
 */
export function scanWriter(
  database: Database,
  vanished: Set<number>,
  hasGone: (path: string) => boolean = () => false,
): ScanWriter {
  const songs = songRows(database)
  const lost = new LostFiles(database, vanished, hasGone)
  /** Whose listing is another now, since the revision was raised last. */
  const touched = new Set<number>()

  function forget(row: FileRow, nowSeconds: number): void {
    if (row.songId !== null) touched.add(row.songId)
    if (row.songId === null) database.run('DELETE FROM files WHERE id = ?', row.id)
    else database.run('UPDATE files SET path = NULL, missing_since = ? WHERE id = ?', nowSeconds, row.id)
    lost.add(row)
  }

  function write({ file, facts, fingerprint, failure }: ReadFile, nowSeconds: number): keyof BatchResult {
    const atPath = database.get<FileRow>(
      'SELECT id, song_id AS songId, fingerprint FROM files WHERE path = ?',
      file.path,
    )
    const isOtherSound = atPath === undefined || (facts !== undefined && atPath.fingerprint !== fingerprint)
    const moved = isOtherSound ? lost.find(fingerprint, file.path) : undefined
    if (moved !== undefined && atPath !== undefined) forget(atPath, nowSeconds)
    const row = moved ?? atPath
    const kept = row?.songId ?? null
    let songId = kept
    if (facts !== undefined && kept !== null) songs.update(kept, facts)
    else if (facts !== undefined) songId = songs.insert(facts, nowSeconds)
    if (songId !== null) touched.add(songId)
    const { path, sizeBytes, mtimeMs, inode } = file
    const sound = facts === undefined ? (row?.fingerprint ?? null) : fingerprint
    const values = [path, sizeBytes, mtimeMs, inode, sound, songId, failure, readerVersion]
    if (row === undefined)
      database.run(
        `INSERT INTO files (path, size_bytes, mtime_ms, inode, fingerprint, song_id, failure, reader_version)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
        ...values,
      )
    else {
      vanished.delete(row.id)
      lost.remove(row)
      database.run(
        `UPDATE files SET path = ?, size_bytes = ?, mtime_ms = ?, inode = ?, fingerprint = ?, song_id = ?,
           failure = ?, reader_version = ?, missing_since = NULL WHERE id = ?`,
        ...values,
        row.id,
      )
    }
    if (facts === undefined) return 'failed'
    return kept === null ? 'added' : 'changed'
  }

  function raise(): void {
    raiseRevision(database, touched)
    touched.clear()
  }

  return {
    writeBatch(batch, nowSeconds) {
      return database.transaction(() => {
        const result = { added: 0, changed: 0, failed: 0 }
        songs.begin()
        for (const read of batch) result[write(read, nowSeconds)] += 1
        if (batch.length > 0) raise()
        return result
      })
    },
    changedPictures(pictures, scope) {
      const before = new Map(knownPictures(database, scope).map(({ folder, name }) => [folder, name]))
      const changed: PictureChange[] = []
      for (const picture of pictures) {
        if (before.get(picture.folder) !== picture.name) changed.push(picture)
        before.delete(picture.folder)
      }
      return [...changed, ...Array.from(before.keys(), (folder) => ({ folder, name: undefined }))]
    },
    writePictures(changes) {
      database.transaction(() => {
        for (const { folder, name } of changes) {
          if (name === undefined) database.run('DELETE FROM folder_pictures WHERE folder = ?', folder)
          else database.run('INSERT OR REPLACE INTO folder_pictures VALUES (?, ?)', folder, name)
          for (const id of songsIn(database, folder)) touched.add(id)
        }
        if (touched.size > 0) raise()
      })
    },
    remove(fileIds, nowSeconds) {
      return database.transaction(() => {
        let removed = 0
        for (const id of fileIds) {
          const row = database.get<FileRow & { failure: string | null }>(
            'SELECT id, song_id AS songId, fingerprint, failure FROM files WHERE id = ?',
            id,
          )
          if (row === undefined) continue
          forget(row, nowSeconds)
          if (row.songId !== null && row.failure === null) removed += 1
        }
        if (touched.size > 0) raise()
        return removed
      })
    },
    finish(end, nowSeconds) {
      return database.transaction(() => {
        writeFolderFailures(database, end)
        for (const id of songs.keepIdsOfRenamed()) touched.add(id)
        dropLongMissing(database, nowSeconds)
        if (end.scope === undefined) songs.dropEmpty() // goes through all songs
        const isChanged = touched.size > 0
        if (isChanged) raise()
        return isChanged
      })
    },
  }
}

function knownPictures(database: Database, scope: ScanScope | undefined): FolderPicture[] {
  if (scope === undefined) return database.all('SELECT folder, name FROM folder_pictures')
  return [
    ...scope.whole.filter(mayBeFolder).flatMap((path) => {
      const { from, to } = rangeBelow(path)
      return database.all<FolderPicture>(
        'SELECT folder, name FROM folder_pictures WHERE folder = ? OR (folder >= ? AND folder < ?)',
        path,
        from,
        to,
      )
    }),
    ...scope.shallow.flatMap((path) =>
      database.all<FolderPicture>('SELECT folder, name FROM folder_pictures WHERE folder = ?', path),
    ),
  ]
}

/** Thousands of files may have come at once; below them lies nothing. */
function mayBeFolder(path: string): boolean {
  return formatOfEnding[endingOf(path)] === undefined
}

/** Songs whose file lies in the very folder. */
function songsIn(database: Database, folder: string): number[] {
  const { from, to } = rangeBelow(folder)
  return database
    .all<{ path: string; id: number }>(
      `SELECT path, song_id AS id FROM files
       WHERE path >= ? AND path < ? AND song_id IS NOT NULL AND missing_since IS NULL`,
      from,
      to,
    )
    .filter(({ path }) => !path.includes(sep, from.length))
    .map(({ id }) => id)
}

function writeFolderFailures(database: Database, { failures, scope }: ScanEnd): void {
  if (scope === undefined) database.run('DELETE FROM folder_failures')
  else {
    const isLookedAt = (path: string) =>
      scope.shallow.includes(path) || scope.whole.some((folder) => isBelow(path, folder))
    for (const { path } of database.all<ScanFailure>('SELECT path FROM folder_failures'))
      if (isLookedAt(path)) database.run('DELETE FROM folder_failures WHERE path = ?', path)
  }
  for (const { path, reason } of failures)
    database.run('INSERT OR REPLACE INTO folder_failures VALUES (?, ?)', path, reason)
}

function dropLongMissing(database: Database, nowSeconds: number): void {
  const before = nowSeconds - keptMissingSeconds
  database.run(
    'DELETE FROM songs WHERE id IN (SELECT song_id FROM files WHERE missing_since < ? AND song_id IS NOT NULL)',
    before,
  )
  database.run('DELETE FROM files WHERE missing_since < ?', before)
}
