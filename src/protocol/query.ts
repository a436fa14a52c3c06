// DAAP's query language: text to a tree and back. What a field means is in query-fields.ts.

import { KnownError } from '../errors.ts'

export type QueryMatch = 'exact' | 'contains' | 'startsWith' | 'endsWith' | 'empty'

export interface QueryClause {
  readonly field: string
  readonly op: 'eq' | 'ne'
  readonly match: QueryMatch
  /** Without its stars and escapes; '' with `empty`. */
  readonly value: string
}

export type QueryNode =
  | QueryClause
  | { readonly and: readonly QueryNode[] }
  | { readonly or: readonly QueryNode[] }

/** Says where in the text, in UTF-16 units, the query stops making sense. */
export class QueryError extends KnownError {
  readonly offset: number

  constructor(offset: number, reason: string) {
    super('BAD_QUERY', { offset, reason })
    this.offset = offset
  }
}

/** UTF-16 units; the longest that Apple's Remote sends is about 400. */
export const longestQuery = 16_384
/** Parentheses within parentheses; Remote uses three. */
export const deepestQuery = 32

/**
 *     query    = or-expr
 *     or-expr  = and-expr *( "," and-expr )
 *     and-expr = primary *( ( "+" / " " ) primary )
 *     primary  = "(" or-expr ")" / "'" field [ "!" ] ( ":" / "@" ) value "'"
 *
 * Fails   QueryError (BAD_QUERY) with the offset.
 * Source  docs/protocol/daap-library.md, section 8. AND binds tighter, as in OwnTone's SQL.
 */
export function parseQuery(text: string): QueryNode {
  if (text.length > longestQuery) throw new QueryError(longestQuery, 'the query is too long')
  const reader = new QueryReader(text)
  const query = readOr(reader, 0)
  if (!reader.isAtEnd) throw new QueryError(reader.offset, 'expected "+", "," or the end')
  return query
}

class QueryReader {
  readonly text: string
  offset = 0

  constructor(text: string) {
    this.text = text
  }

  get isAtEnd(): boolean {
    return this.offset >= this.text.length
  }

  get next(): string {
    return this.text.charAt(this.offset)
  }

  take(character: string): boolean {
    if (this.next !== character) return false
    this.offset += 1
    return true
  }

  skipSpaces(): boolean {
    const start = this.offset
    while (this.next === ' ') this.offset += 1
    return this.offset > start
  }
}

function readOr(reader: QueryReader, depth: number): QueryNode {
  const choices = [readAnd(reader, depth)]
  while (reader.take(',')) choices.push(readAnd(reader, depth))
  return only(choices) ?? { or: choices }
}

function readAnd(reader: QueryReader, depth: number): QueryNode {
  reader.skipSpaces()
  const terms = [readPrimary(reader, depth)]
  while (takeAnd(reader)) terms.push(readPrimary(reader, depth))
  return only(terms) ?? { and: terms }
}

/** A "+" with or without spaces around it, or spaces alone before another primary. */
function takeAnd(reader: QueryReader): boolean {
  const hadSpaces = reader.skipSpaces()
  if (reader.take('+')) {
    reader.skipSpaces()
    return true
  }
  return hadSpaces && (reader.next === "'" || reader.next === '(')
}

function only(nodes: readonly QueryNode[]): QueryNode | undefined {
  return nodes.length === 1 ? nodes[0] : undefined
}

function readPrimary(reader: QueryReader, depth: number): QueryNode {
  if (!reader.take('(')) return readClause(reader)
  if (depth >= deepestQuery) throw new QueryError(reader.offset, 'parentheses are nested too deep')
  const inner = readOr(reader, depth + 1)
  if (!reader.take(')')) throw new QueryError(reader.offset, 'expected ")"')
  return inner
}

function readClause(reader: QueryReader): QueryClause {
  const quote = reader.offset
  if (!reader.take("'")) throw new QueryError(quote, 'expected a clause in quotes or "("')
  const field = readField(reader)
  const op = reader.take('!') ? 'ne' : 'eq'
  if (!reader.take(':') && !reader.take('@')) throw new QueryError(reader.offset, 'expected ":"')
  return { field, op, ...readValue(reader, quote) }
}

function readField(reader: QueryReader): string {
  const start = reader.offset
  while (/[a-z0-9.-]/i.test(reader.next)) reader.offset += 1
  if (reader.offset === start) throw new QueryError(start, 'expected the name of a field')
  return reader.text.slice(start, reader.offset)
}

/** Up to the closing quote. A star that is not escaped, first or last, is a wildcard; alone it is a star. */
function readValue(reader: QueryReader, quote: number): { match: QueryMatch; value: string } {
  const start = reader.offset
  let value = ''
  let isLastEscaped = false
  while (reader.next !== "'") {
    isLastEscaped = reader.take('\\')
    if (reader.isAtEnd) throw new QueryError(quote, 'the quote is not closed')
    value += reader.next
    reader.offset += 1
  }
  const startsWithStar = reader.text.charAt(start) === '*'
  reader.offset += 1
  if (value === '') return { match: 'empty', value }
  if (value === '*') return { match: 'exact', value }
  return withoutStars(value, startsWithStar, value.endsWith('*') && !isLastEscaped)
}

function withoutStars(value: string, isOpenBefore: boolean, isOpenAfter: boolean) {
  if (isOpenBefore && isOpenAfter) return { match: 'contains', value: value.slice(1, -1) } as const
  if (isOpenAfter) return { match: 'startsWith', value: value.slice(0, -1) } as const
  if (isOpenBefore) return { match: 'endsWith', value: value.slice(1) } as const
  return { match: 'exact', value } as const
}

/** The text that `parseQuery` reads as this tree. */
export function printQuery(node: QueryNode): string {
  if ('and' in node) return `(${node.and.map(printQuery).join('+')})`
  if ('or' in node) return `(${node.or.map(printQuery).join(',')})`
  return `'${node.field}${node.op === 'ne' ? '!' : ''}:${printValue(node)}'`
}

function printValue({ match, value }: QueryClause): string {
  const escaped = value
    .replace(/[\\']/g, '\\$&')
    .replace(/^\*/, '\\*')
    // Only a star that is not the one just escaped.
    .replace(/(?<!^\\)\*$/, '\\*')
  const before = match === 'contains' || match === 'endsWith' ? '*' : ''
  const after = match === 'contains' || match === 'startsWith' ? '*' : ''
  return before + escaped + after
}
