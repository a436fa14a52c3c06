// PLS, an INI file: File1=…, Title1=…; the numbers are the order, wherever their lines stand.

import { linesOf } from './lines.ts'
import { mostReferences, type ParsedPlaylist } from './parsed.ts'

export function parsePls(text: string): ParsedPlaylist {
  const byNumber = new Map<number, string>()
  let isCut = false
  for (const line of linesOf(text)) {
    const match = /^\s*File(\d{1,9})\s*=\s*(.*\S)\s*$/i.exec(line)
    if (!match) continue
    isCut = byNumber.size === mostReferences
    if (isCut) break
    byNumber.set(Number(match[1]), match[2] ?? '')
  }
  const inOrder = [...byNumber].toSorted(([one], [other]) => one - other)
  return { title: '', references: inOrder.map(([, reference]) => [reference]), isCut }
}
