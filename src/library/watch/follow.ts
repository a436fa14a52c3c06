// The library follows its folders: what stirs is looked at when it is calm, what cannot be watched is looked at
// now and then, and so is everything, as the system may have lost a word.

import { statSync, type watch as systemWatch } from 'node:fs'
import { lstat, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Clock } from '../../clock.ts'
import { KnownError } from '../../errors.ts'
import type { Log } from '../../log.ts'
import { endingOf, folderPicture, formatOfEnding, isPlaylistName } from '../formats.ts'
import type { Walked } from '../scan/scan.ts'
import type { Scans } from '../scan/scans.ts'
import { isHidden, type ScanRequest, type ScanScope } from '../scan/scope.ts'
import { openFolderWatch } from './folder-watch.ts'
import { isOnNetwork } from './network-folder.ts'
import { stirredPaths } from './stirred.ts'

/** How often what, in ms. */
export interface Rhythm {
  /** Folders without news from the system. */
  readonly pollMs: number
  /** Whether the music folders are there, or are others: drives come and go. */
  readonly heartbeatMs: number
  /** Everything. */
  readonly rescanMs: number
}

const ordinaryRhythm: Rhythm = { pollMs: 60_000, heartbeatMs: 2000, rescanMs: 3_600_000 }
/** A poll that takes long comes more rarely: a twentieth of the time is spent on it. */
const restPerPoll = 20
/** A file that may be half written is looked at again so much later. */
const unsettledMs = 2000
/** Clocks of file systems are coarse: a folder changed so much before a walk may have been changed after it. */
const coarseMs = 1000

export interface FollowOptions {
  readonly folders: readonly string[]
  readonly scans: Scans
  readonly clock: Clock
  readonly log: Log
  readonly rhythm?: Partial<Rhythm> | undefined
  readonly watch?: typeof systemWatch | undefined
}

export interface Follower {
  close(): void
}

