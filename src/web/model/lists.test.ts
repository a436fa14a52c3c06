// What lists decide: which rows are drawn, which letter stands where, how a queue will look.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { currentLine } from './current-line.ts'
import { moved, without } from './queue-order.ts'
import { columnsIn, firstSeen, heightOf, letterAt, visibleRange } from './visible-range.ts'

test('of 100,000 rows those under the eye are drawn, and half a page more each way', () => {
  const grid = { count: 100_000, columns: 1, rowHeight: 48 }

  assert.deepEqual(visibleRange(grid, 480_000, 960), { from: 9990, to: 10_030 })
  assert.deepEqual(visibleRange(grid, 0, 960), { from: 0, to: 30 })
  assert.deepEqual(visibleRange(grid, heightOf(grid) + 5000, 960).to, 100_000)
})

test('a grid is drawn in whole rows', () => {
  const grid = { count: 10, columns: 4, rowHeight: 200 }

  assert.equal(heightOf(grid), 600)
  assert.deepEqual(visibleRange(grid, 400, 200), { from: 4, to: 10 })
  assert.equal(columnsIn(780, 176, 20), 4)
  assert.equal(columnsIn(100, 176, 20), 1)
})

test('the first that is seen is not half above the edge', () => {
  const grid = { count: 10, columns: 4, rowHeight: 200 }

  assert.deepEqual(
    [-50, 0, 1, 400, 9000].map((top) => firstSeen(grid, top)),
    [0, 0, 4, 8, 9],
  )
})

test('the letter under the eye is the last that has begun', () => {
  const letters = [
    { letter: 'A', offset: 0, count: 3 },
    { letter: 'B', offset: 3, count: 0 },
    { letter: 'C', offset: 3, count: 9 },
  ]

  assert.equal(letterAt(letters, 2)?.letter, 'A')
  assert.equal(letterAt(letters, 3)?.letter, 'C')
  assert.equal(letterAt([], 3), undefined)
})

const entry = (entryId: number, offset: number, section: 'current' | 'user' | 'main') => ({
  entryId,
  offset,
  section,
})
const queue = [entry(1, 0, 'current'), entry(2, 1, 'user'), entry(3, 2, 'main'), entry(4, 3, 'main')]
const ids = (songs: readonly { entryId: number; section: string }[]) =>
  songs.map(({ entryId, section }) => `${entryId} ${section}`)

test('a song moved among those by hand becomes one of them, further down it is no longer', () => {
  const [, byHand, , last] = queue
  assert.ok(byHand && last)

  assert.deepEqual(ids(moved(queue, last, 0)), ['1 current', '4 user', '2 user', '3 main'])
  assert.deepEqual(ids(moved(queue, last, 1)), ['1 current', '2 user', '4 user', '3 main'])
  assert.deepEqual(ids(moved(queue, byHand, 2)), ['1 current', '3 main', '4 main', '2 main'])
  assert.deepEqual(ids(without(queue, [byHand])), ['1 current', '3 main', '4 main'])
})

test('the line that is sung is the last that has begun', () => {
  const lines = [{ atMs: 1000 }, { atMs: 4000 }]

  assert.deepEqual(
    [0, 1000, 3999, 9000].map((ms) => currentLine(lines, ms)),
    [-1, 0, 0, 1],
  )
})
