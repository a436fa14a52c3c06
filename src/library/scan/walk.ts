// Goes through the music folders, synchronously: it runs in a worker.

import { type Dirent, lstatSync, readdirSync, realpathSync, type Stats, statSync } from 'node:fs'
import { basename, dirname, relative, sep } from 'node:path'
import { endingOf, folderPicture, formatOfEnding, isPlaylistName } from '../formats.ts'
import type { FoundPlaylist } from '../playlists/files/messages.ts'
import type { ScanFailure } from '../scan-progress.ts'
import type { FilesOfFolder, FolderPicture, VisitedFolder } from './messages.ts'
import { isGone, isUnreadableName, whyUnreadable } from './reasons.ts'
import { folderAbove, isHidden, type ScanScope, startOf } from './scope.ts'

/** Deeper than any music folder; a bound for hostile trees. */
const deepestFolder = 64
/** Playlists beyond these are not looked at. */
const mostPlaylists = 5000

export interface Walk {
  readonly pictures: FolderPicture[]
  readonly failures: ScanFailure[]
  /** Folders (or links) that should be there and cannot be read: what is known below them is kept. */
  readonly unreachable: string[]
  /** Music folders with nothing in them at all, as an unplugged drive leaves its mount point. */
  readonly empty: string[]
  readonly playlists: FoundPlaylist[]
  readonly visited: VisitedFolder[]
}

