// Reads the snapshot while the rest of the library is being loaded; hence nothing of it is loaded from here.

import { statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { workerFile } from '../worker-file.ts'
import type { Snapshot } from './snapshot.ts'

/** Smaller ones are read in less time than a thread takes to start. */
const worthThreadBytes = 4 * 1024 * 1024

export function snapshotFile(databaseFile: string): string {
  return join(dirname(databaseFile), 'library.columns')
}

/** Undefined when there is none that can be used; never rejects. */
export async function readAhead(file: string): Promise<Snapshot | undefined> {
  const bytes = statSync(file, { throwIfNoEntry: false })?.size ?? 0
  if (bytes >= worthThreadBytes) return await readInThread(file)
  return (await import('./snapshot.ts')).readSnapshot(file)
}

function readInThread(file: string): Promise<Snapshot | undefined> {
  const worker = new Worker(workerFile('snapshot-worker', import.meta.url), { workerData: file })
  return new Promise((resolve) => {
    worker.once('message', resolve)
    worker.once('error', () => resolve(undefined)) // it is a cache
    worker.once('exit', () => resolve(undefined))
  })
}
