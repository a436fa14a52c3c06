// Whether this machine has ffmpeg: then what we do not decode ourselves is played through it.

import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

const names = process.platform === 'win32' ? ['ffmpeg.exe'] : ['ffmpeg']

let found: { readonly path: string | undefined } | undefined

/** Its path; looked for once in the life of the process. */
export function findFfmpeg(): string | undefined {
  found ??= { path: lookFor(process.env['PATH'] ?? '') }
  return found.path
}

function lookFor(path: string): string | undefined {
  return path
    .split(delimiter)
    .filter((folder) => folder !== '') // the folder one stands in: never
    .flatMap((folder) => names.map((name) => join(folder, name)))
    .find(isExecutable)
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
