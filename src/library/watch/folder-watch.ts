// The system's own watching of folders: what it tells is a hint, late, doubled or lost as it may be.

import { type FSWatcher, watch as systemWatch } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { isBelow } from '../scan/scope.ts'

/** Where the system itself watches all that lies below. Node's stand-in for Linux would watch every single file. */
const isRecursive = process.platform !== 'linux'
/**
 * Folders whose watching begins in one go, a third of a millisecond; then others have time, also those who send a long
 * list. What changes in a folder before its turn is found by who adds it.
 */
const addedAtOnce = 10
const pauseMs = 1

export interface FolderWatch {
  /** Watches these folders too, and tells of each that was not watched before. */
  add(folders: readonly string[], onAdded: (folder: string) => Promise<void>): Promise<void>
  isWatched(path: string): boolean
  /** Ends the watching of what is at or below a path, but for those to be kept. */
  drop(path: string, kept: ReadonlySet<string>): void
  close(): void
}

export interface FolderWatchOptions {
  /** Only these are watched where the system watches what is below by itself. */
  readonly musicFolders: readonly string[]
  readonly watch?: typeof systemWatch
  /** `name` is null when the system does not say which entry it is. */
  onStir(folder: string, name: string | null): void
  /** The system watches no more folders, or not this one. */
  onTrouble(folder: string, code: string): void
}

export function openFolderWatch(options: FolderWatchOptions): FolderWatch {
  const { musicFolders, watch = systemWatch, onStir, onTrouble } = options
  const watchers = new Map<string, FSWatcher>()
  let isClosed = false
  let isFull = false

  function fail(folder: string, error: unknown): void {
    watchers.get(folder)?.close()
    watchers.delete(folder)
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown'
    if (code === 'ENOSPC' || code === 'EMFILE') isFull = true
    if (code !== 'ENOENT' && code !== 'ENOTDIR') onTrouble(folder, code)
  }

  function start(folder: string): boolean {
    try {
      const watcher = watch(folder, { recursive: isRecursive, persistent: false }, (_, name) =>
        onStir(folder, name),
      )
      watcher.on('error', (error) => fail(folder, error))
      watchers.set(folder, watcher)
      return true
    } catch (error) {
      fail(folder, error)
      return false
    }
  }

  return {
    async add(folders, onAdded) {
      const wanted = isRecursive ? folders.filter((folder) => musicFolders.includes(folder)) : folders
      let added = 0
      for (const folder of wanted) {
        if (isClosed || isFull) break
        if (watchers.has(folder)) continue
        if (!start(folder)) continue
        await onAdded(folder)
        added += 1
        if (added % addedAtOnce === 0) await pause(pauseMs, undefined, { ref: false })
      }
    },
    isWatched: (path) =>
      watchers.has(path) || (isRecursive && musicFolders.some((folder) => isBelow(path, folder))),
    drop(path, kept) {
      for (const [folder, watcher] of watchers) {
        if (!isBelow(folder, path) || kept.has(folder)) continue
        watcher.close()
        watchers.delete(folder)
      }
    },
    close() {
      isClosed = true
      for (const watcher of watchers.values()) watcher.close()
      watchers.clear()
    },
  }
}
