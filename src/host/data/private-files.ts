// Small files of the data directory: readable by its user only, whole at every moment.

import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { KnownError } from '../../errors.ts'

/** The text without the last line's end; undefined when there is no such file or it is empty. */
export function readText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8').trim() || undefined
  } catch (error) {
    if (isMissing(error)) return undefined
    throw new KnownError('DATA_NOT_WRITABLE', { path: file, reason: reasonOf(error) }, error)
  }
}

function isMissing(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ENOENT'
}

export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

/** DISK_FULL, else DATA_NOT_WRITABLE with the reason. */
export function notWritten(path: string, error: unknown): KnownError {
  if (error instanceof KnownError) return error
  const isFull = ['ENOSPC', 'EDQUOT'].includes((error as NodeJS.ErrnoException).code ?? '')
  if (isFull) return new KnownError('DISK_FULL', { path }, error)
  return new KnownError('DATA_NOT_WRITABLE', { path, reason: reasonOf(error) }, error)
}

/** A reader sees the old text or the new one, never half of it. */
export function writeAtomically(file: string, text: string): void {
  const next = `${file}.next`
  try {
    writeFileSync(next, text, { mode: 0o600, flush: true })
    renameSync(next, file)
  } catch (error) {
    throw notWritten(file, error)
  }
}
