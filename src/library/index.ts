export { type Database, openSqlite, type SqlValue } from './database.ts'
export { migrate } from './migrate.ts'
export type * from './types.ts'
