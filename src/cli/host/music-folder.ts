// Which folder `tonearm host` serves when none was named: the user's music, else the sample album.

import { readdirSync, readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { extname, join } from 'node:path'
import { packageFolder } from '../version.ts'

/** Enough of a folder to know whether it holds audio; a larger one without any counts as having none. */
const entriesLookedAt = 5000
const commonEndings = new Set([
  '.mp3',
  '.m4a',
  '.flac',
  '.ogg',
  '.opus',
  '.wav',
  '.aif',
  '.aiff',
  '.wma',
  '.aac',
])

/** The folder to serve, and whether it is the sample. */
export function defaultFolder(environment: NodeJS.ProcessEnv): { path: string; isSample: boolean } {
  const music = userMusicFolder(environment)
  if (holdsAudio(music)) return { path: music, isSample: false }
  return { path: join(packageFolder, 'sample'), isSample: true }
}

/** As freedesktop's user-dirs names it, else `Music` in the home folder (macOS and Windows too). */
function userMusicFolder(environment: NodeJS.ProcessEnv): string {
  const home = environment['HOME'] ?? homedir()
  const named =
    environment['XDG_MUSIC_DIR'] ?? namedInUserDirs(environment['XDG_CONFIG_HOME'] ?? join(home, '.config'))
  return named?.replace(/^\$HOME(?=\/|$)/, home) ?? join(home, 'Music')
}

function namedInUserDirs(configFolder: string): string | undefined {
  try {
    return /^XDG_MUSIC_DIR="(.+)"$/m.exec(readFileSync(join(configFolder, 'user-dirs.dirs'), 'utf8'))?.[1]
  } catch {
    return undefined
  }
}

function holdsAudio(folder: string): boolean {
  const waiting = [folder]
  let left = entriesLookedAt
  for (let next = waiting.shift(); next !== undefined && left > 0; next = waiting.shift()) {
    for (const entry of listed(next)) {
      left -= 1
      if (entry.name.startsWith('.')) continue
      if (entry.isDirectory()) waiting.push(join(next, entry.name))
      else if (commonEndings.has(extname(entry.name).toLowerCase())) return true
    }
  }
  return false
}

function listed(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true })
  } catch {
    return [] // not there, or not ours to read
  }
}
