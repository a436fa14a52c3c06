import assert from 'node:assert/strict'
import { test } from 'node:test'
import { nameOf } from '../dns/name.ts'
import type { AddressRecord } from '../dns/records.ts'
import { RecordCache } from './cache.ts'

const studio = nameOf('studio.local')

test('a record is good for its time, then given up', () => {
  const cache = newCache()
  cache.put(address('10.0.0.1', 120), 0)

  assert.deepEqual(cache.expire(119_999), [])
  assert.equal(cache.find(nameOf('STUDIO.local'), 'A').length, 1)
  assert.deepEqual(cache.expire(120_000).length, 1)
  assert.deepEqual(cache.find(studio, 'A'), [])
})

test('hearing a record again starts its time anew', () => {
  const cache = newCache()
  cache.put(address('10.0.0.1', 120), 0)

  cache.put(address('10.0.0.1', 120), 100_000)

  assert.deepEqual(cache.expire(219_000), [])
  assert.equal(cache.size, 1)
})

test('goodbye: kept one more second', () => {
  const cache = newCache()
  cache.put(address('10.0.0.1', 120), 0)

  cache.put(address('10.0.0.1', 0), 5000)

  assert.equal(cache.nextDueMs(), 6000)
  assert.deepEqual(cache.expire(5999), [])
  assert.equal(cache.expire(6000).length, 1)
})

test('goodbye for something unknown is nothing', () => {
  const cache = newCache()

  cache.put(address('10.0.0.1', 0), 0)

  assert.equal(cache.size, 0)
})

test('the flush bit ends older records of the set after a second, not those of the same burst', () => {
  const cache = newCache()
  cache.put(address('10.0.0.1', 120), 0)
  cache.put(address('10.0.0.2', 120), 4500)

  cache.put({ ...address('10.0.0.3', 120), isUnique: true }, 5000)

  assert.deepEqual(
    cache.expire(6000).map(({ record }) => (record as AddressRecord).address),
    ['10.0.0.1'],
  )
  assert.equal(cache.find(studio, 'A').length, 2)
})

test('asked for again at 80, 85, 90 and 95 per cent', () => {
  const cache = newCache()
  cache.put(address('10.0.0.1', 100), 0)

  const times: number[] = []
  for (let nowMs = 0; nowMs < 100_000; nowMs = cache.nextDueMs()) {
    if (cache.refreshDue(nowMs).length > 0) times.push(nowMs)
  }

  assert.deepEqual(times, [80_000, 85_000, 90_000, 95_000])
})

test('the newest of two comes first', () => {
  const cache = newCache()
  cache.put(address('10.0.0.1', 120), 0)
  cache.put(address('10.0.0.2', 120), 10)

  const found = cache.find(studio, 'A').map(({ record }) => (record as AddressRecord).address)

  assert.deepEqual(found, ['10.0.0.2', '10.0.0.1'])
})

test('what is soon to be asked for is asked for along with what is due', () => {
  const cache = newCache()
  cache.put(address('10.0.0.1', 120), 0)
  cache.put(address('10.0.0.2', 120), 10_000)
  cache.put(address('10.0.0.3', 120), 30_000)
  const asked = (nowMs: number) => cache.refreshDue(nowMs).map((record) => (record as AddressRecord).address)

  assert.deepEqual(asked(95_000), [])
  assert.deepEqual(asked(96_000), ['10.0.0.1', '10.0.0.2'])
  assert.deepEqual(asked(126_000), ['10.0.0.1', '10.0.0.2', '10.0.0.3'])
})

test('a flood of records finds an end, of one name earlier still; the record heard longest ago goes first', () => {
  const cache = newCache()
  const first = address('10.0.0.1', 120)
  cache.put(first, 0)
  cache.put(address('10.0.0.2', 120), 0)
  cache.put(first, 0)

  for (let i = 0; i < 31; i += 1) cache.put(address(`10.1.0.${i}`, 4500), 0)
  assert.equal(cache.size, 32)
  assert.ok(cache.has(first))
  assert.ok(!cache.has(address('10.0.0.2', 120)))

  for (let i = 0; i < 40_000; i += 1) cache.put({ ...first, name: nameOf(`host${i}.local`) }, 0)
  assert.equal(cache.size, 32_768)
  cache.put(first, 0)
  assert.ok(cache.has(first), 'the latest word is always heard')
})

function newCache(): RecordCache {
  return new RecordCache(() => 0)
}

function address(text: string, ttlSeconds: number): AddressRecord {
  return { name: studio, type: 'A', classCode: 1, isUnique: false, ttlSeconds, address: text }
}
