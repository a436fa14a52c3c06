import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { encodeUrlQuery, parseUrlQuery } from './url-query.ts'

test('pairs keep their order; "+" stays and escapes are decoded', () => {
  assert.deepEqual(parseUrlQuery("query=('a:1'+'b:x%20y')&meta=all&flag&meta=x=y"), [
    ['query', "('a:1'+'b:x y')"],
    ['meta', 'all'],
    ['flag', ''],
    ['meta', 'x=y'],
  ])
})

test('an ampersand inside a value does not split it once it is escaped', () => {
  assert.deepEqual(parseUrlQuery('a=Simon%20%26%20Garfunkel&b=1'), [
    ['a', 'Simon & Garfunkel'],
    ['b', '1'],
  ])
})

test('bad escapes stay as they are; bytes that are no UTF-8 are replaced', () => {
  assert.deepEqual(parseUrlQuery('a=100%&b=%zz&c=%ff&d=%e6%9d%b1'), [
    ['a', '100%'],
    ['b', '%zz'],
    ['c', '\ufffd'],
    ['d', '東'],
  ])
})

test('what is written reads as usual on the wire', () => {
  assert.equal(
    encodeUrlQuery([['query', "('daap.songartist:Tom + Jerry','x:*é*')"]]),
    "query=('daap.songartist:Tom%20%2B%20Jerry','x:*%C3%A9*')",
  )
})

test('property: what was written is read back', () => {
  const text = fc.string({ unit: 'grapheme' })
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.string({ unit: 'grapheme', minLength: 1 }), text)), (pairs) => {
      assert.deepEqual(parseUrlQuery(encodeUrlQuery(pairs)), pairs)
    }),
  )
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (raw) => assert.ok(Array.isArray(parseUrlQuery(raw)))))
})
