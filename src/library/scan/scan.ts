// A scan from beginning to end: walk and compare, read what is new or changed, write it, drop what is gone.

import { Worker } from 'node:worker_threads'
import type { Clock } from '../../clock.ts'
import type { Database } from '../database.ts'
import type { ScanFailure, ScanResult } from '../types.ts'
import { workerFile } from '../worker-file.ts'
import { knownFiles } from './known-files.ts'
import type { WalkedFile, WalkOrder, WalkReport } from './messages.ts'
import { readAll } from './parse-crew.ts'
import { scanWriter } from './writer.ts'

/** Two threads read a large lot of files; for a few the start of the second is not worth it. */
const filesWorthTwoThreads = 1000

export interface ScanWork {
  readonly database: Database
  /** The file the database is in; '' when it is in memory. */
  readonly databaseFile: string
  readonly folders: readonly string[]
  readonly isFull: boolean
  readonly clock: Clock
  readonly signal: AbortSignal
  onFound(filesFound: number): void
  /** A batch is in the database. */
  onWritten(filesRead: number): void
}

export interface ScanOutcome extends ScanResult {
  readonly failures: readonly ScanFailure[]
  readonly unreachable: readonly string[]
  /** The end of the scan changed what is listed, after the last batch. */
  readonly isChanged: boolean
}

export async function scan(work: ScanWork): Promise<ScanOutcome> {
  const { database, clock, signal } = work
  const startedMs = clock.nowMs()
  const nowSeconds = () => Math.floor(clock.wallMs() / 1000)
  const { toRead, done } = await walkAll(work)

  const vanished = new Set(done.vanished)
  const writer = scanWriter(database, vanished)
  const sum = { added: 0, changed: 0, filesRead: 0 }
  const threads = toRead.length >= filesWorthTwoThreads ? 2 : 1
  await readAll(toRead, { threads: toRead.length === 0 ? 0 : threads, clock, signal }, (batch) => {
    const { added, changed } = writer.writeBatch(batch, nowSeconds())
    sum.added += added
    sum.changed += changed
    sum.filesRead += batch.length
    work.onWritten(sum.filesRead)
  })
  const { failures, pictures, unreachable } = done
  const { removed, isChanged } = writer.finish({ vanished, failures, pictures }, nowSeconds())
  return {
    tracks: count(database, listedSongs),
    added: sum.added,
    changed: sum.changed,
    removed,
    failed: count(database, failedFiles) + failures.length,
    seconds: Math.round(clock.nowMs() - startedMs) / 1000,
    failures,
    unreachable,
    isChanged,
  }
}

const listedSongs =
  'SELECT count(*) AS n FROM files WHERE song_id IS NOT NULL AND failure IS NULL AND missing_since IS NULL'
const failedFiles = 'SELECT count(*) AS n FROM files WHERE failure IS NOT NULL AND missing_since IS NULL'

function count(database: Database, sql: string): number {
  return database.get<{ n: number }>(sql)?.n ?? 0
}

interface WalkResult {
  readonly toRead: WalkedFile[]
  readonly done: Extract<WalkReport, { kind: 'done' }>
}

/** Reading waits for the end of the walk: only then is it known which files have moved. */
function walkAll({
  database,
  databaseFile,
  folders,
  isFull,
  signal,
  onFound,
}: ScanWork): Promise<WalkResult> {
  const known = databaseFile === '' ? knownFiles(database) : databaseFile
  const worker = new Worker(workerFile('walk-worker', import.meta.url), {
    workerData: { folders, known, isFull } satisfies WalkOrder,
  })
  const toRead: WalkedFile[] = []
  return new Promise<WalkResult>((resolve, reject) => {
    const abort = () => reject(signal.reason)
    signal.addEventListener('abort', abort, { once: true })
    worker.on('error', reject)
    worker.on('exit', (code) => reject(new Error(`the walk ended early with ${code}`)))
    worker.on('message', (report: WalkReport) => {
      onFound(report.filesFound)
      if (report.kind === 'found') toRead.push(...report.toRead)
      else {
        signal.removeEventListener('abort', abort)
        resolve({ toRead, done: report })
      }
    })
  }).finally(() => worker.terminate())
}
