// One scan at a time: who asks for another joins it, waits for it, or calls it off. And what is told of it.

import { resolve } from 'node:path'
import type { Clock } from '../../clock.ts'
import { KnownError } from '../../errors.ts'
import type { Log } from '../../log.ts'
import type { CurrentView } from '../current-view.ts'
import type { Database } from '../database.ts'
import type { OpenBook } from '../playlists/book.ts'
import type { ScanProgress, ScanResult } from '../scan-progress.ts'
import type { Library } from '../types.ts'
import { isMachineFault } from './reasons.ts'
import type { Walked } from './scan.ts'
import { covers, folderAbove, isForSongs, joined, type ScanRequest, type ScanScope } from './scope.ts'

/** What hinders for a while, such as a full disk, is tried again so often. */
const hinderedPauseMs = 5000

export interface ScansOptions {
  readonly database: Database
  /** The file the database is in; '' when it is in memory. */
  readonly databaseFile: string
  /** As they are now. */
  readonly folders: () => readonly string[]
  readonly clock: Clock
  readonly log: Log
  readonly current: CurrentView
  readonly playlists: Pick<OpenBook, 'afterScan' | 'failures'>
}

export interface Scans {
  readonly scan: Library['scan']
  /** A song was stirred and will soon be looked at: what takes a while to start does so while its file is written. */
  expect(): void
  /** Looks at a part of the library after what runs now, which may be past it. */
  look(scope: ScanScope): Promise<ScanResult>
  /** Resolves when what ran has ended. */
  cancel(): Promise<void>
  progress(): ScanProgress
  readonly onProgress: Library['onProgress']
  onWalked(listener: (walked: Walked, request: ScanRequest) => void): void
  /** Files that should be looked at once more, as they may have been read half written. */
  onUnsettled(listener: (paths: readonly string[], request: ScanRequest) => void): void
  close(): Promise<void>
}

interface Job {
  request: ScanRequest
  /** Callers who have not called it off. */
  wanted: number
  /** By a person: its result is told even if it found nothing. */
  isAsked: boolean
  readonly stop: AbortController
  readonly result: PromiseWithResolvers<ScanResult>
}

