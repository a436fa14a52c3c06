// The thread that builds columns of a large library, so that collating does not hold up anybody's request.

import { parentPort, workerData } from 'node:worker_threads'
import { openSqlite } from '../database.ts'
import { type BuildOptions, nextColumns } from './build.ts'
import type { Columns } from './columns.ts'
import { type SnapshotKind, writeSnapshot } from './snapshot.ts'

export interface BuildOrder extends BuildOptions {
  readonly databaseFile: string
}

export type Task =
  | { readonly task: 'next'; readonly before: Columns | undefined }
  | {
      readonly task: 'save'
      readonly file: string
      readonly columns: Columns
      readonly kind: SnapshotKind
    }

const order = workerData as BuildOrder | undefined
if (parentPort !== null && order !== undefined) {
  const port = parentPort
  const database = openSqlite(order.databaseFile, { isReadOnly: true })
  port.on('message', (message: Task) => {
    if (message.task === 'next') port.postMessage(nextColumns(database, message.before, order))
    else {
      writeSnapshot(message.file, message.columns, message.kind)
      port.postMessage(undefined)
    }
  })
}
