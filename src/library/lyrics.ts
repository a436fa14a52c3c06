// The words of a song, as its file has them: read when somebody wants to see them.

import type { ILyricsTag } from 'music-metadata'
import type { Lyrics } from './items.ts'

/** Nobody sings longer. */
const longestText = 64 * 1024
const mostLines = 5000
/** In a tag that counts in ms; the other way is by frames of the file, which nobody writes. */
const inMilliseconds = 2

/** Undefined when it has none, or is gone. */
export async function readLyrics(path: string): Promise<Lyrics | undefined> {
  try {
    const { parseFile } = await import('music-metadata')
    const { common } = await parseFile(path, { duration: false, skipCovers: true })
    return lyricsOf(common.lyrics ?? [])
  } catch {
    return undefined // it is no longer what it was at the last scan
  }
}

/** Plain words come without the parts for times, whatever the type of ILyricsTag says. Of several tags the one whose lines have times, else the first with words. */
export function lyricsOf(
  tags: readonly Partial<Pick<ILyricsTag, 'text' | 'syncText' | 'timeStampFormat'>>[],
): Lyrics | undefined {
  const timed = tags.find(
    ({ syncText = [], timeStampFormat }) => syncText.length > 0 && timeStampFormat === inMilliseconds,
  )
  const lines = (timed?.syncText ?? [])
    .slice(0, mostLines)
    .map(({ text, timestamp = 0 }) => ({ atMs: Math.max(0, Math.round(timestamp)), text: cleaned(text) }))
    .toSorted((a, b) => a.atMs - b.atMs)
  const words = tags.map(({ text }) => cleaned(text ?? '')).find((text) => text !== '')
  const text = words ?? lines.map((line) => line.text).join('\n')
  return text.trim() === '' ? undefined : { text, lines }
}

function cleaned(text: string): string {
  return text
    .slice(0, longestText)
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll(/[^\P{C}\n]/gu, '')
    .trim()
}
