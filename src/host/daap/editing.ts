// Editing playlists (docs/protocol/daap-library.md, section 12): what both edit endpoints read and how they answer.

import { KnownError } from '../../errors.ts'
import {
  type DmapNode,
  parseQuery,
  type QueryClause,
  QueryError,
  type QueryNode,
} from '../../protocol/index.ts'
import type { QueryParameters } from '../endpoint.ts'
import { refusalText } from '../http/refusal-text.ts'

/** As much in one request as in one query. */
const mostInOneRequest = 500

/** `medc` with what came of it; refusals are said in it, since a bare status would end a client's session. */
export function editAnswer(edit: () => readonly DmapNode[]): DmapNode {
  try {
    return ['medc', [['mstt', 200], ...edit()]]
  } catch (error) {
    if (!(error instanceof KnownError)) throw error
    return refused(error)
  }
}

/** Status 500 whatever is wrong: clients read others as a lost session. */
function refused(error: KnownError): DmapNode {
  return [
    'medc',
    [
      ['mstt', 500],
      ['msts', refusalText(error)],
    ],
  ]
}

/** Everything after `edit-params=`, which may be there more than once. BAD_REQUEST when it is not. */
export function editParams(query: QueryParameters): readonly string[] {
  const all = query.entries().flatMap(([name, value]) => (name === 'edit-params' ? value : []))
  if (all.length === 0 || all.length > mostInOneRequest)
    throw new KnownError('BAD_REQUEST', { parameter: 'edit-params' })
  return all
}

/** A name as it was typed: stars, and quotes that a client forgot to escape, belong to it. BAD_REQUEST without one. */
export function nameOf(params: readonly string[]): string {
  return (
    /^'dmap\.itemname:(.*)'$/s.exec(params[0] ?? '')?.[1]?.replace(/\\(.)/gs, '$1') ??
    unreadable('dmap.itemname')
  )
}

/** Values of one field, in the order in which they are named: 'a:1' or ('a:1','a:2'). BAD_REQUEST for anything else. */
export function valuesOf(params: readonly string[], field: string): readonly string[] {
  const values = params.flatMap((text) => namedIn(text, field) ?? unreadable(field))
  return values.length > mostInOneRequest ? unreadable(field) : values
}

/** Undefined when the text asks for anything but this field's values. */
export function namedIn(text: string, field: string): readonly string[] | undefined {
  const clauses = alternativesIn(text)
  const isNamed = ({ field: name, op, match }: QueryClause) =>
    name === field && op === 'eq' && match !== 'empty'
  return clauses?.every(isNamed) ? clauses.map(({ value }) => value) : undefined
}

function alternativesIn(text: string): readonly QueryClause[] | undefined {
  try {
    return flat(parseQuery(text))
  } catch (error) {
    if (error instanceof QueryError) return undefined
    throw error
  }
}

function flat(query: QueryNode): readonly QueryClause[] | undefined {
  if ('and' in query) return undefined
  if (!('or' in query)) return [query]
  const parts = query.or.map(flat)
  return parts.every((part) => part !== undefined) ? parts.flat() : undefined
}

function unreadable(field: string): never {
  throw new KnownError('BAD_REQUEST', { reason: `edit-params says no ${field}` })
}
