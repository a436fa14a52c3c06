// What a file's place says about it when its tags say nothing.

import { basename, dirname, relative, sep } from 'node:path'
import { endingOf } from '../formats.ts'

export interface NameFacts {
  readonly title: string
  readonly artist: string
  readonly album: string
  readonly trackNumber: number
  readonly discNumber: number
}

const leadingNumber = /^(?:(\d)-)?(\d{1,3})\s*[-._)]?\s+(?=\S)/
const discFolder = /^(?:cd|dis[ck])\s*(\d{1,2})$/i

/** Title without a leading track number; artist and album only from the layout Artist/Album/song. */
export function factsOfName(path: string, musicFolder: string): NameFacts {
  const name = basename(path)
  const ending = endingOf(name)
  const stem = (ending === '' ? name : name.slice(0, -ending.length - 1)).replaceAll('_', ' ').trim()
  const numbers = leadingNumber.exec(stem)
  const folders = dirname(relative(musicFolder, path)).split(sep)
  const disc = discFolder.exec(folders.at(-1) ?? '')
  if (disc) folders.pop()
  const [artist = '', album = ''] = folders.length >= 2 ? folders.slice(-2) : []
  return {
    title: numbers ? stem.slice(numbers[0].length) : stem,
    artist,
    album,
    trackNumber: Number(numbers?.[2] ?? 0),
    discNumber: Number(disc?.[1] ?? numbers?.[1] ?? 0),
  }
}
