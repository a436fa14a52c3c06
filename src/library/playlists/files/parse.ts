// The kinds of playlist files: what each says of its name and its songs. References are as they are written.

import { endingOf } from '../../formats.ts'
import { parseM3u } from './m3u.ts'
import type { ParsedPlaylist } from './parsed.ts'
import { parsePls } from './pls.ts'
import { parseXspf } from './xspf.ts'

const parsers: Readonly<Record<string, (text: string) => ParsedPlaylist>> = {
  m3u: parseM3u,
  m3u8: parseM3u,
  pls: parsePls,
  xspf: parseXspf,
}

/** Throws an Error in words where the file is no such playlist. */
export function parsePlaylist(name: string, text: string): ParsedPlaylist {
  const parse = parsers[endingOf(name)]
  if (!parse) throw new Error('It is no playlist that is known here.')
  return parse(text)
}
