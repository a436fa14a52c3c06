// The view of now: built, replaced when the database changed, and those told who wait for it.

import type { Clock } from '../clock.ts'
import { columnBuilder } from './columns/builder.ts'
import type { Columns } from './columns/columns.ts'
import { ColumnView, type PlaylistContent } from './columns/view.ts'
import type { Database } from './database.ts'
import { raiseRevision, readRevision } from './revision.ts'
import type { LibraryView } from './types.ts'

export interface CurrentView {
  readonly view: ColumnView
  changedSince(revision: number, signal: AbortSignal): Promise<LibraryView>
  /** The database has changed: a new view follows, several changes may become one. */
  refresh(): void
  /** Resolves when all changes up to now are to be seen. */
  settled(): Promise<void>
  /** A song's rating or counts were written: a view with them at once, without building. */
  patch(songId: number, values: Readonly<Partial<Record<PatchedColumn, number>>>): void
  /** Playlists were written: a view with them at once, without building. */
  showPlaylists(): void
  close(): Promise<void>
}

interface Patch {
  readonly songId: number
  readonly values: Readonly<Partial<Record<PatchedColumn, number>>>
}

/** The same columns but for those of the patch, which are copied: a view never changes. */
function patchedColumns(columns: Columns, { songId, values }: Patch): Columns {
  const row = (columns.rowOfId[songId] ?? 0) - 1
  if (row < 0) return columns
  const numbers = { ...columns.numbers }
  for (const [name, value] of Object.entries(values) as [PatchedColumn, number][]) {
    numbers[name] = numbers[name].slice()
    numbers[name][row] = value
  }
  return { ...columns, numbers }
}

export type PatchedColumn = 'ratingPercent' | 'playCount' | 'lastPlayedAt' | 'skipCount' | 'lastSkippedAt'

export interface ViewOptions {
  readonly languages: readonly string[]
  readonly databaseFile: string
  readonly clock: Clock
  /** As they are now; read again for every view. */
  readonly playlists: () => readonly PlaylistContent[]
}

export async function currentView(
  database: Database,
  { languages, databaseFile, clock, playlists }: ViewOptions,
): Promise<CurrentView> {
  const builder = columnBuilder(database, databaseFile, { languages })
  let view = new ColumnView(await builder.build(), playlists())
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
    const built = await builder.build()
    const patched = patches.reduce((columns, patch) => patchedColumns(columns, patch), built)
    // A patch may have shown this revision already, without what was built now.
    if (built.revision <= view.revision) raiseRevision(database)
    const revision = Math.max(built.revision, readRevision(database))
    show(new ColumnView({ ...patched, revision }, playlists()))
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
    async settled() {
      hurry?.()
      await running
    },
    patch(songId, values) {
      const patch = { songId, values }
      if (running) patches.push(patch)
      const columns = { ...patchedColumns(view.columns, patch), revision: readRevision(database) }
      show(new ColumnView(columns, playlists(), view))
    },
    showPlaylists() {
      show(new ColumnView({ ...view.columns, revision: readRevision(database) }, playlists(), view))
    },
    async close() {
      closing.abort()
      await running?.catch(() => {})
      await builder.close()
    },
  }
}

/** Between two views while a scan writes: its batches are seen about once in this time. */
const shortestPauseMs = 250
/** A view that was slow to build is not built again at once: at most a tenth of the time is spent on it. */
const pausePerBuild = 9
