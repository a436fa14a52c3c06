// A process that scans a music folder until it is done or killed: node scan-child.ts DATA FOLDER

import { join } from 'node:path'
import { systemClock } from '../../src/clock.ts'
import { openLibrary, openSqlite } from '../../src/library/index.ts'
import { silentLog } from '../../src/log.ts'

const [dataDirectory = '', folder = ''] = process.argv.slice(2)
const database = openSqlite(join(dataDirectory, 'library.db'))
const library = await openLibrary({
  database,
  folders: [folder],
  dataDirectory,
  log: silentLog,
  clock: systemClock,
})
library.onProgress(({ filesRead }) => console.log(filesRead))
await library.scan()
await library.close()
database.close()
