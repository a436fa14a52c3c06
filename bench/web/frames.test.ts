import assert from 'node:assert/strict'
import { test } from 'node:test'
import { framesIn } from './frames.ts'

const traceOf = (...millis: number[]) =>
  JSON.stringify({
    traceEvents: [
      { name: 'BeginFrame', ts: 0 },
      ...millis.map((ms) => ({ name: 'DrawFrame', ts: ms * 1000 })),
    ],
  })

test('frames are counted from the first to the last, and the longest gap is named', () => {
  assert.deepEqual(framesIn(traceOf(1000, 1020, 1080, 1100)), { perSecond: 30, worstMs: 60, worstAtMs: 20 })
})

test('what is drawn after the scroll does not count', () => {
  assert.deepEqual(framesIn(traceOf(0, 20, 40, 900), 100), { perSecond: 50, worstMs: 20, worstAtMs: 0 })
})

test('a trace without frames says so', () => {
  assert.throws(() => framesIn(traceOf()), /no frames/)
})
