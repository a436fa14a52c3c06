// The folders in a folder of this machine, for an owner who chooses one with music.

import { readdirSync, type Stats, statSync } from 'node:fs'
import { isAbsolute, join, resolve } from 'node:path'
import { KnownError } from '../../errors.ts'

const mostNames = 500

/** FOLDER_MISSING. */
export function foldersInside(path: string): { path: string; names: string[] } {
  if (!isAbsolute(path))
    throw new KnownError('FOLDER_MISSING', { folder: path, problem: 'the path is not absolute' })
  const folder = resolve(path)
  const names = namesIn(folder)
    .filter((name) => !name.startsWith('.') && found(join(folder, name))?.isDirectory())
    .toSorted((one, other) => one.localeCompare(other, undefined, { numeric: true }))
    .slice(0, mostNames)
  return { path: folder, names }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch (error) {
    throw new KnownError('FOLDER_MISSING', { folder }, error)
  }
}

/** Undefined for a link that leads nowhere, too. */
function found(path: string): Stats | undefined {
  try {
    return statSync(path)
  } catch {
    return undefined
  }
}
