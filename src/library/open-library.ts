// The door of the library: what was kept comes from the disk while the room behind it is loaded.

import { readSnapshot, snapshotFile } from './columns/snapshot.ts'
import type { LibraryOptions } from './library.ts'
import type { Library } from './types.ts'

/** Opens what is known; `scan()` brings it up to date. */
export async function openLibrary(options: LibraryOptions): Promise<Library> {
  const databaseFile = options.database.get<{ file: string }>('PRAGMA database_list')?.file ?? ''
  const snapshot = databaseFile === '' ? undefined : readSnapshot(snapshotFile(databaseFile))
  const { assembleLibrary } = await import('./library.ts')
  return assembleLibrary(options, { databaseFile, snapshot })
}
