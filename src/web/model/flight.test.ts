import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isFlight } from './flight.ts'

const viewPx = 900
const step = (px: number, ms: number) =>
  isFlight({ topPx: 5000, atMs: 100 }, { topPx: 5000 + px, atMs: 100 + ms }, viewPx)

test('a quick finger flies, in both directions and also on a slow machine', () => {
  assert.equal(step(100, 16), true)
  assert.equal(step(-100, 16), true)
  assert.equal(step(3000, 500), true)
})

test('who reads does not fly, nor who jumps to a letter after a rest', () => {
  assert.equal(step(20, 16), false)
  assert.equal(step(400_000, 5000), false)
  assert.equal(step(400_000, 0), false)
})
