// The thread that reads playlist files: a long one takes its time, and nobody waits for it.

import { parentPort, workerData } from 'node:worker_threads'
import { setThreadPriority } from '../../../thread-priority.ts'
import { openSqlite } from '../../database.ts'
import { mostEntries } from '../entries.ts'
import type { ReadOrder, ReadPlaylist } from './messages.ts'
import { readPlaylist } from './read-playlist.ts'
import { type SongPlaces, songFinder } from './song-finder.ts'

/** In all files together, which are kept in memory. */
const mostEntriesInAll = 500_000

function main({ playlists, songs }: ReadOrder, post: (read: ReadPlaylist) => void): void {
  const { places, close } = typeof songs === 'string' ? placesInDatabase(songs) : placesInMemory(songs)
  try {
    const findSong = songFinder(places)
    let left = mostEntriesInAll
    for (const found of playlists) {
      const read = readPlaylist(found, findSong, Math.min(left, mostEntries))
      left -= read.songs.length / 2
      post(read)
    }
  } finally {
    close()
  }
}

const listed = 'path IS NOT NULL AND song_id IS NOT NULL AND failure IS NULL AND missing_since IS NULL'

function placesInDatabase(file: string): { places: SongPlaces; close(): void } {
  const database = openSqlite(file, { isReadOnly: true })
  const places: SongPlaces = {
    at: (path) =>
      database.get<{ id: number }>(`SELECT song_id AS id FROM files WHERE path = ? AND ${listed}`, path)?.id,
    all: () =>
      database.rows(
        `SELECT path, song_id FROM files WHERE ${listed} ORDER BY path`,
      ) as Iterable<unknown> as Iterable<[string, number]>,
  }
  return { places, close: () => database.close() }
}

function placesInMemory(songs: readonly (readonly [path: string, songId: number])[]) {
  const byPath = new Map(songs)
  const places: SongPlaces = { at: (path) => byPath.get(path), all: () => songs }
  return { places, close() {} }
}

setThreadPriority('background')
const port = parentPort
if (port) main(workerData as ReadOrder, (read) => port.postMessage(read))
