// The music there is: scanning folders, tags, artwork, what is stored, sorted, found and what changed.
// Not here: what plays (player), how a song sounds (audio), DAAP's words for all of it (host/daap).

export { type Database, openSqlite, type SqlValue } from './database.ts'
export type * from './items.ts'
export type { LibraryOptions } from './library.ts'
export { migrate } from './migrate.ts'
export { loadLibrary, openLibrary } from './open-library.ts'
export type * from './questions.ts'
export type * from './scan-progress.ts'
export type * from './tables.ts'
export type * from './types.ts'
