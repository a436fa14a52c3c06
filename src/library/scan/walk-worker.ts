// The thread that goes through the folders and compares them with what is known.

import { parentPort, workerData } from 'node:worker_threads'
import { setThreadPriority } from '../../thread-priority.ts'
import { openSqlite } from '../database.ts'
import type { ScanFailure } from '../scan-progress.ts'
import { type KnownFiles, knownInDatabase, knownInList } from './known-files.ts'
import {
  type KnownFile,
  readerVersion,
  type WalkedFile,
  type WalkOrder,
  type WalkReport,
} from './messages.ts'
import { isBelow } from './scope.ts'
import { walk } from './walk.ts'

/** Files that are posted together. */
const reportSize = 1000

function main({ folders, known, isFull, scope }: WalkOrder, post: (report: WalkReport) => void): void {
  if (typeof known !== 'string') return compare({ folders, isFull, scope }, knownInList(known), post)
  const database = openSqlite(known, { isReadOnly: true })
  try {
    compare({ folders, isFull, scope }, knownInDatabase(database, scope), post)
  } finally {
    database.close()
  }
}

function compare(
  { folders, isFull, scope }: Omit<WalkOrder, 'known'>,
  known: KnownFiles,
  post: (report: WalkReport) => void,
): void {
  let filesFound = 0
  let toRead: WalkedFile[] = []
  function report(): void {
    post({ kind: 'found', filesFound, toRead })
    toRead = []
  }

  const { pictures, failures, unreachable, empty, playlists, visited } = walk(folders, scope, (file) => {
    filesFound += 1
    const before = known.meet(file.path)
    if (isFull || before === undefined || !isSame(before, file)) toRead.push(file)
    if (toRead.length >= reportSize || filesFound % reportSize === 0) report()
  })
  report()

  const busy = new Set(scope?.busy)
  const notFound = known.notMet().filter(({ path }) => !busy.has(path))
  for (const folder of empty) {
    const songs = notFound.filter(({ path }) => isBelow(path, folder)).length
    if (songs === 0 || isFull) continue
    unreachable.push(folder)
    failures.push(emptyFolder(folder, songs))
  }
  const isKept = ({ path }: KnownFile) => unreachable.some((folder) => isBelow(path, folder))
  post({
    kind: 'done',
    filesFound,
    vanished: notFound.filter((row) => !isKept(row)).map(({ id }) => id),
    failures,
    pictures,
    unreachable: unreachable.filter((folder) => notFound.some(({ path }) => isBelow(path, folder))),
    playlists,
    notReached: unreachable,
    visited,
  })
}

function isSame(before: KnownFile, file: WalkedFile): boolean {
  return (
    before.sizeBytes === file.sizeBytes &&
    before.mtimeMs === file.mtimeMs &&
    before.inode === file.inode &&
    before.readerVersion === readerVersion
  )
}

function emptyFolder(folder: string, songs: number): ScanFailure {
  return {
    path: folder,
    reason: `This folder is empty, as when its drive is not connected. Its ${songs} songs are kept; if they are gone for good, scan with --rescan.`,
  }
}

setThreadPriority('background')
const port = parentPort
if (port) main(workerData as WalkOrder, (report) => port.postMessage(report))
