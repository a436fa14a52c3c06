// The view of now: built, replaced when the database changed, and those told who wait for it.

import type { Clock } from '../clock.ts'
import { columnBuilder } from './columns/builder.ts'
import { type Patch, patched } from './columns/patch.ts'
import type { Snapshot } from './columns/snapshot.ts'
import { ColumnView, type PlaylistContent } from './columns/view.ts'
import type { Database } from './database.ts'
import { columnsWereReplaced } from './garbage.ts'
import { changesSince, raiseRevision, readRevision } from './revision.ts'
import { snapshots } from './snapshots.ts'
import type { LibraryView } from './types.ts'

export interface CurrentView {
  readonly view: ColumnView
  changedSince(revision: number, signal: AbortSignal): Promise<LibraryView>
  /** The database has changed: a new view follows, several changes may become one. */
  refresh(): void
  /** A change is likely in a moment: what will show it gets ready. */
  expectChange(): void
  /** Resolves when all changes up to now are to be seen. */
  settled(): Promise<void>
  /** A song's rating or counts were written: a view with them at once, without building. */
  patch(songId: number, values: Patch['values']): void
  /** Playlists were written: a view with them at once, without building. */
  showPlaylists(): void
  close(): Promise<void>
}

export interface ViewOptions {
  readonly languages: readonly string[]
  readonly databaseFile: string
  /** Of an earlier run, as it comes from the disk. */
  readonly snapshot: Promise<Snapshot | undefined> | undefined
  readonly clock: Clock
  /** As they are now; read again for every view. */
  readonly playlists: () => readonly PlaylistContent[]
  /** The columns could not be kept: the next start takes longer. */
  readonly onTrouble: (error: unknown) => void
}

export async function currentView(
  database: Database,
  { languages, databaseFile, snapshot, clock, playlists, onTrouble }: ViewOptions,
): Promise<CurrentView> {
  const builder = columnBuilder(database, databaseFile, { languages })
  const kept = snapshots(database, { databaseFile, languages }, builder)
  const known = kept.use(await snapshot)
  // Far behind, as after a kill in the middle of a scan: shown as it is, and built anew at once.
  const isFarBehind = known !== undefined && changesSince(database, known.revision).count > mostAtStart
  const first = isFarBehind ? known : await builder.next(known)
  if (isFarBehind) raiseRevision(database)
  let view = new ColumnView(first, playlists(), readRevision(database))
  const waiting = new Set<(view: LibraryView) => void>()
  const closing = new AbortController()
  let running: Promise<void> | undefined
  let isStale = false
  /** Patches since the build that runs began: it may not have seen them. */
  let patches: Patch[] = []

  function show(next: ColumnView): void {
    view = next
    for (const tell of waiting) tell(next)
  }

  async function rebuild(): Promise<void> {
    patches = []
    const before = view.columns
    const built = await builder.next(before)
    if (built.strings !== before.strings) columnsWereReplaced(before.count)
    // A patch may have shown this revision already, without what was built now.
    if (built.revision <= view.revision) raiseRevision(database)
    show(new ColumnView(patched(built, patches), playlists(), readRevision(database)))
    saveSoon()
  }

  let saving: NodeJS.Timeout | undefined
  /** Once it has been quiet for a while. */
  function saveSoon(): void {
    clearTimeout(saving)
    saving = setTimeout(() => {
      if (running === undefined) kept.save(view.columns).catch(onTrouble)
    }, quietMs).unref()
  }

  async function catchUp(): Promise<void> {
    while (isStale && !closing.signal.aborted) {
      isStale = false
      const startedMs = clock.nowMs()
      await rebuild()
      const pauseMs = Math.max(shortestPauseMs, (clock.nowMs() - startedMs) * pausePerBuild)
      if (isStale) await pause(pauseMs)
    }
  }

  function refresh(): void {
    isStale = true
    running ??= catchUp().finally(() => {
      running = undefined
      if (isStale && !closing.signal.aborted) refresh() // asked for in the very last moment
    })
    running.catch(() => {}) // settled() tells who waits
  }

  let hurry: (() => void) | undefined
  /** Ends early when somebody waits for the newest view. */
  async function pause(ms: number): Promise<void> {
    const stop = new AbortController()
    hurry = () => stop.abort()
    const signal = AbortSignal.any([stop.signal, closing.signal])
    await clock.until(clock.nowMs() + ms, signal).catch(() => {})
    hurry = undefined
  }

  if (isFarBehind) refresh()

  return {
    get view() {
      return view
    },
    changedSince(revision, signal) {
      if (signal.aborted) return Promise.reject(signal.reason)
      if (view.revision !== revision) return Promise.resolve(view)
      return new Promise((resolve, reject) => {
        const forget = () => {
          waiting.delete(tell)
          signal.removeEventListener('abort', stop)
        }
        const stop = () => {
          forget()
          reject(signal.reason)
        }
        const tell = (next: LibraryView) => {
          if (next.revision === revision) return
          forget()
          resolve(next)
        }
        waiting.add(tell)
        signal.addEventListener('abort', stop, { once: true })
      })
    },
    refresh,
    expectChange: builder.getReady,
    async settled() {
      hurry?.()
      await running
    },
    patch(songId, values) {
      const patch = { songId, values }
      if (running) patches.push(patch)
      const columns = patched(view.columns, [patch])
      const revision = readRevision(database)
      const isAllShown = changesSince(database, columns.revision).areCountsOnly
      show(new ColumnView(isAllShown ? { ...columns, revision } : columns, playlists(), revision, view))
    },
    showPlaylists() {
      show(new ColumnView(view.columns, playlists(), readRevision(database), view))
    },
    async close() {
      closing.abort()
      await running?.catch(() => {})
      clearTimeout(saving)
      try {
        await kept.end(view.columns)
      } catch (error) {
        onTrouble(error)
      }
      await builder.close()
    },
  }
}

/** Between two views while a scan writes: its batches are seen about once in this time. */
const shortestPauseMs = 250
/** A view that was slow to build is not built again at once: at most a tenth of the time is spent on it. */
const pausePerBuild = 9
/** With fewer changes since the snapshot they are applied before anything is shown. */
const mostAtStart = 1000
/** Without changes, before the columns are kept; shorter than the time after which the builder's thread ends. */
const quietMs = 8000
