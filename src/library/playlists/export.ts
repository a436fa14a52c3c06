// A playlist as M3U8, for other programs and for other machines.

import { pathToFileURL } from 'node:url'
import type { SongListing } from '../tables.ts'

export function m3u8Of(name: string, songs: SongListing): string {
  const lines = ['#EXTM3U', `#PLAYLIST:${oneLine(name)}`]
  for (const { title, artist, durationMs, path } of songs.slice(0, songs.length)) {
    const words = artist === '' ? title : `${artist} - ${title}`
    lines.push(`#EXTINF:${Math.round(durationMs / 1000)},${oneLine(words)}`, location(path))
  }
  return `${lines.join('\n')}\n`
}

function oneLine(text: string): string {
  return text.replace(/\p{Cc}+/gu, ' ').toWellFormed()
}

/** A path that would not be one line, would read as a comment, or would command a terminal, is written as a URL. */
function location(path: string): string {
  return /\p{Cc}|^[#\s]|\s$/u.test(path) ? pathToFileURL(path).href : path
}
