import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fakeClock } from '../../../test/fakes/clock.ts'
import { untilStuck } from './parse-crew.ts'

test('a list of files may take as long as it likes, one file may not', async () => {
  const clock = fakeClock()
  const position = new Int32Array(new SharedArrayBuffer(4))
  let isStuck = false
  const stuck = untilStuck(position, clock, new AbortController().signal).then(() => {
    isStuck = true
  })

  for (let file = 1; file <= 20; file++) {
    await clock.advance(50_000)
    Atomics.store(position, 0, file)
  }
  assert.equal(isStuck, false)

  await clock.advance(130_000)
  assert.equal(isStuck, true)
  await stuck
})
