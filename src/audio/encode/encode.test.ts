// What listeners are sent, decoded again: by ffmpeg where there is one, and by our own decoders.

import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import * as fc from 'fast-check'
import { noise, type Sound } from '../../../test/fakes/sound-files.ts'
import { needs } from '../../../test/lab/peers.ts'
import { openDecoder } from '../index.ts'
import { type EncodedFormat, encodedFormats, openEncoder } from './open-encoder.ts'

for (const format of ['flac', 'wav'] as const) {
  test(`${format} holds every sample, loud and silent, alike and unlike in both ears`, async (t) => {
    const path = join(newFolder(t), `sound.${format}`)
    const hard: Record<string, Sound> = {
      noise: noise(5000, 1),
      silence: new Int16Array(5000),
      'full-scale square': made(5000, (frame) => (frame % 40 < 20 ? 32_767 : -32_768)),
      'one click': made(5000, (frame) => (frame === 2500 ? -32_768 : 0)),
      'the same in both': made(5000, (frame) => Math.round(20_000 * Math.sin(frame / 30))),
      'opposite in both': made(5000, (frame, ear) => (ear === 0 ? 1 : -1) * ((frame * 37) % 32_768)),
    }

    for (const [name, sound] of Object.entries(hard)) {
      writeFileSync(path, await encoded(format, sound))
      assert.deepEqual(await decoded(path, sound.length), sound, name)
    }
  })
}

test('FLAC of any length and any samples comes back exactly', async (t) => {
  const path = join(newFolder(t), 'sound.flac')
  const samples = fc.integer({ min: -32_768, max: 32_767 })
  const frames = fc.array(fc.tuple(samples, samples), { minLength: 1, maxLength: 2500, size: 'max' })

  await fc.assert(
    fc.asyncProperty(frames, async (pairs) => {
      const sound = Int16Array.from(pairs.flat())
      writeFileSync(path, await encoded('flac', sound))
      assert.deepEqual(await decoded(path, sound.length), sound)
    }),
    { numRuns: 30 },
  )
})

test('MP3 and Opus sound like what went in', async (t) => {
  const seconds = 2
  for (const format of ['mp3', 'opus'] as const) {
    const { sampleRateHz } = await openEncoder(format)
    const sound = chord(sampleRateHz * seconds, sampleRateHz)
    const path = join(newFolder(t), `sound.${format}`)
    writeFileSync(path, await encoded(format, sound))

    assert.ok(likeness(await decoded(path, sound.length), sound) > 0.99, format)
  }
})

test('Opus is as long as what went in, to the frame', async (t) => {
  const path = join(newFolder(t), 'sound.opus')
  for (const frames of [1, 647, 648, 649, 960, 48_000]) {
    writeFileSync(path, await encoded('opus', noise(frames, 1)))
    const decoder = await openDecoder(path)
    assert.equal(decoder.lengthFrames, frames)
    await decoder.close()
  }
})

test('ffmpeg finds no fault in any of them', async (t) => {
  if (!needs(t, 'ffmpeg')) return
  const sound = chord(100_000, 44_100)
  for (const format of encodedFormats) {
    const path = join(newFolder(t), `sound.${format}`)
    writeFileSync(path, await encoded(format, sound))
    // A WAV without an end is cut off by definition; the others are held to their checksums.
    const strict = format === 'wav' ? [] : ['-xerror', '-err_detect', 'crccheck+bitstream+explode']
    const bytes = execFileSync('ffmpeg', ['-v', 'fatal', ...strict, '-i', path, '-f', 's16le', '-'], {
      maxBuffer: 2 ** 24,
    })

    const heard = new Int16Array(bytes.buffer, bytes.byteOffset, bytes.length / 2)
    if (format === 'flac' || format === 'wav') assert.deepEqual(heard, sound)
    else assert.ok(likeness(heard, sound) > 0.99, format)
  }
})

// --- sound

async function encoded(format: EncodedFormat, sound: Sound): Promise<Uint8Array> {
  const encoder = await openEncoder(format)
  const samples = Float32Array.from(sound, (sample) => sample / 32_768)
  const parts = [encoder.header]
  // As the player hands it out, and an odd rest.
  for (let at = 0; at < samples.length; at += 2048)
    parts.push(encoder.encode(samples.subarray(at, at + 2048)))
  return Buffer.concat([...parts, encoder.end()])
}

async function decoded(path: string, length: number): Promise<Sound> {
  const decoder = await openDecoder(path)
  const parts: number[] = []
  for (let block = await decoder.read(); block !== undefined && parts.length < length; ) {
    for (const sample of block) parts.push(Math.round(sample * 32_768))
    block = await decoder.read()
  }
  await decoder.close()
  return Int16Array.from(parts)
}

function made(frames: number, at: (frame: number, ear: 0 | 1) => number): Sound {
  return Int16Array.from({ length: frames * 2 }, (_, index) => at(index >> 1, (index & 1) as 0 | 1))
}

/** Notes that come and go, so that no other place in it looks alike. */
function chord(frames: number, sampleRateHz: number): Sound {
  return made(frames, (frame, ear) => {
    const seconds = frame / sampleRateHz
    const loudness = 0.4 + 0.3 * Math.sin(5 * seconds)
    return Math.round(12_000 * loudness * Math.sin(2 * Math.PI * (300 + 100 * ear + 200 * seconds) * seconds))
  })
}

/** 1: the same, but for loudness, at the best of the delays that encoders have. */
function likeness(heard: Sound, sound: Sound): number {
  let best = 0
  for (let late = 0; late < 2400; late += 1) {
    let [both, one, other] = [0, 0, 0]
    for (let index = 20_000; index < 40_000; index += 2) {
      const [a, b] = [heard[index + late * 2] ?? 0, sound[index] ?? 0]
      both += a * b
      one += a * a
      other += b * b
    }
    best = Math.max(best, both / Math.sqrt(one * other))
  }
  return best
}

function newFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'tonearm-encode-'))
  t.after(() => rmSync(folder, { recursive: true }))
  return folder
}
