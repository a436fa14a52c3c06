// A query over playlists: by name or by id. Anything else it asks for matches none.

import type { Playlist } from '../../library/index.ts'
import { parseId, type QueryClause, QueryError, type QueryNode } from '../../protocol/index.ts'
import { readQuery } from './filter.ts'

/** The test that `query=` names; every playlist passes when it is absent or empty, none when it cannot be read. */
export function playlistMatches(text: string | undefined): (playlist: Playlist) => boolean {
  if (text === undefined || text === '') return () => true
  const query = readQuery(text)
  return query instanceof QueryError ? () => false : (playlist) => passes(playlist, query)
}

function passes(playlist: Playlist, query: QueryNode): boolean {
  if ('and' in query) return query.and.every((part) => passes(playlist, part))
  if ('or' in query) return query.or.some((part) => passes(playlist, part))
  const isEqual = isEqualTo(playlist, query)
  return isEqual !== undefined && isEqual === (query.op === 'eq')
}

/** Undefined when playlists have no such field. */
function isEqualTo(playlist: Playlist, { field, match, value }: QueryClause): boolean | undefined {
  if (field === 'dmap.itemname') return isTextEqual(playlist.name, match, value)
  if (match !== 'exact') return undefined
  const id = parseId(value)
  if (id === undefined) return undefined
  if (field === 'dmap.itemid') return BigInt(playlist.id) === id
  if (field === 'dmap.persistentid') return playlist.persistentId === id
  if (field === 'com.apple.itunes.special-playlist') return BigInt(playlist.specialNumber) === id
  return undefined
}

function isTextEqual(name: string, match: QueryClause['match'], value: string): boolean {
  const text = name.toLowerCase()
  const wanted = value.toLowerCase()
  switch (match) {
    case 'exact':
      return text === wanted
    case 'contains':
      return text.includes(wanted)
    case 'startsWith':
      return text.startsWith(wanted)
    case 'endsWith':
      return text.endsWith(wanted)
    case 'empty':
      return text === ''
  }
}
