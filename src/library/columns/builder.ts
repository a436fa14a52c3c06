// Builds columns where it disturbs least: here when they are few, else in a thread that ends when it is idle.

import { Worker } from 'node:worker_threads'
import type { Database } from '../database.ts'
import { workerFile } from '../worker-file.ts'
import { type BuildOptions, buildColumns } from './build.ts'
import type { BuildOrder } from './build-worker.ts'
import type { Columns } from './columns.ts'

/** So many songs are built in a few milliseconds, less than a thread takes to start. */
const fewSongs = 1000
const idleMs = 10_000

export interface Builder {
  build(): Promise<Columns>
  close(): Promise<void>
}

export function columnBuilder(database: Database, databaseFile: string, options: BuildOptions): Builder {
  let thread: { worker: Worker; asked: PromiseWithResolvers<Columns> | undefined } | undefined
  let idle: NodeJS.Timeout | undefined

  async function end(): Promise<void> {
    clearTimeout(idle)
    const ending = thread
    thread = undefined
    await ending?.worker.terminate()
  }

  function start() {
    const order: BuildOrder = { ...options, databaseFile }
    const worker = new Worker(workerFile('build-worker', import.meta.url), { workerData: order })
    const started: NonNullable<typeof thread> = { worker, asked: undefined }
    worker.on('message', (columns: Columns) => started.asked?.resolve(columns))
    worker.on('error', (error) => started.asked?.reject(error))
    worker.on('exit', () => {
      if (thread === started) thread = undefined
      started.asked?.reject(new Error('The thread that builds columns ended.'))
    })
    return started
  }

  async function inThread(): Promise<Columns> {
    clearTimeout(idle)
    thread ??= start()
    const asked = Promise.withResolvers<Columns>()
    thread.asked = asked
    thread.worker.postMessage('build')
    try {
      return await asked.promise
    } finally {
      idle = setTimeout(() => void end(), idleMs).unref()
    }
  }

  return {
    async build() {
      const count = database.get<{ n: number }>('SELECT count(*) AS n FROM files')?.n ?? 0
      if (count <= fewSongs || databaseFile === '') return buildColumns(database, options)
      try {
        return await inThread()
      } catch {
        return buildColumns(database, options) // slower for others, but right
      }
    },
    close: end,
  }
}