export function follow({ folders, scans, clock, log, rhythm, watch }: FollowOptions): Follower {
  const { pollMs, heartbeatMs, rescanMs } = { ...ordinaryRhythm, ...rhythm }
  const closing = new AbortController()
  const stirred = stirredPaths(folders)
  const polled = new Set<string>()
  const knownDevices = new Set<number>()
  const watching = openFolderWatch({
    musicFolders: folders,
    ...(watch && { watch }),
    onStir: (folder, name) => void hint(folder, name),
    onTrouble: cannotWatch,
  })
  let timer: NodeJS.Timeout | undefined
  let isLooking = false

  function cannotWatch(folder: string, code: string): void {
    const isNews = polled.size === 0
    for (const musicFolder of folders) polled.add(musicFolder)
    if (!isNews) return
    const isLimit = code === 'ENOSPC' || code === 'EMFILE'
    log.warn(
      'The system cannot tell all changes in the music folders: they are looked through each minute.',
      {
        folder,
        reason: code,
        ...(isLimit && { try: 'raise the limit fs.inotify.max_user_watches' }),
      },
    )
  }

  // --- what stirs

  async function hint(folder: string, name: string | null): Promise<void> {
    if (name === null) stirred.noteFolder(folder, clock.nowMs())
    else {
      const path = join(folder, name)
      const nowMs = clock.nowMs()
      if (isHidden(path, folder)) return
      if (isSong(name)) scans.expect()
      else if (!isOfInterest(name) && !watching.isWatched(path) && !(await isFolder(path))) return
      stirred.note(path, nowMs)
    }
    lookSoon(0)
  }

  function lookSoon(ms: number): void {
    if (closing.signal.aborted || isLooking) return
    timer ??= setTimeout(() => void lookAtStirred(), ms).unref()
  }

  async function lookAtStirred(): Promise<void> {
    timer = undefined
    const { scope, againMs } = stirred.take(clock.nowMs())
    if (scope) {
      isLooking = true
      await look(scope)
      isLooking = false
    }
    const next = againMs ?? (scope && 0) // more may have stirred meanwhile
    if (next !== undefined) lookSoon(next)
  }

  async function look(scope: ScanScope): Promise<void> {
    try {
      await scans.look(scope)
    } catch (error) {
      if (error instanceof KnownError) return // it was called off, or is told already
      log.error('a change in the music folders could not be followed', { error })
    }
  }

  const lookAtWhole = (paths: readonly string[]) => look({ whole: paths, shallow: [], busy: [] })

  // --- what is watched

  async function cover({ folders: visited, beganWallMs }: Walked, { scope }: ScanRequest): Promise<void> {
    const paths = visited.map(({ path }) => path)
    const kept = new Set(paths)
    for (const path of scope?.whole ?? folders) watching.drop(path, kept)
    for (const { path, device } of visited) {
      if (knownDevices.has(device)) continue
      knownDevices.add(device)
      if (await isOnNetwork(path)) polled.add(path)
    }
    // In the very moment between the walk and the watch something may have come: another look.
    await watching.add(paths, async (path) => {
      if ((await changedAtMs(path)) >= beganWallMs - coarseMs) stirred.note(path, clock.nowMs())
    })
    lookSoon(0)
  }

  /** A share that hangs must hold up nobody; a disk of this machine answers before a promise would be made. */
  function changedAtMs(path: string): number | Promise<number> {
    if (polled.size > 0) return stat(path).then(mtimeOf, () => 0)
    try {
      return mtimeOf(statSync(path))
    } catch {
      return 0
    }
  }

  function lookAgain(paths: readonly string[], { scope }: ScanRequest): void {
    const isWatched = scope !== undefined && polled.size === 0 // then it is told when it is written on
    if (isWatched) return
    const later = clock.until(clock.nowMs() + unsettledMs, closing.signal)
    later.then(
      () => {
        for (const path of paths) stirred.note(path, clock.nowMs())
        lookSoon(0)
      },
      () => {},
    )
  }

  // --- what is looked at again and again

  async function repeat(ms: number, work: () => Promise<number | undefined>): Promise<void> {
    let pauseMs = ms
    while (!closing.signal.aborted) {
      const isOver = await clock.until(clock.nowMs() + pauseMs, closing.signal).then(
        () => false,
        () => true,
      )
      if (isOver) return
      pauseMs = (await work()) ?? ms
    }
  }

  async function poll(): Promise<number> {
    const startedMs = clock.nowMs()
    if (polled.size > 0) await lookAtWhole([...polled])
    return Math.max(pollMs, (clock.nowMs() - startedMs) * restPerPoll)
  }

  const identities = new Map<string, string>()
  async function feelPulse(): Promise<undefined> {
    for (const folder of folders) {
      const now = await identityOf(folder)
      const before = identities.get(folder)
      identities.set(folder, now)
      if (before === undefined || before === now) continue
      watching.drop(folder, new Set())
      await lookAtWhole([folder])
    }
  }

  async function rescan(): Promise<undefined> {
    await scans.scan().catch((error: unknown) => {
      if (!(error instanceof KnownError)) log.error('the library could not be looked through', { error })
    })
  }

  scans.onWalked((walked, request) => {
    cover(walked, request).catch((error: unknown) => log.error('folders could not be watched', { error }))
  })
  scans.onUnsettled(lookAgain)
  void repeat(pollMs, poll)
  void feelPulse().then(() => repeat(heartbeatMs, feelPulse))
  void repeat(rescanMs, rescan)

  return {
    close() {
      closing.abort()
      clearTimeout(timer)
      watching.close()
    },
  }
}

const mtimeOf = ({ mtimeMs }: { mtimeMs: number }) => mtimeMs

function isSong(name: string): boolean {
  return formatOfEnding[endingOf(name)] !== undefined
}

function isOfInterest(name: string): boolean {
  return isPlaylistName(name) || folderPicture([name]) !== undefined
}

/** A link may lead to one. */
async function isFolder(path: string): Promise<boolean> {
  const stats = await lstat(path).catch(() => undefined)
  return stats !== undefined && !stats.isFile()
}

async function identityOf(folder: string): Promise<string> {
  const stats = await stat(folder).catch(() => undefined)
  return stats ? `${stats.dev}:${stats.ino}` : 'missing'
}
