// What goes wrong in SQLite, as a person can read it. Source: sqlite.org/rescode.html

import { accessSync, constants } from 'node:fs'
import { type ErrorCode, KnownError } from '../errors.ts'

/** SQLITE_IOERR_SHMSIZE: no room for the index of the log. The only one that says more than its lower eight bits. */
const noRoomForIndex = 4874

const codes: Readonly<Record<number, ErrorCode>> = {
  5: 'DATA_LOCKED', // SQLITE_BUSY
  8: 'DATA_NOT_WRITABLE', // SQLITE_READONLY
  10: 'DATA_GONE', // SQLITE_IOERR
  11: 'DATA_DAMAGED', // SQLITE_CORRUPT
  13: 'DISK_FULL', // SQLITE_FULL
  26: 'DATA_DAMAGED', // SQLITE_NOTADB
}
const cannotOpen = 14 // SQLITE_CANTOPEN, whatever the reason

/** Does something with the database in this file; an error that a person can mend is told as such. */
export function asking<Result>(file: string, work: () => Result): Result {
  try {
    return work()
  } catch (error) {
    throw asKnown(error, file)
  }
}

/** The same, for rows that come one after the other. */
export function* askingRows<Row>(file: string, rows: () => Iterable<Row>): Generator<Row> {
  try {
    yield* rows()
  } catch (error) {
    throw asKnown(error, file)
  }
}

function asKnown(error: unknown, file: string): unknown {
  if (!(error instanceof Error && 'errcode' in error && typeof error.errcode === 'number')) return error
  const code = codeOf(error.errcode, file)
  return code === undefined ? error : new KnownError(code, { file, reason: error.message }, error)
}

function codeOf(errcode: number, file: string): ErrorCode | undefined {
  if (errcode === noRoomForIndex) return 'DISK_FULL'
  const primary = errcode & 0xff
  return primary === cannotOpen ? whyNotOpened(file) : codes[primary]
}

/** undefined where it is no fault of the file, as without a descriptor left. */
function whyNotOpened(file: string): ErrorCode | undefined {
  try {
    accessSync(file, constants.R_OK | constants.W_OK)
    return undefined
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'DATA_GONE' : 'DATA_NOT_WRITABLE'
  }
}
