// How the command line finds the host of a data directory, and proves that it is its owner. Loads nothing of the host:
// every short command begins here.

import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { readText } from './data/private-files.ts'

export interface RunningHost {
  readonly pid: number
  readonly url: string
  readonly port: number
  readonly name: string
}

/** `--data`, TONEARM_DATA, else the platform's place for such data. */
export function dataDirectoryPath(
  flag: string | undefined,
  environment: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
): string {
  const told = flag || environment['TONEARM_DATA']
  if (told) return resolve(told)
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Tonearm')
  if (platform === 'win32')
    return join(environment['LOCALAPPDATA'] || join(homedir(), 'AppData', 'Local'), 'Tonearm')
  return join(environment['XDG_DATA_HOME'] || join(homedir(), '.local', 'share'), 'tonearm')
}

/** The owner token, for the command line; undefined when no host ever used the directory. */
export function readOwnerToken(path: string): string | undefined {
  return readText(join(path, 'owner-token'))
}

/** The host that runs on this directory, as it said; undefined when none does. It may have died since. */
export function readRunningHost(path: string): RunningHost | undefined {
  const text = readText(join(path, 'running.json'))
  if (text === undefined) return undefined
  try {
    return JSON.parse(text) as RunningHost
  } catch {
    return undefined // written at this moment, or damaged: as good as absent
  }
}
