// A thread that helps a walk: takes lots of what it has met, compares them, and tells at the end what it found.

import { parentPort, workerData } from 'node:worker_threads'
import { setThreadPriority } from '../../thread-priority.ts'
import { openSqlite } from '../database.ts'
import { FileCheck } from './file-check.ts'
import { IdSet } from './id-set.ts'
import { knownInDatabase } from './known-files.ts'
import type { FilesOfFolder, HelpOrder, HelpReport } from './messages.ts'

setThreadPriority('background')
const { known, done } = workerData as HelpOrder
const lotsDone = new Int32Array(done, 0, 1)
const filesMet = new Int32Array(done, 4, 1)
const database = openSqlite(known, { isReadOnly: true })
const met = new IdSet()
const check = new FileCheck(knownInDatabase(database, met), false)

parentPort?.on('message', (lot: readonly FilesOfFolder[] | 'end') => {
  if (lot === 'end') return end()
  for (const files of lot) check.check(files)
  Atomics.store(filesMet, 0, check.filesFound)
  Atomics.add(lotsDone, 0, 1)
})

function end(): void {
  database.close()
  const { failures, unreachable } = check
  parentPort?.postMessage({
    toRead: check.takeToRead(),
    failures,
    unreachable,
    met: met.bits,
  } satisfies HelpReport)
  parentPort?.close()
}
