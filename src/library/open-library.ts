// The door of the library: what was kept is read while the room behind it is loaded.

import { readAhead, snapshotFile } from './columns/snapshot-ahead.ts'
import type { LibraryOptions } from './library.ts'
import type { Library } from './types.ts'

/** Opens what is known; `scan()` brings it up to date. */
export async function openLibrary(options: LibraryOptions): Promise<Library> {
  const databaseFile = options.database.get<{ file: string }>('PRAGMA database_list')?.file ?? ''
  const snapshot = databaseFile === '' ? undefined : readAhead(snapshotFile(databaseFile))
  const { assembleLibrary } = await import('./library.ts')
  return assembleLibrary(options, { databaseFile, snapshot })
}
