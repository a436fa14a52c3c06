import assert from 'node:assert/strict'
import { test } from 'node:test'
import { absoluteVolume, planLoudness } from './loudness.ts'

const speaker = (id: string, relativeVolumePercent: number, isOn = true) => ({
  id,
  isOn,
  relativeVolumePercent,
})

test('an absolute volume for one speaker leaves all others exactly as loud as they were', () => {
  for (let master = 1; master <= 100; master += 3)
    for (let relative = 0; relative <= 100; relative += 7)
      for (let wanted = 0; wanted <= 100; wanted += 9) {
        const speakers = [speaker('mine', 50), speaker('other', relative), speaker('loudest', 100)]

        const plan = planLoudness(master, speakers, 'mine', wanted)

        const loudness = (id: string) => absoluteVolume(plan.masterPercent, plan.relative.get(id) ?? -1)
        assert.equal(loudness('mine'), wanted)
        assert.equal(loudness('other'), absoluteVolume(master, relative))
        assert.equal(loudness('loudest'), master)
      }
})

test('speakers that are off have no say in the master', () => {
  const plan = planLoudness(80, [speaker('mine', 100), speaker('off', 100, false)], 'mine', 20)

  assert.equal(plan.masterPercent, 20)
  assert.equal(plan.relative.has('off'), false)
})

test('at silence the relative volumes are kept', () => {
  assert.deepEqual(planLoudness(50, [speaker('mine', 80)], 'mine', 0), {
    masterPercent: 0,
    relative: new Map(),
  })
})