export function openScans(options: ScansOptions): Scans {
  const { database, databaseFile, folders, log, clock, current, playlists } = options
  const listeners = new Set<(progress: ScanProgress) => void>()
  const closing = new AbortController()
  let tellWalked: (walked: Walked, request: ScanRequest) => void = () => {}
  let tellUnsettled: (paths: readonly string[], request: ScanRequest) => void = () => {}
  let progress: ScanProgress = { state: 'idle', filesFound: 0, filesRead: 0, last: undefined }
  let running: Job | undefined
  let waiting: Job[] = []
  let working: Promise<void> | undefined

  function tell(change: Partial<ScanProgress>): void {
    progress = { ...progress, ...change }
    for (const listener of listeners) listener(progress)
  }

  async function perform({ request, stop }: Job): Promise<ScanResult> {
    tell({ state: 'scanning', filesFound: 0, filesRead: 0 })
    if (isForSongs(request.scope)) current.expectChange()
    const { scan } = await import('./scan.ts') // a start answers before it scans
    stop.signal.throwIfAborted()
    const { failures, unreachable, unsettled, isChanged, ...sums } = await scan({
      database,
      databaseFile,
      folders: folders(),
      ...request,
      clock,
      signal: stop.signal,
      onFound: (filesFound) => tell({ filesFound }),
      onWalked: (walked) => tellWalked(walked, request),
      onWritten(filesRead) {
        tell({ filesRead })
        current.refresh()
      },
      onPlaylists: playlists.afterScan,
    })
    for (const { path, reason } of failures) log.warn(reason, { path })
    for (const path of unreachable) log.warn('Songs are kept whose folder cannot be reached now.', { path })
    if (isChanged) current.refresh()
    await current.settled()
    if (unsettled.length > 0) tellUnsettled(unsettled, request)
    const failed = sums.failed + playlists.failures().length
    const result = { tracks: current.view.songCount, ...sums, failed }
    if (request.scope === undefined) log.info('The music was scanned.', { ...result })
    return result
  }

  async function work(): Promise<void> {
    for (let job = waiting.shift(); job !== undefined; job = waiting.shift()) {
      running = job
      try {
        const result = await perform(job)
        const isOther = result.added + result.changed + result.removed > 0
        const isNews = job.isAsked || isOther || result.failed !== (progress.last?.failed ?? 0)
        tell({ state: 'idle', trouble: undefined, ...(isNews && { last: result }) })
        job.result.resolve(result)
      } catch (error) {
        if (job.stop.signal.aborted) tell({ state: 'idle' })
        else tellTrouble(error)
        job.result.reject(error)
        if (isHindrance(error)) void goOnLater(job.request)
      }
      running = undefined
    }
    working = undefined
  }

  /** Once, however often it is tried. What is no `KnownError` is for who asked for the scan. */
  function tellTrouble(error: unknown): void {
    const trouble = troubleOf(error)
    if (error instanceof KnownError && progress.trouble !== trouble)
      log.error(`The music could not be scanned. ${trouble} ${error.row.try}`, error.details)
    tell({ state: 'idle', trouble })
  }

  /** What was not written is new still when it is looked for again. */
  async function goOnLater(request: ScanRequest): Promise<void> {
    await clock.until(clock.nowMs() + hinderedPauseMs, closing.signal).then(
      () => enqueue(request).result.promise.catch(() => {}),
      () => {},
    )
  }

  function enqueue(request: ScanRequest): Job {
    const same = waiting.find((job) => job.request.isFull === request.isFull && job.request.scope)
    const enough = waiting.find((job) => covers(job.request, request))
    if (enough) return enough
    if (same?.request.scope && request.scope) {
      same.request = { ...request, scope: joined(same.request.scope, request.scope) }
      return same
    }
    const job: Job = {
      request,
      wanted: 0,
      isAsked: false,
      stop: new AbortController(),
      result: Promise.withResolvers(),
    }
    job.result.promise.catch(() => {}) // told to who waits for it
    waiting.push(job)
    working ??= work()
    return job
  }

  function callOff(job: Job, reason: unknown): void {
    waiting = waiting.filter((other) => other !== job)
    job.stop.abort(reason)
    job.result.reject(reason)
  }

  function cancelAll(reason: unknown): void {
    for (const job of [...waiting, ...(running ? [running] : [])]) callOff(job, reason)
  }

  /** The caller's own promise, which ends with the signal; the scan itself when nobody else waits for it. */
  function waitFor(job: Job, signal: AbortSignal | undefined): Promise<ScanResult> {
    job.wanted += 1
    if (!signal) return job.result.promise
    return new Promise((resolve, reject) => {
      const leave = () => {
        reject(signal.reason)
        job.wanted -= 1
        if (job.wanted === 0) callOff(job, signal.reason)
      }
      signal.addEventListener('abort', leave, { once: true })
      job.result.promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave))
    })
  }

  function scopeOf(folder: string): ScanScope {
    const path = resolve(folder)
    if (folderAbove(folders(), path) === undefined) throw new KnownError('NOT_IN_LIBRARY', { folder: path })
    return { whole: [path], shallow: [], busy: [] }
  }

  return {
    async scan({ isFull = false, folder, signal } = {}) {
      if (closing.signal.aborted) throw new KnownError('SHUTTING_DOWN')
      signal?.throwIfAborted()
      const request = { isFull, scope: folder === undefined ? undefined : scopeOf(folder) }
      const isJoined = running && !running.stop.signal.aborted && covers(running.request, request)
      const job = running && isJoined ? running : enqueue(request)
      job.isAsked = true
      return waitFor(job, signal)
    },
    async look(scope) {
      if (closing.signal.aborted) throw new KnownError('SHUTTING_DOWN')
      return waitFor(enqueue({ isFull: false, scope }), undefined)
    },
    expect() {
      if (closing.signal.aborted) return
      current.expectChange()
      import('./scan.ts').catch(() => {}) // the scan itself will tell
    },
    async cancel() {
      cancelAll(new KnownError('SCAN_CANCELLED'))
      await working
    },
    progress: () => progress,
    onProgress(listener) {
      listeners.add(listener)
      return { close: () => void listeners.delete(listener) }
    },
    onWalked(listener) {
      tellWalked = listener
    },
    onUnsettled(listener) {
      tellUnsettled = listener
    },
    async close() {
      const reason = new KnownError('SHUTTING_DOWN')
      closing.abort(reason)
      cancelAll(reason)
      await working
    },
  }
}

/** In a moment it may be otherwise. */
function isHindrance(error: unknown): boolean {
  return (error instanceof KnownError && error.code === 'DISK_FULL') || isMachineFault(error)
}

function troubleOf(error: unknown): string {
  return error instanceof KnownError ? error.row.says : 'The scan failed; the log of the host says why.'
}
