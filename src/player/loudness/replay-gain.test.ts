import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { GainLine } from '../audio-thread/gain-line.ts'
import { gainOf } from './replay-gain.ts'

const near = (one: number, other: number) => assert.ok(Math.abs(one - other) < 1e-9, `${one} is not ${other}`)

test('each mode takes its own tags, and the other ones where its own are missing', () => {
  const both = { trackGainDb: -6, trackPeak: 0.5, albumGainDb: -8, albumPeak: 0.9 }

  assert.equal(gainOf('off', both), 1)
  near(gainOf('track', both), 10 ** (-6 / 20))
  near(gainOf('album', both), 10 ** (-8 / 20))
  near(gainOf('album', { trackGainDb: -6 }), 10 ** (-6 / 20))
  near(gainOf('track', { albumGainDb: -8 }), 10 ** (-8 / 20))
  assert.equal(gainOf('track', {}), 1)
  assert.equal(gainOf('album', undefined), 1)
})

test('the loudest sample stays within full scale; what may clip unseen is not made louder', () => {
  near(gainOf('track', { trackGainDb: 12, trackPeak: 0.5 }), 2)
  near(gainOf('track', { trackGainDb: 6, trackPeak: 0.1 }), 10 ** (6 / 20))
  near(gainOf('track', { trackGainDb: 0, trackPeak: 1.25 }), 0.8)
  near(gainOf('album', { albumGainDb: 12, albumPeak: 0.8, trackPeak: 0.1 }), 1.25)
  assert.equal(gainOf('track', { trackGainDb: 9 }), 1)
  near(gainOf('track', { trackGainDb: -9 }), 10 ** (-9 / 20))
})

test('tags that cannot be meant count as none', () => {
  for (const trackGainDb of [1e9, -1e9, Number.NaN, Number.POSITIVE_INFINITY])
    assert.equal(gainOf('track', { trackGainDb, trackPeak: 0.1 }), 1)
  for (const trackPeak of [0, -1, Number.NaN, 32_768])
    assert.equal(gainOf('track', { trackGainDb: 6, trackPeak }), 1)
})

test('whatever the tags say, the gain is a number, and never lets the peak over full scale', () => {
  const tag = fc.option(fc.double(), { nil: undefined })
  fc.assert(
    fc.property(fc.constantFrom('track', 'album'), tag, tag, tag, tag, (mode, ...values) => {
      const [trackGainDb, trackPeak, albumGainDb, albumPeak] = values as number[]
      const gain = gainOf(mode, { trackGainDb, trackPeak, albumGainDb, albumPeak } as never)

      assert.ok(gain > 0 && gain < 400)
      if (gain > 1) assert.ok([trackPeak, albumPeak].some((peak) => (peak ?? 2) * gain <= 1 + 1e-9))
    }),
    { numRuns: 2000 },
  )
})

test('a gain that changes goes there in a straight line, also when it changes again on the way', () => {
  const line = new GainLine(1)
  line.change(0.5, 1000)

  near(line.at(0), 1)
  near(line.at(1000), 1)
  near(line.at(1010), 0.75)
  near(line.at(1020), 0.5)
  near(line.at(5000), 0.5)

  line.change(1, 1010)
  near(line.at(1005), 0.875)
  near(line.at(1010), 0.75)
  near(line.at(1020), 0.875)
  near(line.at(1030), 1)
})

test('a level gain is the same factor for every sample, and 1 leaves them as they are', () => {
  const samples = Float32Array.from({ length: 2048 }, (_, index) => Math.sin(index))

  assert.equal(new GainLine(1).applied(samples, 0, 44_100), samples)
  assert.deepEqual(
    new GainLine(0.5).applied(samples, 0, 44_100),
    samples.map((sample) => sample / 2),
  )
})

test('across a change no two samples are further apart than the ramp makes them, wherever blocks begin', () => {
  const line = new GainLine(0.25)
  line.change(1, 100.3)
  const ones = new Float32Array(2048).fill(1)
  const blockMs = (1024 / 44_100) * 1000
  const gains: number[] = []
  for (let block = 0; block < 8; block += 1) gains.push(...line.applied(ones, block * blockMs, 44_100))

  const steps = gains.slice(2).map((gain, index) => gain - (gains[index] ?? 0))
  assert.ok(steps.every((step) => step >= 0 && step < 0.002))
  assert.equal(gains[0], 0.25)
  assert.equal(gains.at(-1), 1)
})
