// One host per data directory: an SQLite file held with an exclusive lock, which the system frees when its process
// dies, kill -9 included. Node has no file locks of its own.

import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { KnownError } from '../../errors.ts'
import { type Database, openSqlite } from '../../library/index.ts'
import { notWritten } from './private-files.ts'

/** DATA_LOCKED with the pid of the holder; DATA_NOT_WRITABLE; DISK_FULL. */
export function holdDirectory(path: string): { release(): void } {
  // The locked file cannot be read by others, so the pid stands beside it.
  const pidFile = join(path, 'lock.pid')
  const database = lockedDatabase(path, pidFile)
  try {
    writeFileSync(pidFile, `${process.pid}\n`, { mode: 0o600 })
  } catch (error) {
    database.close()
    throw notWritten(pidFile, error)
  }
  return {
    release() {
      rmSync(pidFile, { force: true })
      database.close()
    },
  }
}

function lockedDatabase(path: string, pidFile: string): Database {
  let database: Database | undefined
  try {
    database = openSqlite(join(path, 'lock.db'), { timeoutMs: 0 })
    database.execute('PRAGMA locking_mode=EXCLUSIVE')
    // The lock is taken by the first write and then kept.
    database.execute('CREATE TABLE IF NOT EXISTS held (pid INTEGER); DELETE FROM held')
    database.run('INSERT INTO held VALUES (?)', process.pid)
    return database
  } catch (error) {
    database?.close()
    if (error instanceof KnownError && error.code === 'DATA_LOCKED')
      throw new KnownError('DATA_LOCKED', { path, pid: holderOf(pidFile) }, error)
    throw notWritten(path, error)
  }
}

function holderOf(pidFile: string): number | undefined {
  try {
    return Number(readFileSync(pidFile, 'utf8')) || undefined
  } catch {
    return undefined // the holder is just starting or ending
  }
}
