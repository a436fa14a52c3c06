// The door of the library: what was kept comes from the disk while the room behind it is loaded.

import { othersFirst } from '../others-first.ts'
import type { LibraryOptions } from './library.ts'
import type { Library } from './types.ts'

/** Opens what is known; `scan()` brings it up to date. */
export async function openLibrary(options: LibraryOptions): Promise<Library> {
  const { readSnapshot, snapshotFile } = await import('./columns/snapshot.ts')
  const databaseFile = options.database.get<{ file: string }>('PRAGMA database_list')?.file ?? ''
  const snapshot = databaseFile === '' ? undefined : readSnapshot(snapshotFile(databaseFile))
  await othersFirst()
  await loadLibrary()
  const { assembleLibrary } = await import('./library.ts')
  return assembleLibrary(options, { databaseFile, snapshot })
}

/** So that it is there when the library is opened. Nobody is heard while files are being loaded: so a part at a time. */
export async function loadLibrary(): Promise<void> {
  for (const load of [
    () => import('./columns/search.ts'),
    () => import('./columns/view.ts'),
    () => import('./playlists/book.ts'),
    () => import('./scan/scans.ts'),
    () => import('./library.ts'),
  ]) {
    await load()
    await othersFirst()
  }
}
