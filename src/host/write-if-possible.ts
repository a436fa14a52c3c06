// Notes that are worth keeping, and not worth refusing anybody: when a remote was seen, when a stream was used.

import { KnownError } from '../errors.ts'

/** What hinders the database is told where something is lost by it; a note is just not kept. */
export function writeIfPossible(write: () => void): void {
  try {
    write()
  } catch (error) {
    if (!(error instanceof KnownError)) throw error
  }
}
