// What has stirred in the folders, and when it is calm enough to be looked at. Plain values: the clock is handed in.

import { dirname } from 'node:path'
import type { ScanScope } from '../scan/scope.ts'

/** A path without news for so long is not written any more, as far as anyone can tell. */
const calmMs = 200
/** So long what is calm waits for what is not, so that an album copied in is few looks instead of many. */
const patienceMs = 500
/** Beyond this it is quicker to look at everything. */
const mostPaths = 20_000

export interface Stirred {
  /** Something has happened to an entry of a folder. */
  note(path: string, nowMs: number): void
  /** Something has happened in a folder, it is not known to what. */
  noteFolder(path: string, nowMs: number): void
  /** What is to be looked at now, and in how many ms to ask again, where there is more. */
  take(nowMs: number): { readonly scope?: ScanScope; readonly againMs?: number }
}

interface Note {
  readonly isFolder: boolean
  lastMs: number
}

/** `everything`: the music folders. */
export function stirredPaths(everything: readonly string[]): Stirred {
  let notes = new Map<string, Note>()
  let isTooMuch = false

  function add(path: string, isFolder: boolean, nowMs: number): void {
    const known = notes.get(path)
    if (known) known.lastMs = nowMs
    else if (notes.size < mostPaths) notes.set(path, { isFolder, lastMs: nowMs })
    else isTooMuch = true
  }

  return {
    note: (path, nowMs) => add(path, false, nowMs),
    noteFolder: (path, nowMs) => add(path, true, nowMs),
    take(nowMs) {
      if (notes.size === 0) return {}
      const all = [...notes]
      const calm = all.filter(([, { lastMs }]) => nowMs - lastMs >= calmMs)
      const busy = all.filter(([, { lastMs }]) => nowMs - lastMs < calmMs)
      const waitedMs = Math.max(0, ...calm.slice(0, 1000).map(([, { lastMs }]) => nowMs - lastMs))
      if (calm.length === 0 || (busy.length > 0 && waitedMs < patienceMs)) return { againMs: calmMs / 2 }
      notes = new Map(busy)
      const again = busy.length > 0 ? { againMs: calmMs } : {}
      if (isTooMuch) {
        isTooMuch = false
        return { scope: { whole: everything, shallow: [], busy: pathsOf(busy) }, ...again }
      }
      const entries = calm.filter(([, { isFolder }]) => !isFolder)
      const folders = calm.filter(([, { isFolder }]) => isFolder)
      const shallow = new Set([...pathsOf(folders), ...pathsOf(entries).map((path) => dirname(path))])
      return { scope: { whole: pathsOf(entries), shallow: [...shallow], busy: pathsOf(busy) }, ...again }
    },
  }
}

function pathsOf(notes: readonly (readonly [string, Note])[]): string[] {
  return notes.map(([path]) => path)
}
