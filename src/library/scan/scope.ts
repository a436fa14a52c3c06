// The part of the library that a scan may be limited to: plain questions about paths.

import { dirname, relative, sep } from 'node:path'
import { endingOf, formatOfEnding } from '../formats.ts'

export interface ScanScope {
  /** Looked at with all that lies below them: folders or files, which may be gone. */
  readonly whole: readonly string[]
  /** Folders of which only the files in the very folder are looked at. */
  readonly shallow: readonly string[]
  /** Files that are being written at the moment: they stay as they are known. */
  readonly busy: readonly string[]
}

/** What a scan is asked to do; no scope: everything. */
export interface ScanRequest {
  readonly isFull: boolean
  readonly scope: ScanScope | undefined
}

/** It names music files, as when some have just come; not a look at folders that may find nothing. */
export function isForSongs(scope: ScanScope | undefined): boolean {
  return scope?.whole.some((path) => formatOfEnding[endingOf(path)] !== undefined) ?? false
}

export function isBelow(path: string, folder: string): boolean {
  return path === folder || path.startsWith(startOf(folder))
}

/** A file at this path would be met. */
export function isInScope(path: string, scope: ScanScope | undefined): boolean {
  if (scope === undefined) return true
  if (scope.busy.includes(path)) return false
  return folderAbove(scope.whole, path) !== undefined || scope.shallow.includes(dirname(path))
}

/** The music folder that a path is in. */
export function folderAbove(folders: readonly string[], path: string): string | undefined {
  return folders.find((folder) => isBelow(path, folder))
}

/** No scan goes there: something on the way begins with a dot. */
export function isHidden(path: string, folder: string): boolean {
  return relative(folder, path)
    .split(sep)
    .some((name) => name.startsWith('.'))
}

/** Paths below a folder are those from `from` up to but without `to`, by the order of their bytes. */
export function rangeBelow(folder: string): { from: string; to: string } {
  const from = startOf(folder)
  return { from, to: from.slice(0, -1) + String.fromCharCode(sep.charCodeAt(0) + 1) }
}

/** Who waits for `wanted` may as well wait for `done`. */
export function covers(done: ScanRequest, wanted: ScanRequest): boolean {
  if (wanted.isFull && !done.isFull) return false
  if (done.scope === undefined) return true
  if (wanted.scope === undefined || done.scope.busy.length > 0) return false
  const { whole } = done.scope
  return [...wanted.scope.whole, ...wanted.scope.shallow].every((path) => folderAbove(whole, path))
}

export function joined(one: ScanScope, other: ScanScope): ScanScope {
  const union = (a: readonly string[], b: readonly string[]) => [...new Set([...a, ...b])]
  return {
    whole: union(one.whole, other.whole),
    shallow: union(one.shallow, other.shallow),
    busy: union(one.busy, other.busy),
  }
}

/** What every path below a folder begins with. */
export function startOf(folder: string): string {
  return folder.endsWith(sep) ? folder : folder + sep
}
