// The threads that read tags: fed with lists of files, watched, replaced when a file kills or hangs one.

import { Worker } from 'node:worker_threads'
import type { Clock } from '../../clock.ts'
import { workerFile } from '../worker-file.ts'
import type { ReadFile, WalkedFile } from './messages.ts'
import { isMachineFault } from './reasons.ts'

/** Files that a thread gets at once. */
const listSize = 250
/** A thread that is in one file for so long is stuck in it. */
const longestFileMs = 60_000
/** So that a thread cannot grow without end. */
const resourceLimits = { maxYoungGenerationSizeMb: 8, maxOldGenerationSizeMb: 128 }

export interface Crew {
  readonly threads: number
  readonly clock: Clock
  readonly signal: AbortSignal
  /** One of them, if it was started before. */
  readonly ready: Thread | undefined
}

/**
 * Reads all files with so many threads; `onRead` gets the results list by list. While it puts one away, its thread
 * reads the next; it does not get a third before the first is put away.
 */
export async function readAll(
  files: readonly WalkedFile[],
  { threads, clock, signal, ready }: Crew,
  onRead: (batch: readonly ReadFile[]) => Promise<void>,
): Promise<void> {
  let next = 0
  let spare = ready
  const failing = new AbortController()
  const ending = AbortSignal.any([signal, failing.signal])
  async function work(): Promise<void> {
    let thread = spare
    spare = undefined
    let before = Promise.resolve()
    /** Resolves when what was read before is put away. */
    async function putAway(batch: readonly ReadFile[]): Promise<void> {
      await before
      before = onRead(batch)
      before.catch(() => {}) // told by the next one, or at the end
    }
    try {
      while (next < files.length) {
        ending.throwIfAborted()
        let list = files.slice(next, next + listSize)
        next += list.length
        while (list.length > 0) {
          thread ??= startThread()
          const outcome = await thread.read(list, clock, ending)
          if (outcome.kind === 'read') {
            await putAway(outcome.results)
            break
          }
          // Files before the bad one are read again: their results died with the thread.
          await thread.end()
          thread = undefined
          const bad = list[outcome.index]
          if (bad !== undefined)
            await putAway([{ file: bad, facts: undefined, fingerprint: null, failure: outcome.sentence }])
          list = list.filter((_, index) => index !== outcome.index)
        }
      }
      await before
    } catch (error) {
      failing.abort(error) // the other threads read nothing any more that could not be kept
      throw error
    } finally {
      await thread?.end()
    }
  }
  const ends = await Promise.allSettled(Array.from({ length: threads }, work))
  for (const end of ends) if (end.status === 'rejected') throw end.reason
}

type Outcome =
  | { readonly kind: 'read'; readonly results: readonly ReadFile[] }
  | { readonly kind: 'died'; readonly index: number; readonly sentence: string }

export interface Thread {
  read(list: readonly WalkedFile[], clock: Clock, signal: AbortSignal): Promise<Outcome>
  end(): Promise<unknown>
}

export function startThread(): Thread {
  const shared = new SharedArrayBuffer(4)
  const position = new Int32Array(shared)
  const worker = new Worker(workerFile('parse-worker', import.meta.url), {
    workerData: shared,
    resourceLimits,
    stdout: true,
    stderr: true,
  })
  /** What killed it, in a sentence. It may happen while nobody reads: without a listener it would end the program. */
  const end = new Promise<string>((resolve, reject) => {
    worker.on('error', (error) => {
      if (isMachineFault(error)) reject(error)
      else resolve('Reading it took more memory than it may.')
    })
    worker.on('exit', () => resolve('Reading it failed badly.'))
  })
  end.catch(() => {}) // told to who reads next
  return {
    end: () => worker.terminate(),
    async read(list, clock, signal) {
      Atomics.store(position, 0, 0)
      const stop = new AbortController()
      const died = (sentence: string): Outcome => ({
        kind: 'died',
        index: Atomics.load(position, 0),
        sentence,
      })
      try {
        return await new Promise<Outcome>((resolve, reject) => {
          worker.once('message', (results: ReadFile[]) => resolve({ kind: 'read', results }))
          end.then((sentence) => resolve(died(sentence)), reject)
          untilStuck(position, clock, AbortSignal.any([stop.signal, signal])).then(
            () => resolve(died('Reading it did not come to an end.')),
            (reason: unknown) => reject(reason),
          )
          worker.postMessage(list)
        })
      } finally {
        stop.abort()
        worker.removeAllListeners('message')
      }
    },
  }
}

/** Resolves when one file takes too long. A list may take its time: its drive may be slow, or have to wake first. */
export async function untilStuck(position: Int32Array, clock: Clock, signal: AbortSignal): Promise<void> {
  let before: number | undefined
  for (;;) {
    const now = Atomics.load(position, 0)
    if (now === before) return
    before = now
    await clock.until(clock.nowMs() + longestFileMs, signal)
  }
}
