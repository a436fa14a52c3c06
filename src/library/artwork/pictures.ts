// Where a song's picture is, and its bytes: inside the file, or beside it in the folder.

import { readFile, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Database } from '../database.ts'
import type { Song } from '../items.ts'

/** Larger pictures are not looked at. */
const largestPictureBytes = 32 * 1024 * 1024

export interface PictureSource {
  /** Changes whenever the picture may have changed. */
  readonly identity: string
  /** Undefined when there is none after all. */
  read(): Promise<Uint8Array | undefined>
}

/** The places where a song's picture may be, best first. Nothing is read yet but the folder picture's date. */
export async function pictureSources(database: Database, song: Song): Promise<PictureSource[]> {
  const sources: PictureSource[] = []
  const row = database.get<{ has: number }>('SELECT has_picture AS has FROM songs WHERE id = ?', song.id)
  if (row?.has === 1)
    sources.push({
      identity: `inside ${song.path} ${song.sizeBytes} ${song.modifiedAt}`,
      read: () => readInside(song.path),
    })
  const folder = dirname(song.path)
  const picture = database.get<{ name: string }>('SELECT name FROM folder_pictures WHERE folder = ?', folder)
  if (picture) sources.push(...(await folderSource(join(folder, picture.name))))
  return sources
}

async function folderSource(path: string): Promise<PictureSource[]> {
  try {
    const { size, mtimeMs } = await stat(path)
    if (size > largestPictureBytes) return []
    return [{ identity: `beside ${path} ${size} ${mtimeMs}`, read: () => readFile(path) }]
  } catch {
    return [] // it was there at the last scan
  }
}

async function readInside(path: string): Promise<Uint8Array | undefined> {
  const { parseFile, selectCover } = await import('music-metadata')
  const { common } = await parseFile(path, { duration: false })
  const data = selectCover(common.picture)?.data
  return data !== undefined && data.length <= largestPictureBytes ? data : undefined
}
