// M3U and M3U8: a line a song. `#PLAYLIST:` names it; `#EXTINF:` and other words after # are not needed.

import { linesOf } from './lines.ts'
import { mostReferences, type ParsedPlaylist } from './parsed.ts'

export function parseM3u(text: string): ParsedPlaylist {
  const references: string[][] = []
  let title = ''
  for (const raw of linesOf(text)) {
    const line = raw.trim()
    if (line === '') continue
    if (line.startsWith('#')) {
      if (title === '') title = /^#PLAYLIST:(.*)$/i.exec(line)?.[1]?.trim() ?? ''
      continue
    }
    if (references.length === mostReferences) return { title, references, isCut: true }
    references.push([line])
  }
  return { title, references, isCut: false }
}
