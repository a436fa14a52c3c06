// This machine's speakers with a driver of the test's own: what goes to the device, and at which rate.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fakeClock } from '../../../test/fakes/clock.ts'
import type { Output } from '../../player/index.ts'
import { deviceRateFor } from './device-rate.ts'
import type { SinkKind } from './sink.ts'
import { systemOutput } from './system-output.ts'
import { VolumeRamp } from './volume-ramp.ts'

const blockFrames = 1024

/** A device that takes all it gets, and remembers. */
function device() {
  const opened: { rateHz: number; samples: number[]; isClosed: boolean }[] = []
  let isDry = false
  const kind: SinkKind = {
    latencyMs: 0,
    primeMs: 10,
    async open(rateHz) {
      const mine = { rateHz, samples: [] as number[], isClosed: false }
      opened.push(mine)
      return {
        async write(bytes) {
          const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
          for (let at = 0; at < bytes.length; at += 2) mine.samples.push(view.getInt16(at, true) / 32_768)
        },
        isDry: () => isDry,
        close() {
          mine.isClosed = true
        },
      }
    },
  }
  return {
    kind,
    runsDry: (value: boolean) => {
      isDry = value
    },
    /** Those that were opened for more than a try. */
    used: () => opened.filter(({ samples }) => samples.length > 0),
  }
}

async function play(output: Output, sampleRateHz: number, startMs: number, blocks: number): Promise<number> {
  await output.open({ sampleRateHz, channels: 2 })
  let atMs = startMs
  for (let block = 0; block < blocks; block += 1) {
    await output.write({ samples: new Float32Array(blockFrames * 2).fill(0.5), atMs })
    atMs += (blockFrames / sampleRateHz) * 1000
  }
  return atMs
}

test('a queue of many rates goes to one device at the rate of its first song, without a step', async () => {
  const speaker = device()
  const output = systemOutput({ clock: fakeClock(), kind: speaker.kind })

  let atMs = await play(output, 44_100, 0, 10)
  atMs = await play(output, 96_000, atMs, 10)
  atMs = await play(output, 44_100, atMs, 10)

  const [only, ...others] = speaker.used()
  assert.equal(others.length, 0)
  assert.equal(only?.rateHz, 44_100)
  assert.ok(only?.samples.every((sample) => Math.abs(sample - 0.5) < 1e-4))
  const frames = blockFrames * 20 + Math.round((blockFrames * 10 * 44_100) / 96_000)
  assert.equal((only?.samples.length ?? 0) / 2, frames)
})

test('a skip lets the next song choose the rate', async () => {
  const speaker = device()
  const output = systemOutput({ clock: fakeClock(), kind: speaker.kind })

  await play(output, 44_100, 1000, 2)
  await output.flush(0)
  await play(output, 96_000, 2000, 2)

  assert.deepEqual(
    speaker.used().map(({ rateHz }) => rateHz),
    [44_100, 96_000],
  )
})

test('after a pause the block that sounded is heard to its end, and no more', async () => {
  const speaker = device()
  const clock = fakeClock()
  const output = systemOutput({ clock, kind: speaker.kind })
  await play(output, 44_100, 0, 4)

  await output.flush(20)
  await clock.advance(19)
  assert.equal(speaker.used()[0]?.isClosed, false)
  await clock.advance(1)
  assert.equal(speaker.used()[0]?.isClosed, true)
})

test('a device that ran dry in the middle of the music is an underrun, one that was silent before is none', async () => {
  const speaker = device()
  const output = systemOutput({ clock: fakeClock(), kind: speaker.kind })

  speaker.runsDry(true)
  let atMs = await play(output, 44_100, 0, 1)
  assert.equal(output.health().underruns, 0)
  speaker.runsDry(false)
  atMs = await play(output, 44_100, atMs, 3)
  assert.equal(output.health().underruns, 0)
  speaker.runsDry(true)
  atMs = await play(output, 44_100, atMs, 1)
  assert.equal(output.health().underruns, 1)
  await play(output, 44_100, atMs + 5000, 1)
  assert.equal(output.health().underruns, 1)
})

test('volume goes in small steps wherever blocks begin, and from silence at once', async () => {
  const speaker = device()
  const output = systemOutput({ clock: fakeClock(), kind: speaker.kind })
  await output.setVolume(50)
  let atMs = await play(output, 44_100, 0, 2)
  await output.setVolume(0)
  atMs = await play(output, 44_100, atMs, 2)
  await output.setVolume(100)
  await play(output, 44_100, atMs, 2)

  const heard = (speaker.used()[0]?.samples ?? []).filter((_, index) => index % 2 === 0)
  assert.equal(heard[0], 0.125)
  assert.equal(heard[2 * blockFrames + 900], 0)
  assert.equal(heard.at(-1), 0.5)
  const steps = heard.slice(1).map((sample, index) => Math.abs(sample - (heard[index] ?? 0)))
  assert.ok(Math.max(...steps) < 0.5 / 800)
})

test('a ramp takes its time in blocks of any size', () => {
  const ramp = new VolumeRamp()
  ramp.set(0)
  const gains: number[] = []
  for (let block = 0; block < 300; block += 1)
    gains.push(...ramp.applied(Float32Array.of(1, 1, 1, 1, 1, 1), 44_100))

  assert.ok(gains.slice(2).every((gain, at) => gain <= (gains[at] ?? 0) && (gains[at] ?? 0) - gain < 0.0012))
  assert.equal(gains.at(-1), 0)
})

test('the device has the rate of the song where that is one for music', () => {
  const songs = [8000, 11_025, 22_050, 32_000, 44_100, 48_000, 96_000, 192_000, 352_800, 384_000]

  assert.deepEqual(
    songs.map(deviceRateFor),
    [48_000, 44_100, 44_100, 48_000, 44_100, 48_000, 96_000, 192_000, 176_400, 192_000],
  )
})
