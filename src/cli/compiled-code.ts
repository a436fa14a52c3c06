// What Node has compiled is kept for the next run (main.js), and every version of it and of us leaves its own: what no
// run has read for long goes. A cache, so what fails here is only not cleared.

import { readdirSync, rmdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { getCompileCacheDir } from 'node:module'
import { dirname, join } from 'node:path'

const dayMs = 86_400_000
/** Systems note at least once a day that a file was read; those that never do have it compiled anew this often. */
const unusedMs = 60 * dayMs
/** Looking at all takes some 30 ms. */
const betweenMs = 30 * dayMs

/** Our own folder; undefined where the user chose another one for all programs. */
export function compiledFolder(): string | undefined {
  const folder = dirname(getCompileCacheDir() ?? '')
  return folder.endsWith(join('tonearm', 'compiled')) ? folder : undefined
}

/** Does nothing when it was done in the last month. */
export function clearCompiled(folder: string, nowMs: number): void {
  try {
    const mark = join(folder, 'cleared')
    if (nowMs - (statSync(mark, { throwIfNoEntry: false })?.mtimeMs ?? 0) < betweenMs) return
    writeFileSync(mark, '') // first, so that of several commands at once one does it
    for (const entry of readdirSync(folder, { withFileTypes: true }))
      if (entry.isDirectory()) clearVersion(join(folder, entry.name), nowMs)
  } catch {
    // another user's, or read only
  }
}

function clearVersion(folder: string, nowMs: number): void {
  const names = readdirSync(folder)
  const old = names.map((name) => join(folder, name)).filter((file) => isOld(file, nowMs))
  for (const file of old) rmSync(file, { force: true })
  if (old.length === names.length) rmdirSync(folder)
}

function isOld(file: string, nowMs: number): boolean {
  const stats = statSync(file, { throwIfNoEntry: false })
  return stats !== undefined && nowMs - Math.max(stats.atimeMs, stats.mtimeMs) > unusedMs
}
