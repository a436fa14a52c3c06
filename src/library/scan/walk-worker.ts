// The thread that goes through the folders and compares them with what is known.

import { parentPort, workerData } from 'node:worker_threads'
import { setThreadPriority } from '../../thread-priority.ts'
import { type Database, openSqlite } from '../database.ts'
import type { ScanFailure } from '../scan-progress.ts'
import { FileCheck } from './file-check.ts'
import { IdSet } from './id-set.ts'
import { countKnown, type KnownFiles, knownInDatabase, knownInList } from './known-files.ts'
import type { FilesOfFolder, KnownFile, WalkedFile, WalkOrder, WalkReport } from './messages.ts'
import { isBelow } from './scope.ts'
import { walk } from './walk.ts'
import { WalkHelper } from './walk-helper.ts'

/** Files that are posted together. */
const reportSize = 1000
/** Files that are compared in one go, here or in the helper's thread. */
const lotSize = 200
/** From so many known files on a second thread helps to compare them; for fewer its start is not worth it. */
const filesWorthHelp = 10_000

type Post = (report: WalkReport) => void

async function main(order: WalkOrder, post: Post): Promise<void> {
  if (typeof order.known !== 'string') return compare(order, { known: knownInList(order.known) }, post)
  const database = openSqlite(order.known, { isReadOnly: true })
  try {
    const met = new IdSet()
    const helper = isWorthHelp(order, database) ? new WalkHelper(order.known) : undefined
    await compare(order, { known: knownInDatabase(database, met, order.scope), met, helper }, post)
  } finally {
    database.close()
  }
}

/** What is read anyway need not be compared, and a part is small. */
function isWorthHelp({ scope, isFull }: WalkOrder, database: Database): boolean {
  return scope === undefined && !isFull && countKnown(database) >= filesWorthHelp
}

interface Comparing {
  readonly known: KnownFiles
  /** Where `known` remembers what was met. */
  readonly met?: IdSet
  readonly helper?: WalkHelper | undefined
}

async function compare(
  { folders, isFull, scope }: WalkOrder,
  { known, met, helper }: Comparing,
  post: Post,
): Promise<void> {
  const check = new FileCheck(known, isFull)
  let lot: FilesOfFolder[] = []
  let lotFiles = 0
  let reported = 0
  const countFound = () => check.filesFound + (helper?.filesFound ?? 0)

  function report(files: readonly WalkedFile[] = check.takeToRead()): void {
    reported = countFound()
    // A folder may hold a hundred thousand, and the helper tells all of its own at once.
    for (let from = 0; from === 0 || from < files.length; from += reportSize)
      post({ kind: 'found', filesFound: reported, toRead: files.slice(from, from + reportSize) })
  }

  function endLot(): void {
    if (helper?.isFree) helper.give(lot)
    else for (const files of lot) check.check(files)
    lot = []
    lotFiles = 0
    if (check.countToRead >= reportSize || countFound() - reported >= reportSize) report()
  }

  const walked = walk(folders, scope, (files) => {
    lot.push(files)
    lotFiles += files.names.length
    if (lotFiles >= lotSize) endLot()
  })
  endLot()
  const helped = await helper?.end()
  if (helped) met?.addAll(new IdSet(helped.met))
  report()
  if (helped) report(helped.toRead)

  const { pictures, empty, playlists, visited } = walked
  const failures = [...walked.failures, ...check.failures, ...(helped?.failures ?? [])]
  const unreachable = [...walked.unreachable, ...check.unreachable, ...(helped?.unreachable ?? [])]
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
    filesFound: reported,
    vanished: notFound.filter((row) => !isKept(row)).map(({ id }) => id),
    failures,
    pictures,
    unreachable: unreachable.filter((folder) => notFound.some(({ path }) => isBelow(path, folder))),
    playlists,
    notReached: unreachable,
    visited,
  })
}

function emptyFolder(folder: string, songs: number): ScanFailure {
  return {
    path: folder,
    reason: `This folder is empty, as when its drive is not connected. Its ${songs} songs are kept; if they are gone for good, scan with --rescan.`,
  }
}

setThreadPriority('background')
const port = parentPort
if (port) await main(workerData as WalkOrder, (report) => port.postMessage(report))
