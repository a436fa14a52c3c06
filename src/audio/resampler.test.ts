import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Resampler } from './resampler.ts'

const rates = [22_050, 44_100, 48_000, 96_000, 192_000]
const pairs = rates.flatMap((fromHz) =>
  rates.filter((toHz) => toHz !== fromHz).map((toHz) => [fromHz, toHz] as const),
)

test('a tone is the same tone at every other rate, at its place and as long', () => {
  for (const [fromHz, toHz] of pairs) {
    const output = resampled(tone(fromHz, 1000, fromHz / 10), fromHz, toHz, 1024)

    assert.equal(output.length / 2, toHz / 10)
    assert.ok(worst(output, tone(toHz, 1000, toHz / 10)) < 1e-5, `${fromHz} to ${toHz}`)
  }
})

test('rates without a common divisor sound as well, and keep no filter for each sample', () => {
  for (const [fromHz, toHz] of [
    [44_101, 44_100],
    [44_056, 44_100],
    [44_100, 47_951],
  ] as const) {
    const before = process.memoryUsage().arrayBuffers
    const output = resampled(tone(fromHz, 1000, fromHz / 2), fromHz, toHz, 1024)

    assert.ok(process.memoryUsage().arrayBuffers - before < 12_000_000)
    assert.ok(worst(output, tone(toHz, 1000, toHz / 2)) < 2e-5, `${fromHz} to ${toHz}`)
  }
})

test('what the lower rate cannot carry is gone', () => {
  const output = resampled(tone(96_000, 30_000, 9600), 96_000, 44_100, 1024)

  assert.ok(worst(output, new Float32Array(output.length)) < 2e-6)
})

test('however it is cut into blocks, the same comes out', () => {
  const input = tone(48_000, 3000, 4800)

  const whole = resampled(input, 48_000, 44_100, 4800)

  for (const blockFrames of [1, 7, 1000])
    assert.deepEqual(resampled(input, 48_000, 44_100, blockFrames), whole)
})

test('it begins and ends where the sound does, without a ripple', () => {
  for (const [fromHz, toHz] of pairs) {
    const output = resampled(tone(fromHz, 440, fromHz / 10), fromHz, toHz, 1024)
    const wanted = tone(toHz, 440, toHz / 10)

    assert.ok(worst(output, wanted, 0) < 2e-3, `${fromHz} to ${toHz}: ${worst(output, wanted, 0)}`)
  }
})

test('a sound shorter than the filter is as long as it should be', () => {
  for (const frames of [0, 1, 2, 50]) {
    const output = resampled(new Float32Array(frames * 2).fill(0.5), 44_100, 48_000, 1024)

    assert.equal(output.length / 2, Math.round((frames * 48) / 44.1))
    assert.ok(output.every((sample) => Math.abs(sample - 0.5) < 1e-6))
  }
})

function tone(rateHz: number, toneHz: number, frames: number): Float32Array {
  return Float32Array.from({ length: frames * 2 }, (_, index) => {
    const frame = Math.floor(index / 2)
    return 0.5 * Math.sin((2 * Math.PI * toneHz * frame) / rateHz) * (index % 2 === 0 ? 1 : -1)
  })
}

function resampled(input: Float32Array, fromHz: number, toHz: number, blockFrames: number): Float32Array {
  const resampler = new Resampler(fromHz, toHz)
  const parts: number[] = []
  for (let at = 0; at < input.length; at += blockFrames * 2)
    parts.push(...resampler.push(input.subarray(at, at + blockFrames * 2)))
  parts.push(...resampler.end())
  return Float32Array.from(parts)
}

/** Largest difference; in the middle, unless told to look to the ends. */
function worst(one: Float32Array, other: Float32Array, from = 2 * Math.floor(one.length / 8)): number {
  let most = 0
  for (let index = from; index < one.length - from; index += 1)
    most = Math.max(most, Math.abs((one[index] ?? 0) - (other[index] ?? 0)))
  return most
}
