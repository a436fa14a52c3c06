// One playlist file from its bytes to the songs of the library that it means.

import { hash } from 'node:crypto'
import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { endingOf } from '../../formats.ts'
import { mostEntries } from '../entries.ts'
import { nameIn } from '../playlist-name.ts'
import type { FoundPlaylist, ReadPlaylist } from './messages.ts'
import { parsePlaylist } from './parse.ts'
import { playlistText } from './playlist-text.ts'
import { meaningOf } from './reference.ts'
import type { FindSong } from './song-finder.ts'

const largestFileBytes = 16 * 1024 * 1024

/** Never throws: what is wrong is said in `failure`. `most` songs are taken. */
export function readPlaylist(found: FoundPlaylist, findSong: FindSong, most = mostEntries): ReadPlaylist {
  const nothing = {
    found,
    contentHash: '',
    name: fileName(found.path),
    songs: new Uint32Array(),
    unresolved: 0,
  }
  try {
    const bytes = readWhole(found.path)
    const contentHash = hash('sha1', bytes)
    return { ...nothing, contentHash, ...songsIn(bytes, found.path, findSong, most) }
  } catch (error) {
    return { ...nothing, failure: sentence(error) }
  }
}

/** Any size may stand in a directory: what is read is bounded by the buffer. */
function readWhole(path: string): Uint8Array {
  const file = openSync(path, 'r')
  try {
    const { size } = fstatSync(file)
    if (size > largestFileBytes) throw new Error('It is larger than 16 MB, which no playlist is.')
    const bytes = Buffer.alloc(size)
    let length = 0
    for (let read = -1; read !== 0 && length < size; length += read)
      read = readSync(file, bytes, length, size - length, length)
    return bytes.subarray(0, length)
  } finally {
    closeSync(file)
  }
}

function songsIn(bytes: Uint8Array, path: string, findSong: FindSong, most: number) {
  const { title, references, isCut } = parsePlaylist(path, playlistText(bytes))
  const folder = dirname(path)
  const songs: number[] = []
  let unresolved = 0
  let isFull = isCut
  for (const [index, alternatives] of references.entries()) {
    if (songs.length >= most * 2) {
      isFull = true
      break
    }
    const songId = firstFound(alternatives, (reference) => findSong(meaningOf(reference, folder)))
    if (songId === undefined) unresolved += 1
    else songs.push(index + 1, songId)
  }
  const failure = isFull
    ? 'It is longer than a playlist can be here; the rest of it is left out.'
    : songs.length === 0 && unresolved > 0
      ? 'None of the songs that it names is in the library.'
      : null
  return { name: nameIn(title) ?? fileName(path), songs: Uint32Array.from(songs), unresolved, failure }
}

function firstFound<Item, Result>(items: readonly Item[], find: (item: Item) => Result | undefined) {
  for (const item of items) {
    const found = find(item)
    if (found !== undefined) return found
  }
  return undefined
}

/** Without its ending. */
function fileName(path: string): string {
  const name = basename(path)
  return nameIn(name.slice(0, -endingOf(name).length - 1).slice(0, 255)) ?? 'Playlist'
}

function sentence(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException
  if (code === 'EACCES' || code === 'EPERM') return 'You do not have the right to read this playlist.'
  return code === undefined ? message : `This playlist cannot be read (${code}).`
}