/** Calls `onFiles` with each music file once, however many links lead to it. Files are not looked at, only their names. */
export function walk(
  folders: readonly string[],
  scope: ScanScope | undefined,
  onFiles: (files: FilesOfFolder) => void,
): Walk {
  const result: Walk = { pictures: [], failures: [], unreachable: [], empty: [], playlists: [], visited: [] }
  const seenFolders = new Set<string>()
  /** Real paths of files that were met by themselves: named in the scope, or through a link. */
  const seenAlone = new Set<string>()
  const seenPlaylists = new Set<string>()
  const busy = new Set(scope?.busy)
  // Links come last, so that a file is listed under its real place where that is in the library too.
  const links: { path: string; folder: string; depth: number }[] = []

  function fail(path: string, error: unknown): void {
    result.failures.push({ path, reason: whyUnreadable(error) })
    result.unreachable.push(path)
  }

  function visitFiles({ path, folder, names }: FilesOfFolder): void {
    const start = startOf(path)
    const isAllNew = seenAlone.size === 0 && busy.size === 0
    const wanted = isAllNew
      ? names
      : names.filter((name) => !seenAlone.has(start + name) && !busy.has(start + name))
    if (wanted.length > 0) onFiles({ path, folder, names: wanted })
  }

  /** A file that was not met in the folder it lies in, unless that has been gone through. */
  function visitAlone(path: string, realPath: string, folder: string): void {
    const name = basename(realPath)
    const isListedThere = isMusic(name) && !name.startsWith('.')
    if (seenAlone.has(realPath)) return
    if (isListedThere && seenFolders.has(identityOf(statSync(dirname(realPath))))) return
    visitFiles({ path: dirname(path), folder, names: [basename(path)] })
    seenAlone.add(realPath)
  }

  function visitPlaylist(path: string): void {
    if (seenPlaylists.has(path) || busy.has(path)) return
    seenPlaylists.add(path)
    const stats = statSync(path, { throwIfNoEntry: false })
    if (!stats?.isFile() || result.playlists.length >= mostPlaylists) return
    const { size, mtimeMs, ino } = stats
    result.playlists.push({ path, sizeBytes: size, mtimeMs: Math.floor(mtimeMs), inode: ino % 2 ** 52 })
  }

  function visitFolder(path: string, folder: string, depth: number, isShallow = false): void {
    if (depth > deepestFolder) return
    let entries: Dirent[]
    try {
      const stats = statSync(path)
      const identity = identityOf(stats)
      if (seenFolders.has(identity)) return
      seenFolders.add(identity)
      entries = readdirSync(path, { withFileTypes: true })
      result.visited.push({ path, device: stats.dev })
    } catch (error) {
      if (isUnreadableName(path))
        result.failures.push({
          path,
          reason: 'The name of this folder is not valid text (UTF-8). Rename it.',
        })
      else if (depth === 0 || !isGone(error)) fail(path, error)
      return
    }
    if (depth === 0 && entries.length === 0) result.empty.push(path)
    entries.sort((a, b) => (a.name < b.name ? -1 : 1))
    const picture = folderPicture(entries.filter((entry) => !entry.isDirectory()).map(({ name }) => name))
    if (picture !== undefined) result.pictures.push({ folder: path, name: picture })
    const shown = entries.filter(({ name }) => !name.startsWith('.'))
    const names = shown.filter((entry) => entry.isFile() && isMusic(entry.name)).map(({ name }) => name)
    visitFiles({ path, folder, names })
    const start = startOf(path)
    for (const entry of shown) {
      const inside = start + entry.name
      if (entry.isFile()) {
        if (isPlaylistName(entry.name)) visitPlaylist(inside)
      } else if (isShallow && !(entry.isSymbolicLink() && isMusic(entry.name))) continue
      else if (entry.isDirectory()) visitFolder(inside, folder, depth + 1)
      else if (entry.isSymbolicLink()) links.push({ path: inside, folder, depth: depth + 1 })
    }
  }

  function visitLink({ path, folder, depth }: (typeof links)[number]): void {
    try {
      const stats = statSync(path)
      // In a part of the library the real place may not be gone through, but it is listed all the same.
      if (scope && isListedElsewhere(realpathSync(path))) return
      if (stats.isDirectory()) visitFolder(path, folder, depth)
      else if (isMusic(path)) visitAlone(path, realpathSync(path), folder)
    } catch {
      // It points nowhere, or in a circle. Perhaps to a drive that is not connected: keep what is known there.
      result.unreachable.push(path)
    }
  }

  function isListedElsewhere(realPath: string): boolean {
    const folder = folderAbove(folders, realPath)
    return folder !== undefined && !isHidden(realPath, folder)
  }

  function visitPart({ whole, shallow }: ScanScope): void {
    // A music folder that is not there takes nothing with it.
    const gone = folders.filter((folder) => !isThere(folder))
    result.unreachable.push(...gone.filter((folder) => !whole.includes(folder)))
    const places = [...whole.map((path) => ({ path, isShallow: false })), ...shallow.map(shallowPlace)]
    for (const { path, isShallow } of places) {
      const folder = folderAbove(folders, path)
      if (folder === undefined || isHidden(path, folder)) continue
      if (path === folder) visitFolder(path, folder, 0, isShallow)
      else if (!gone.includes(folder)) visitPlace(path, folder, isShallow)
    }
  }

  function visitPlace(path: string, folder: string, isShallow: boolean): void {
    const depth = relative(folder, path).split(sep).length
    let stats: Stats | undefined
    try {
      stats = lstatSync(path, { throwIfNoEntry: false })
    } catch (error) {
      return fail(path, error)
    }
    if (stats?.isDirectory()) visitFolder(path, folder, depth, isShallow)
    else if (stats?.isSymbolicLink()) links.push({ path, folder, depth })
    else if (stats?.isFile() && isMusic(path)) visitAlone(path, path, folder)
    else if (stats?.isFile() && isPlaylistName(path)) visitPlaylist(path)
  }

  if (scope) visitPart(scope)
  else for (const folder of folders) visitFolder(folder, folder, 0)
  for (const link of links) visitLink(link) // grows while it runs: linked folders hold links too
  return result
}

function identityOf({ dev, ino }: Stats): string {
  return `${dev}:${ino}`
}

const shallowPlace = (path: string) => ({ path, isShallow: true })

/** Whether a file that was there is there no more, though the drive it was on still is. */
export function hasGone(path: string, folders: readonly string[]): boolean {
  const folder = folderAbove(folders, path)
  try {
    return folder !== undefined && lstatSync(path, { throwIfNoEntry: false }) === undefined && isThere(folder)
  } catch {
    return false
  }
}

/** Nor is an empty one, as an unplugged drive leaves it. */
function isThere(folder: string): boolean {
  try {
    return readdirSync(folder).length > 0
  } catch {
    return false
  }
}

function isMusic(name: string): boolean {
  return formatOfEnding[endingOf(name)] !== undefined
}
