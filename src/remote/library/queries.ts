// What we ask of a library, in DAAP's query language. Values are escaped by `printQuery`.

import { printQuery, type QueryNode } from '../../protocol/index.ts'

type Match = 'exact' | 'contains'

function clause(field: string, value: string, match: Match = 'exact'): QueryNode {
  return { field, op: 'eq', match: value === '' ? 'empty' : match, value }
}

export function equals(field: string, value: string | number | bigint): string {
  return printQuery(clause(field, String(value)))
}

/** Every word is contained in one of the fields. */
export function containsAll(words: readonly string[], fields: readonly string[] = songTexts): string {
  const anywhere = (word: string): QueryNode => ({
    or: fields.map((field) => clause(field, word, 'contains')),
  })
  const [first, ...others] = words.map(anywhere)
  if (!first) return printQuery(clause('dmap.itemname', ''))
  return printQuery(others.length === 0 ? first : { and: [first, ...others] })
}

const songTexts = ['dmap.itemname', 'daap.songartist', 'daap.songalbum'] as const

/** Groups without a name are not listed: remotes ask for them to be left out, as Apple's does. */
export const hasArtist = printQuery({ field: 'daap.songartist', op: 'ne', match: 'empty', value: '' })
export const hasAlbum = printQuery({ field: 'daap.songalbum', op: 'ne', match: 'empty', value: '' })
