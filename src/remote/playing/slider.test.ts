import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fakeClock } from '../../../test/fakes/clock.ts'
import { makeSlider } from './slider.ts'

test('a finger that drags for a second makes five requests, the last of them where it stopped', async () => {
  const clock = fakeClock()
  const told: [atMs: number, percent: number][] = []
  const slider = makeSlider(async (percent) => void told.push([clock.nowMs(), percent]), clock)

  for (let percent = 1; percent <= 100; percent += 1) {
    slider.moveTo(percent)
    await clock.advance(10)
  }
  await clock.advance(250)
  await slider.settled()

  assert.deepEqual(told, [
    [0, 1],
    [250, 25],
    [500, 50],
    [750, 75],
    [1000, 100],
  ])
})

test('after a rest the first place is told at once, and a slow host delays only the next', async () => {
  const clock = fakeClock()
  const told: [atMs: number, percent: number][] = []
  const slider = makeSlider(async (percent) => {
    told.push([clock.nowMs(), percent])
    await clock.until(clock.nowMs() + 400)
  }, clock)

  slider.moveTo(10)
  slider.moveTo(20)
  slider.moveTo(30)
  await clock.advance(900)
  slider.moveTo(40)
  await clock.advance(400)
  await slider.settled()

  assert.deepEqual(told, [
    [0, 10],
    [400, 30],
    [900, 40],
  ])
  assert.equal(clock.waiting, 0)
})

test('a place that is refused is forgotten when a later one is taken', async () => {
  const clock = fakeClock()
  const slider = makeSlider(async (percent) => {
    await clock.until(clock.nowMs() + 1)
    if (percent < 50) throw new Error('too quiet')
  }, clock)

  slider.moveTo(10)
  slider.moveTo(60)
  await clock.advance(500)
  await slider.settled()
  slider.moveTo(20)
  await clock.advance(500)

  await assert.rejects(slider.settled(), /too quiet/)
})
