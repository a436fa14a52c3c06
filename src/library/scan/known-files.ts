import type { Database } from '../database.ts'
import type { KnownFile } from './messages.ts'

/** Every file that was there at the last scan, in one go. */
export function knownFiles(database: Database): KnownFile[] {
  return database.all<KnownFile>(
    `SELECT id, path, size_bytes AS sizeBytes, mtime_ms AS mtimeMs, inode, reader_version AS readerVersion
     FROM files WHERE path IS NOT NULL`,
  )
}
