// What every output must do, whatever it is. Run by src/outputs/outputs.test.ts against each of them.

import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { systemClock } from '../../src/clock.ts'
import type { Output } from '../../src/player/index.ts'
import { noise, type Sound } from '../fakes/sound-files.ts'

export interface OutputUnderTest {
  readonly output: Output
  /** What came out at the far end, once closed; undefined where nobody can hear it. */
  heard(): Promise<Sound> | undefined
}

const sampleRateHz = 44_100
const format = { sampleRateHz, channels: 2 } as const
const blockFrames = 1024

/** `make` skips the test and answers undefined where this machine cannot run the output. */
export function outputContract(name: string, make: (t: TestContext) => Promise<OutputUnderTest | undefined>) {
  test(`${name}: everything written comes out, in order and in real time`, async (t) => {
    const made = await make(t)
    if (made === undefined) return
    const { output } = made
    t.after(() => output.close())
    const sound = noise(20 * blockFrames, 7)

    await output.open(format)
    const startMs = systemClock.nowMs() + output.latencyMs
    await writeAll(output, sound, startMs)
    const lastBlockMs = startMs + msOf(19 * blockFrames) - output.latencyMs
    assert.ok(systemClock.nowMs() >= lastBlockMs - 1, 'it took the blocks no sooner than they were due')
    await systemClock.until(startMs + msOf(20 * blockFrames))
    await output.close()

    const heard = await made.heard()
    if (heard !== undefined) assert.ok(holds(heard, sound))
    assert.equal(output.health().isWell, true)
  })

  test(`${name}: a flush drops what has not sounded, and it plays on`, async (t) => {
    const made = await make(t)
    if (made === undefined) return
    const { output } = made
    t.after(() => output.close())
    const [before, dropped, after] = [
      noise(4 * blockFrames, 1),
      noise(blockFrames, 2),
      noise(8 * blockFrames, 3),
    ]

    await output.open(format)
    const startMs = systemClock.nowMs() + output.latencyMs
    await writeAll(output, before, startMs)
    const farMs = systemClock.nowMs() + 60_000
    // Without a latency it waits with a block that is not due: the flush sets it free.
    const waiting =
      output.latencyMs === 0 ? output.write({ samples: floats(dropped), atMs: farMs }) : undefined
    await output.flush(farMs)
    await waiting
    const againMs = systemClock.nowMs() + output.latencyMs
    await writeAll(output, after, againMs)
    await systemClock.until(againMs + msOf(9 * blockFrames))
    await output.close()

    const heard = await made.heard()
    if (heard === undefined) return
    assert.ok(holds(heard, after))
    assert.ok(!holds(heard, dropped))
  })

  test(`${name}: volume may change at any time, and close may come twice`, async (t) => {
    const made = await make(t)
    if (made === undefined) return
    const { output } = made
    t.after(() => output.close())

    await output.setVolume(30)
    await output.open(format)
    await output.setVolume(0)
    await writeAll(output, noise(blockFrames, 1), systemClock.nowMs() + output.latencyMs)
    await output.close()
    await output.close()

    assert.equal(output.health().isWell, true)
  })
}

/** As the player does: each block is handed over its latency before it must sound. */
async function writeAll(output: Output, sound: Sound, startMs: number): Promise<void> {
  for (let at = 0; at < sound.length; at += blockFrames * 2) {
    const atMs = startMs + msOf(at / 2)
    await systemClock.until(atMs - output.latencyMs)
    await output.write({ samples: floats(sound.subarray(at, at + blockFrames * 2)), atMs })
  }
}

function floats(sound: Sound): Float32Array {
  return Float32Array.from(sound, (sample) => sample / 32_768)
}

function msOf(frames: number): number {
  return (frames / sampleRateHz) * 1000
}

/** The one within the other, in one piece but for silence: a speaker on a busy machine may run dry for a moment. */
function holds(heard: Sound, sound: Sound): boolean {
  return withoutSilence(heard).includes(withoutSilence(sound))
}

function withoutSilence(sound: Sound): Buffer {
  const loud = sound.filter((_, index) => {
    const frame = index - (index % 2)
    return sound[frame] !== 0 || sound[frame + 1] !== 0
  })
  return Buffer.from(loud.buffer, loud.byteOffset, loud.byteLength)
}
