import assert from 'node:assert/strict'
import { test } from 'node:test'
import { systemClock } from './clock.ts'

test('nobody is woken before the time', async () => {
  const beganMs = systemClock.nowMs()
  const dues = Array.from({ length: 400 }, (_, index) => beganMs + index / 7)

  const early = await Promise.all(
    dues.map(async (dueMs) => {
      await systemClock.until(dueMs)
      return dueMs - systemClock.nowMs()
    }),
  )

  assert.deepEqual(
    early.filter((ms) => ms > 0),
    [],
  )
})

test('a time that has passed is waited for too, and a wait can be given up', async () => {
  const reason = new Error('no longer')
  let isOver = false
  const late = systemClock.until(systemClock.nowMs() - 1).then(() => {
    isOver = true
  })
  for (let task = 0; task < 100; task += 1) await Promise.resolve()
  assert.equal(isOver, false, 'who is late lets others have their turn')
  await late

  const givingUp = new AbortController()
  const waiting = systemClock.until(Number.POSITIVE_INFINITY, givingUp.signal)
  givingUp.abort(reason)
  await assert.rejects(waiting, reason)
  await assert.rejects(systemClock.until(0, givingUp.signal), reason)
})
