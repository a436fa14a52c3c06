// Which folders hold the music: as they were named at the start, and as the owner chooses them while the host runs.

import { accessSync, constants, readFileSync, renameSync, type Stats, statSync, writeFileSync } from 'node:fs'
import { isAbsolute, resolve } from 'node:path'
import { KnownError } from '../../errors.ts'
import type { FolderChoice } from '../../host/index.ts'
import { defaultFolder } from './music-folder.ts'

/** FOLDER_MISSING. */
export function musicFolders(
  named: readonly string[] = [],
  environment: NodeJS.ProcessEnv,
): { folders: readonly string[]; isSample: boolean } {
  for (const folder of named) requireFolder(folder)
  if (named.length > 0)
    return { folders: [...new Set(named.map((folder) => resolve(folder)))], isSample: false }
  const { path, isSample } = defaultFolder(environment)
  return { folders: [path], isSample }
}

function requireFolder(folder: string): void {
  const path = resolve(folder)
  if (!lookAt(path).isDirectory())
    throw new KnownError('FOLDER_MISSING', { folder: path, problem: 'it is a file' })
  try {
    accessSync(path, constants.R_OK | constants.X_OK)
  } catch (error) {
    throw new KnownError('FOLDER_MISSING', { folder: path, problem: 'it may not be read by you' }, error)
  }
}

function lookAt(path: string): Stats {
  try {
    return statSync(path)
  } catch (error) {
    throw new KnownError('FOLDER_MISSING', { folder: path }, error) // not there, or no path at all
  }
}

/** `file`: the configuration file, which need not be there yet. `atStart`: what comes before it. */
export function folderChoiceIn(
  file: string,
  atStart: readonly string[] | undefined,
  environment: NodeJS.ProcessEnv,
): FolderChoice {
  return {
    areNamedAtStart: atStart !== undefined && atStart.length > 0,
    async change(wanted) {
      const relative = wanted.find((folder) => !isAbsolute(folder))
      if (relative !== undefined)
        throw new KnownError('FOLDER_MISSING', { folder: relative, problem: 'the path is not absolute' })
      const { folders } = musicFolders(wanted, environment)
      const { withFolders } = await import('./config-file.ts')
      write(file, withFolders(textOf(file), wanted.length > 0 ? folders : [], file))
      return folders
    },
  }
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return ''
    throw new KnownError('BAD_SETTING', { where: file, problem: 'the file cannot be read' }, error)
  }
}

/** Whole at every moment. */
function write(file: string, text: string): void {
  try {
    writeFileSync(`${file}.next`, text, { mode: 0o600, flush: true })
    renameSync(`${file}.next`, file)
  } catch (error) {
    throw new KnownError('BAD_SETTING', { where: file, problem: 'the file cannot be written' }, error)
  }
}
