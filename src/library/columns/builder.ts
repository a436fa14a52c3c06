// Builds columns where it disturbs least: here when they are few, else in a thread that ends when it is idle.

import { Worker } from 'node:worker_threads'
import type { Database } from '../database.ts'
import { changesSince, readRevision } from '../revision.ts'
import { workerFile } from '../worker-file.ts'
import type { BuildOptions } from './build.ts'
import type { BuildOrder, Task } from './build-worker.ts'
import type { Columns } from './columns.ts'
import { type SnapshotKind, writeSnapshot } from './snapshot.ts'

/** So many songs are built in a few milliseconds, less than a thread takes to start. */
const fewSongs = 400
const idleMs = 10_000
/** What a thread's young objects took is kept by the process when it ends. */
const resourceLimits = { maxYoungGenerationSizeMb: 8 }

export interface Builder {
  /** The columns of now, from those of an earlier revision where there are any. */
  next(before?: Columns): Promise<Columns>
  /** There will soon be something to do: the thread that will do it starts. */
  getReady(): void
  save(file: string, columns: Columns, kind: SnapshotKind): Promise<void>
  close(): Promise<void>
}

export function columnBuilder(database: Database, databaseFile: string, options: BuildOptions): Builder {
  let thread: { worker: Worker; asked: PromiseWithResolvers<unknown> | undefined } | undefined
  let idle: NodeJS.Timeout | undefined
  let last: Promise<unknown> = Promise.resolve()

  async function end(): Promise<void> {
    clearTimeout(idle)
    const ending = thread
    thread = undefined
    await ending?.worker.terminate()
  }

  function start() {
    const order: BuildOrder = { ...options, databaseFile }
    const worker = new Worker(workerFile('build-worker', import.meta.url), {
      workerData: order,
      resourceLimits,
    })
    const started: NonNullable<typeof thread> = { worker, asked: undefined }
    worker.on('message', (result: unknown) => started.asked?.resolve(result))
    worker.on('error', (error) => started.asked?.reject(error))
    worker.on('exit', () => {
      if (thread === started) thread = undefined
      started.asked?.reject(new Error('The thread that builds columns ended.'))
    })
    return started
  }

  function endWhenIdle(): void {
    clearTimeout(idle)
    idle = setTimeout(() => void end(), idleMs).unref()
  }

  async function perform(task: Task): Promise<unknown> {
    clearTimeout(idle)
    thread ??= start()
    const asked = Promise.withResolvers<unknown>()
    thread.asked = asked
    thread.worker.postMessage(task)
    try {
      return await asked.promise
    } finally {
      endWhenIdle()
    }
  }

  /** One task after the other. */
  function inThread(task: Task): Promise<unknown> {
    const done = last.then(() => perform(task))
    last = done.catch(() => {})
    return done
  }

  function isSmall(before?: Columns): boolean {
    if (databaseFile === '') return true
    const count = before?.count ?? database.get<{ n: number }>('SELECT count(*) AS n FROM files')?.n ?? 0
    return count <= fewSongs
  }

  return {
    async next(before) {
      const changes = before && changesSince(database, before.revision)
      if (before && changes?.count === 0) return { ...before, revision: readRevision(database) }
      const { nextColumns } = await import('./build.ts')
      if (changes?.areCountsOnly || (isSmall(before) && isSmall()))
        return nextColumns(database, before, options)
      try {
        return (await inThread({ task: 'next', before })) as Columns
      } catch {
        return nextColumns(database, before, options) // slower for others, but right
      }
    },
    getReady() {
      if (thread !== undefined || isSmall()) return
      thread = start()
      endWhenIdle()
    },
    async save(file, columns, kind) {
      if (isSmall(columns)) writeSnapshot(file, columns, kind)
      else await inThread({ task: 'save', file, columns, kind })
    },
    close: end,
  }
}
