// The walk's side of the thread that helps it to compare.

import { Worker } from 'node:worker_threads'
import { workerFile } from '../worker-file.ts'
import type { FilesOfFolder, HelpOrder, HelpReport } from './messages.ts'

/** Lots that wait there, so that it has work while the walk looks for more. */
const mostWaiting = 2
/** What a thread's young objects took is kept by the process for a while after its end. */
const resourceLimits = { maxYoungGenerationSizeMb: 8 }

export class WalkHelper {
  readonly #worker: Worker
  readonly #done = new SharedArrayBuffer(8)
  readonly #lots = new Int32Array(this.#done, 0, 1)
  readonly #files = new Int32Array(this.#done, 4, 1)
  readonly #report: Promise<HelpReport>
  #given = 0

  /** `known`: the file of the database. */
  constructor(known: string, thread = workerFile('check-worker', import.meta.url)) {
    this.#worker = new Worker(thread, {
      workerData: { known, done: this.#done } satisfies HelpOrder,
      resourceLimits,
    })
    // From the start: it may end before it is asked for its report.
    this.#report = new Promise((resolve, reject) => {
      this.#worker.once('message', resolve)
      this.#worker.once('error', reject)
      this.#worker.once('exit', (code) => reject(new Error(`the walk's helper ended early with ${code}`)))
    })
    this.#report.catch(() => {}) // told at the end
  }

  get isFree(): boolean {
    return this.#given - Atomics.load(this.#lots, 0) < mostWaiting
  }

  give(lot: readonly FilesOfFolder[]): void {
    this.#given += 1
    this.#worker.postMessage(lot)
  }

  get filesFound(): number {
    return Atomics.load(this.#files, 0)
  }

  /** When all that it was given is done. Rejects when it has died, in silence too. */
  end(): Promise<HelpReport> {
    this.#worker.postMessage('end')
    return this.#report
  }
}
