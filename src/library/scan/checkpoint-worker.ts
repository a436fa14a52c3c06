// A thread that moves what a large scan has written from the log into the database file: that waits for the disk,
// and who answers remotes must not.

import { parentPort, workerData } from 'node:worker_threads'
import { setThreadPriority } from '../../thread-priority.ts'
import { openSqlite } from '../database.ts'

setThreadPriority('background')
const port = parentPort
if (port) {
  const database = openSqlite(workerData as string)
  port.on('message', () => database.get('PRAGMA wal_checkpoint(PASSIVE)'))
}
