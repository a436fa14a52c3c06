// Notices that something below the music folders has changed. What exactly is the scan's to find out: the system's
// news are a hint, late, doubled or lost as they may be. Linked folders are not watched.

import { type FSWatcher, watch } from 'node:fs'
import { lstat, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Log } from '../log.ts'

/** A copied album is many files: so long after the first news comes the scan. */
const calmMs = 1000
/** Of watched folders: the system has a limit for all programs together (inotify, often 8192). */
const mostFolders = 5000
/** Where the system itself watches all that lies below. Node's stand-in for Linux would watch every single file. */
const isRecursive = process.platform !== 'linux'

export interface FolderWatch {
  close(): void
}

export interface FolderWatchOptions {
  readonly folders: readonly string[]
  readonly log: Log
  /** Never called twice at once: what changes meanwhile is told after it. */
  onChange(): Promise<unknown>
}

/** Resolves once all is watched. What cannot be is logged, and seen by the next scan as ever. */
export async function watchFolders({ folders, log, onChange }: FolderWatchOptions): Promise<FolderWatch> {
  const hints = coalesced(onChange, log)
  const watchers = new Map<string, FSWatcher>()
  let isClosed = false
  let isFull = false

  function cannot(path: string, error: unknown): void {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOSPC' || code === 'EMFILE') isFull = true
    log.warn('Changes in this folder are seen at the next start: it cannot be watched.', {
      path,
      reason: code ?? String(error),
    })
  }

  /** The folder and those below it. Told again of one, it is watched anew: another may have its name now. */
  async function watchBelow(path: string): Promise<void> {
    watchers.get(path)?.close()
    watchers.delete(path)
    if (isClosed || isFull) return
    if (watchers.size >= mostFolders) return cannot(path, { code: 'EMFILE' })
    const watcher = watch(path, { recursive: isRecursive, persistent: false }, (event, name) => {
      hints.hint()
      if (event === 'rename' && name && !isRecursive) void watchNew(join(path, name))
    })
    watchers.set(
      path,
      watcher.on('error', (error) => cannot(path, error)),
    )
    if (isRecursive) return
    // After the watch has begun, so that none made meanwhile is missed.
    for (const entry of await readdir(path, { withFileTypes: true }))
      if (entry.isDirectory() && !entry.name.startsWith('.')) await watchOrSay(join(path, entry.name))
  }

  /** What has appeared may be a folder or a file, and may be gone already. */
  async function watchNew(path: string): Promise<void> {
    const isFolder = await lstat(path)
      .then((stats) => stats.isDirectory())
      .catch(() => false)
    if (isFolder) await watchOrSay(path)
  }

  async function watchOrSay(path: string): Promise<void> {
    await watchBelow(path).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT' || folders.includes(path)) cannot(path, error)
    })
  }

  await Promise.all(folders.map(watchOrSay))
  return {
    close() {
      isClosed = true
      hints.close()
      for (const watcher of watchers.values()) watcher.close()
    },
  }
}

function coalesced(onChange: () => Promise<unknown>, log: Log) {
  let timer: NodeJS.Timeout | undefined
  let isClosed = false
  let isTelling = false
  let isChanged = false

  function hint(): void {
    isChanged = true
    if (isClosed || isTelling || timer) return
    timer = setTimeout(() => void tell(), calmMs).unref()
  }

  async function tell(): Promise<void> {
    timer = undefined
    isTelling = true
    isChanged = false
    try {
      await onChange()
    } catch (error) {
      log.error('a change in the music folders could not be followed', { error })
    }
    isTelling = false
    if (isChanged) hint()
  }

  return {
    hint,
    close() {
      isClosed = true
      clearTimeout(timer)
    },
  }
}
