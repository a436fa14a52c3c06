// A scan from beginning to end: walk and compare, read what is new or changed, write it, drop what is gone.

import { setImmediate as nextTurn } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import type { Clock } from '../../clock.ts'
import type { Database } from '../database.ts'
import { fromThread } from '../from-thread.ts'
import type { ScannedPlaylists } from '../playlists/book.ts'
import type { ScanFailure, ScanResult } from '../scan-progress.ts'
import { workerFile } from '../worker-file.ts'
import { checkpointsElsewhere } from './checkpoints.ts'
import { knownRows } from './known-files.ts'
import type { ReadFile, VisitedFolder, WalkedFile, WalkOrder, WalkReport } from './messages.ts'
import { readAll, startThread, type Thread } from './parse-crew.ts'
import { isForSongs, isInScope, type ScanRequest } from './scope.ts'
import { hasGone } from './walk.ts'
import { scanWriter } from './writer.ts'

/** Two threads read a large lot of files; for a few the start of the second is not worth it. */
const filesWorthTwoThreads = 1000

/** Written in one go, a few milliseconds; then it is somebody else's turn. */
const writtenPerTurn = 50

function* parts<Item>(items: readonly Item[]): Generator<readonly Item[]> {
  for (let from = 0; from < items.length; from += writtenPerTurn)
    yield items.slice(from, from + writtenPerTurn)
}

/** A file that was changed so shortly before it was met may be in the middle of being written. */
const settledMs = 2000

export interface ScanWork extends ScanRequest {
  readonly database: Database
  /** The file the database is in; '' when it is in memory. */
  readonly databaseFile: string
  readonly folders: readonly string[]
  readonly clock: Clock
  readonly signal: AbortSignal
  onFound(filesFound: number): void
  /** The walk is at its end, nothing is read yet. */
  onWalked(walked: Walked): void
  /** A batch is in the database. */
  onWritten(filesRead: number): void
  /** The playlists that were met; the songs they name are in the database. */
  onPlaylists(scanned: ScannedPlaylists): Promise<void>
}

export interface Walked {
  readonly folders: readonly VisitedFolder[]
  /** When the walk began: whatever was changed since may have been missed. */
  readonly beganWallMs: number
}

export interface ScanOutcome extends Omit<ScanResult, 'tracks'> {
  readonly failures: readonly ScanFailure[]
  readonly unreachable: readonly string[]
  /** The end of the scan changed what is listed, after the last batch. */
  readonly isChanged: boolean
  /** Files that were read, but may have been half written. */
  readonly unsettled: readonly string[]
}

export async function scan(work: ScanWork): Promise<ScanOutcome> {
  // Somebody may be waiting to see one new song: its reader starts while the walk looks for it.
  const ready = isForSongs(work.scope) ? startThread() : undefined
  try {
    return await scanWith(ready, work)
  } finally {
    await ready?.end()
  }
}

async function scanWith(ready: Thread | undefined, work: ScanWork): Promise<ScanOutcome> {
  const { database, clock, signal, scope } = work
  const startedMs = clock.nowMs()
  const beganWallMs = clock.wallMs()
  const nowSeconds = () => Math.floor(clock.wallMs() / 1000)
  const { toRead, done } = await walkAll(work)
  work.onWalked({ folders: done.visited, beganWallMs })

  const vanished = new Set(done.vanished)
  const writer = scanWriter(database, vanished, (path) => hasGone(path, work.folders))
  const sum = { added: 0, changed: 0, filesRead: 0 }
  const threads = toRead.length >= filesWorthTwoThreads ? 2 : 1
  const isLarge = threads > 1 && work.databaseFile !== ''
  const checkpoints = isLarge ? checkpointsElsewhere(database, work.databaseFile) : undefined

  async function write(batch: readonly ReadFile[]): Promise<void> {
    for (const part of parts(batch)) {
      signal.throwIfAborted()
      const { added, changed } = writer.writeBatch(part, nowSeconds())
      sum.added += added
      sum.changed += changed
      sum.filesRead += part.length
      checkpoints?.onWritten(part.length)
      await nextTurn()
    }
    work.onWritten(sum.filesRead)
  }

  const { failures, pictures, unreachable } = done
  const newPictures = writer.changedPictures(pictures, scope)
  for (const part of parts(newPictures)) {
    writer.writePictures(part)
    await nextTurn()
  }
  try {
    await readAll(toRead, { threads: toRead.length === 0 ? 0 : threads, clock, signal, ready }, write)
  } finally {
    await checkpoints?.end()
  }
  let removed = 0
  for (const part of parts([...vanished])) {
    removed += writer.remove(part, nowSeconds())
    await nextTurn()
  }
  const isChanged = writer.finish({ scope, failures }, nowSeconds()) || removed > 0 || newPictures.length > 0
  await work.onPlaylists({
    found: done.playlists,
    notReached: done.notReached,
    isInScope: (path) => isInScope(path, scope),
    isFull: work.isFull,
    areSongsOthers: sum.added + sum.changed + removed > 0,
    signal,
  })
  return {
    added: sum.added,
    changed: sum.changed,
    removed,
    failed: countFailed(database),
    seconds: Math.round(clock.nowMs() - startedMs) / 1000,
    failures,
    unreachable,
    isChanged,
    unsettled: toRead.filter(({ mtimeMs }) => mtimeMs > beganWallMs - settledMs).map(({ path }) => path),
  }
}

function countFailed(database: Database): number {
  const row = database.get<{ n: number }>(
    `SELECT (SELECT count(*) FROM files WHERE failure IS NOT NULL AND missing_since IS NULL)
       + (SELECT count(*) FROM folder_failures) AS n`,
  )
  return row?.n ?? 0
}

interface WalkResult {
  readonly toRead: WalkedFile[]
  readonly done: Extract<WalkReport, { kind: 'done' }>
}

/** What a thread's young objects took is kept by the process when it ends; the old ones grow with the library. */
const resourceLimits = { maxYoungGenerationSizeMb: 8 }

/** Reading waits for the end of the walk: only then is it known which files have moved. */
function walkAll({
  database,
  databaseFile,
  folders,
  isFull,
  scope,
  signal,
  onFound,
}: ScanWork): Promise<WalkResult> {
  const known = databaseFile === '' ? [...knownRows(database, scope)] : databaseFile
  const worker = new Worker(workerFile('walk-worker', import.meta.url), {
    workerData: { folders, known, isFull, scope } satisfies WalkOrder,
    resourceLimits,
  })
  const toRead: WalkedFile[] = []
  return new Promise<WalkResult>((resolve, reject) => {
    const abort = () => reject(signal.reason)
    signal.addEventListener('abort', abort, { once: true })
    worker.on('error', (error) => reject(fromThread(error)))
    worker.on('exit', (code) => reject(new Error(`the walk ended early with ${code}`)))
    worker.on('message', (report: WalkReport) => {
      onFound(report.filesFound)
      if (report.kind === 'found') for (const file of report.toRead) toRead.push(file)
      else {
        signal.removeEventListener('abort', abort)
        resolve({ toRead, done: report })
      }
    })
  }).finally(() => worker.terminate())
}
