// The thread that builds columns of a large library, so that collating does not hold up anybody's request.

import { parentPort, workerData } from 'node:worker_threads'
import { openSqlite } from '../database.ts'
import { type BuildOptions, buildColumns } from './build.ts'

export interface BuildOrder extends BuildOptions {
  readonly databaseFile: string
}

const order = workerData as BuildOrder | undefined
if (parentPort !== null && order !== undefined) {
  const port = parentPort
  const database = openSqlite(order.databaseFile, { isReadOnly: true })
  port.on('message', () => port.postMessage(buildColumns(database, order)))
}
