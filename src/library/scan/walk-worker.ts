// The thread that goes through the folders and compares them with what is known.

import { parentPort, workerData } from 'node:worker_threads'
import { openSqlite } from '../database.ts'
import type { ScanFailure } from '../types.ts'
import { knownFiles } from './known-files.ts'
import {
  type KnownFile,
  readerVersion,
  type WalkedFile,
  type WalkOrder,
  type WalkReport,
} from './messages.ts'
import { isBelow, type ScanScope } from './scope.ts'
import { walk } from './walk.ts'

/** Files that are posted together. */
const reportSize = 1000

function main({ folders, known, isFull, scope }: WalkOrder, post: (report: WalkReport) => void): void {
  const rows = typeof known === 'string' ? readKnown(known, scope) : known
  const knownByPath = new Map(rows.map((row) => [row.path, row]))
  let filesFound = 0
  let toRead: WalkedFile[] = []
  function report(): void {
    post({ kind: 'found', filesFound, toRead })
    toRead = []
  }

  for (const path of scope?.busy ?? []) knownByPath.delete(path)
  const { pictures, failures, unreachable, empty, playlists, visited } = walk(folders, scope, (file) => {
    filesFound += 1
    const before = knownByPath.get(file.path)
    knownByPath.delete(file.path)
    if (isFull || before === undefined || !isSame(before, file)) toRead.push(file)
    if (toRead.length >= reportSize || filesFound % reportSize === 0) report()
  })
  report()

  const notFound = [...knownByPath.values()]
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

function readKnown(file: string, scope: ScanScope | undefined): KnownFile[] {
  const database = openSqlite(file, { isReadOnly: true })
  try {
    return knownFiles(database, scope)
  } finally {
    database.close()
  }
}

const port = parentPort
if (port) main(workerData as WalkOrder, (report) => port.postMessage(report))
