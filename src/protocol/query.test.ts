import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { KnownError } from '../errors.ts'
import { deepestQuery, longestQuery, parseQuery, printQuery, QueryError, type QueryNode } from './query.ts'
import { queryFieldOf } from './query-fields.ts'
import { parseUrlQuery } from './url-query.ts'

const vectors = JSON.parse(readFileSync(new URL('./vectors/query.json', import.meta.url), 'utf8')) as {
  vectors: { query: string; ast: QueryNode }[]
  reject: { query: string; expect: string }[]
  url: { raw_target: string; query_value: string; ast: QueryNode }[]
}

for (const { query, ast } of vectors.vectors) {
  test(`query: ${query}`, () => {
    assert.deepEqual(parseQuery(query), ast)
    assert.deepEqual(parseQuery(printQuery(ast)), ast)
  })
}

for (const { query, expect } of vectors.reject) {
  test(`refused: ${query === '' ? '(empty)' : query}`, () => {
    if (expect !== 'reject') {
      // It parses; what nobody knows is the field.
      const node = parseQuery(query)
      assert.ok('field' in node)
      assert.equal(queryFieldOf(node.field), undefined)
      return
    }
    assert.throws(
      () => parseQuery(query),
      (error) => error instanceof QueryError && error.offset <= query.length,
    )
  })
}

for (const { raw_target, query_value, ast } of vectors.url) {
  test(`in a URL: ${raw_target}`, () => {
    const pairs = new Map(parseUrlQuery(raw_target.split('?')[1] ?? ''))

    assert.equal(pairs.get('query'), query_value)
    assert.deepEqual(parseQuery(query_value), ast)
  })
}

test('the offset points at what is wrong', () => {
  const offsetOf = (query: string) => {
    try {
      parseQuery(query)
    } catch (error) {
      return error instanceof QueryError ? error.offset : error
    }
    return undefined
  }

  assert.equal(offsetOf("('a:1'+x)"), 7)
  assert.equal(offsetOf("'a:1' 'b:2"), 6)
  assert.equal(offsetOf("'a=1'"), 2)
  assert.equal(offsetOf("'a:1')"), 5)
})

test('spaces around "+" and between clauses are all AND', () => {
  const expected = parseQuery("('a:1'+'b:2')")

  for (const query of ["'a:1' 'b:2'", "'a:1' + 'b:2'", " 'a:1'  'b:2' "])
    assert.deepEqual(parseQuery(query), expected)
})

test('an escaped star is a star, and a lone one too', () => {
  assert.deepEqual(parseQuery("'a:\\*x\\*'"), { field: 'a', op: 'eq', match: 'exact', value: '*x*' })
  assert.deepEqual(parseQuery("'a:*'"), { field: 'a', op: 'eq', match: 'exact', value: '*' })
  assert.deepEqual(parseQuery("'a:**'"), { field: 'a', op: 'eq', match: 'contains', value: '' })
})

test('a misspelt field is the field that its client means', () => {
  assert.equal(queryFieldOf('daap.songartst'), 'daap.songartist')
  assert.equal(queryFieldOf('constructor'), undefined)
})

test('a query that is too long or too deep is refused, and does not exhaust the stack', () => {
  assert.throws(() => parseQuery('('.repeat(10_000)), QueryError)
  assert.throws(() => parseQuery(`'a:${'x'.repeat(longestQuery)}'`), QueryError)
  const deep = (levels: number) => `${'('.repeat(levels)}'a:1'${')'.repeat(levels)}`
  assert.doesNotThrow(() => parseQuery(deep(deepestQuery)))
  assert.throws(() => parseQuery(deep(deepestQuery + 1)), QueryError)
})

// --- properties

const value = fc.string({ unit: fc.constantFrom('a', '*', '\\', "'", '+', ',', '(', ')', ' ', 'é', '😀') })
const shape = { noNullPrototype: true }
const matches = ['exact', 'contains', 'startsWith', 'endsWith'] as const
// An empty value is `empty` and stars around nothing are `contains`: other matches of '' cannot be written.
const match = fc
  .tuple(fc.constantFrom(...matches), value)
  .map(([match, value]) =>
    value === '' && match !== 'contains' ? { match: 'empty' as const, value } : { match, value },
  )
const clause = fc
  .tuple(
    fc.constantFrom('dmap.itemname', 'com.apple.itunes.has-video', 'x'),
    fc.constantFrom('eq' as const, 'ne' as const),
    match,
  )
  .map(([field, op, { match, value }]) => ({ field, op, match, value }))
const { query: anyQuery } = fc.letrec<{ query: QueryNode }>((tie) => ({
  query: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    clause,
    fc.record({ and: fc.array(tie('query'), { minLength: 2, maxLength: 4 }) }, shape),
    fc.record({ or: fc.array(tie('query'), { minLength: 2, maxLength: 4 }) }, shape),
  ),
}))

test('property: what was printed is read as the same tree', () => {
  fc.assert(
    fc.property(anyQuery, (node) => assert.deepEqual(parseQuery(printQuery(node)), node)),
    { numRuns: 1000 },
  )
})

test('property: any text is a query or a known error', () => {
  const piece = fc.constantFrom(
    "'a:1'",
    "'",
    '(',
    ')',
    '+',
    ',',
    ' ',
    '!',
    ':',
    '@',
    '*',
    '\\',
    'x',
    '\u{1f3b5}',
  )
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: 'binary' }),
        fc.array(piece).map((all) => all.join('')),
      ),
      (text) => {
        try {
          const node = parseQuery(text)
          assert.deepEqual(parseQuery(printQuery(node)), node)
        } catch (error) {
          if (!(error instanceof KnownError)) throw error
        }
      },
    ),
    { numRuns: 2000 },
  )
})
