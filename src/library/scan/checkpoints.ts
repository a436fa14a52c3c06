// While a large scan writes, the main thread leaves the database's checkpoints to a thread of their own.

import { Worker } from 'node:worker_threads'
import type { Database } from '../database.ts'
import { workerFile } from '../worker-file.ts'

/** As SQLite has it unless told otherwise, in pages. */
const usualCheckpoint = 1000
/** So many files written, and the log is worth moving. */
const filesBetween = 2000

export interface Checkpoints {
  onWritten(files: number): void
  end(): Promise<void>
}

export function checkpointsElsewhere(database: Database, databaseFile: string): Checkpoints {
  const worker = new Worker(workerFile('checkpoint-worker', import.meta.url), { workerData: databaseFile })
  worker.on('error', goBack)
  database.execute('PRAGMA wal_autocheckpoint=0')
  let written = 0

  function goBack(): void {
    database.execute(`PRAGMA wal_autocheckpoint=${usualCheckpoint}`)
  }

  return {
    onWritten(files) {
      written += files
      if (written < filesBetween) return
      written = 0
      worker.postMessage('checkpoint')
    },
    async end() {
      goBack()
      await worker.terminate()
    },
  }
}
