// The view of now: built, replaced when the database changed, and those told who wait for it.

import type { Clock } from '../clock.ts'
import { buildColumns } from './columns/build.ts'
import type { Columns } from './columns/columns.ts'
import { ColumnView } from './columns/view.ts'
import type { Database } from './database.ts'
import { readPlaylists } from './playlists.ts'
import { readRevision } from './revision.ts'
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
  close(): void
}

export type PatchedColumn = 'ratingPercent' | 'playCount' | 'lastPlayedAt' | 'skipCount' | 'lastSkippedAt'

export function currentView(
  database: Database,
  { languages, clock }: { languages: readonly string[]; clock: Clock },
): CurrentView {
  const build = () => new ColumnView(buildColumns(database, { languages }), readPlaylists(database))
  let view = build()
  const waiting = new Set<(view: LibraryView) => void>()
  const closing = new AbortController()
  let running: Promise<void> | undefined
  let isStale = false

  function show(next: ColumnView): void {
    view = next
    for (const tell of waiting) tell(next)
  }

  async function catchUp(): Promise<void> {
    while (isStale && !closing.signal.aborted) {
      isStale = false
      const startedMs = clock.nowMs()
      show(build())
      const pauseMs = Math.max(shortestPauseMs, (clock.nowMs() - startedMs) * pausePerBuild)
      if (isStale) await clock.until(clock.nowMs() + pauseMs, closing.signal).catch(() => {})
    }
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
    refresh() {
      isStale = true
      running ??= catchUp().finally(() => {
        running = undefined
      })
    },
    async settled() {
      await running
    },
    patch(songId, values) {
      const row = (view.columns.rowOfId[songId] ?? 0) - 1
      if (row < 0) return
      const numbers = { ...view.columns.numbers }
      for (const [name, value] of Object.entries(values) as [PatchedColumn, number][]) {
        numbers[name] = numbers[name].slice()
        numbers[name][row] = value
      }
      const columns: Columns = { ...view.columns, numbers, revision: readRevision(database) }
      show(new ColumnView(columns, readPlaylists(database), view))
    },
    close() {
      closing.abort()
    },
  }
}

/** Between two views while a scan writes: its batches are seen about once in this time. */
const shortestPauseMs = 250
/** A view that was slow to build is not built again at once: at most a tenth of the time is spent on it. */
const pausePerBuild = 9
