import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fakeClock } from '../../../test/fakes/clock.ts'
import { newestOnly } from './newest-only.ts'
import { clickedVolume, draggedVolume, inProportion, steppedVolume, tappedVolume } from './volume-rule.ts'

test('a click is never much louder at once, and quieter at once', () => {
  assert.equal(clickedVolume(30, 95), 50)
  assert.equal(clickedVolume(95, 10), 10)
})

test('a finger moves the thumb by as far as it moves, from wherever it began', () => {
  assert.equal(draggedVolume(40, 0.1), 50)
  assert.equal(draggedVolume(40, -0.9), 0)
  assert.equal(tappedVolume(40, 90), 45)
  assert.equal(tappedVolume(40, 10), 35)
})

test('steps and proportions stay between silence and all', () => {
  assert.equal(steppedVolume(99, 2), 100)
  assert.equal(inProportion(40, 80, 60), 30)
  assert.equal(inProportion(0, 0, 25), 25)
})

test('of values that come faster than answers only the newest is sent, and the last one always', async () => {
  const clock = fakeClock()
  const sent: number[] = []
  const answers: (() => void)[] = []
  const sender = newestOnly<number>(async (value) => {
    sent.push(value)
    await new Promise<void>((resolve) => {
      answers.push(resolve)
    })
  }, clock)
  const answer = async () => {
    answers.shift()?.()
    await clock.advance(100)
  }

  for (const value of [40, 41, 42, 43]) sender.send(value)
  await answer()
  sender.send(50)
  sender.send(51)
  await answer()
  await answer()
  await sender.settled()

  assert.deepEqual(sent, [40, 43, 51])
})

test('a value that was refused is told to who waits, unless a later one was taken', async () => {
  const clock = fakeClock()
  const sender = newestOnly<number>(async (value) => {
    if (value > 80) throw new Error('too loud')
  }, clock)

  sender.send(90)
  await assert.rejects(sender.settled(), /too loud/)
  sender.send(90)
  sender.send(70)
  await clock.advance(100)
  await sender.settled()
})
