// Every format against the sound that went in, sample by sample: files made here by code, and by ffmpeg where there is one.

import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import * as fc from 'fast-check'
import { playsOrIsRefused } from '../../test/fakes/hostile-song.ts'
import { noise, type Sound, writeFlac, writeWav } from '../../test/fakes/sound-files.ts'
import { needs } from '../../test/lab/peers.ts'
import { KnownError } from '../errors.ts'
import { type Decoder, openDecoder } from './index.ts'

const frames = 30_001
const places = [0, 1, 1023, 15_000, 29_990, frames]

for (const [name, write] of [
  ['WAV', writeWav],
  ['FLAC', writeFlac],
] as const) {
  test(`${name} comes out exactly as it went in, from any sample on`, async (t) => {
    const sound = noise(frames, 1)
    const decoder = await openDecoder(write(join(newFolder(t), 'song'), sound))

    assert.equal(decoder.lengthFrames, frames)
    assert.deepEqual(whole(await rest(decoder)), sound)
    for (const place of places) {
      await decoder.seek(place)
      assert.deepEqual(whole(await rest(decoder)), sound.slice(place * 2), `from ${place}`)
    }
    await decoder.close()
  })
}

// --- what ffmpeg writes, compared with what ffmpeg reads

/** Encoder options; `within` is the largest difference to ffmpeg's decoder, 0 where the format is lossless. */
const encodings: { file: string; options: string[]; within: number; by?: string }[] = [
  { file: 'u8.wav', options: ['-c:a', 'pcm_u8'], within: 0 },
  { file: 's24.wav', options: ['-c:a', 'pcm_s24le'], within: 0 },
  { file: 'f32.wav', options: ['-c:a', 'pcm_f32le'], within: 0 },
  { file: '16.aiff', options: ['-c:a', 'pcm_s16be'], within: 0 },
  { file: '24.aiff', options: ['-c:a', 'pcm_s24be'], within: 0 },
  { file: '16.flac', options: ['-sample_fmt', 's16'], within: 0 },
  { file: '24.flac', options: ['-sample_fmt', 's32', '-bits_per_raw_sample', '24'], within: 0 },
  { file: '16.oga', options: ['-c:a', 'flac', '-f', 'ogg'], within: 0 },
  { file: 'vorbis.ogg', options: ['-c:a', 'libvorbis', '-q:a', '4'], within: 1e-5 },
  // ffmpeg has it in 16 bits.
  { file: 'opus.opus', options: ['-af', 'volume=0.2', '-c:a', 'libopus'], within: 4 / 32_768, by: 'libopus' },
  { file: '192.mp3', options: ['-b:a', '192k'], within: 1e-5 },
  { file: 'vbr-22.mp3', options: ['-q:a', '4', '-ar', '22050'], within: 1e-5 },
  { file: 'bare.mp3', options: ['-b:a', '64k', '-write_xing', '0'], within: 1e-5 },
  { file: 'aac.m4a', options: ['-c:a', 'aac', '-b:a', '128k', '-aac_pns', '0'], within: 1e-5 },
  { file: 'front.m4a', options: ['-c:a', 'aac', '-aac_pns', '0', '-movflags', '+faststart'], within: 1e-5 },
  { file: 'alac.m4a', options: ['-c:a', 'alac'], within: 0 },
]

test('every format sounds as ffmpeg plays it, and is as long as what was encoded', async (t) => {
  if (!needs(t, 'ffmpeg')) return
  const folder = newFolder(t)
  const source = writeWav(join(folder, 'source.wav'), noise(frames, 3))

  for (const { file, options, within, by } of encodings) {
    const path = join(folder, file)
    execFileSync('ffmpeg', ['-v', 'error', '-i', source, ...options, path])
    const decoder = await openDecoder(path)
    const sound = await rest(decoder)
    const reference = ffmpegDecodes(path, by)

    if (decoder.lengthFrames !== undefined) assert.equal(sound.length / 2, decoder.lengthFrames, file)
    if (decoder.sampleRateHz === 44_100 && file !== 'bare.mp3') assert.equal(sound.length / 2, frames, file)
    assert.ok(difference(sound, reference) <= within, `${file}: ${difference(sound, reference)}`)
    for (const place of places) {
      await decoder.seek(place)
      const tail = await rest(decoder)
      assert.equal(tail.length, Math.max(0, sound.length - place * 2), `${file} from ${place}`)
      assert.ok(difference(tail, sound.subarray(place * 2)) <= 1e-6, `${file} from ${place}`)
    }
    await decoder.close()
  }
})

test('mono goes to both sides unchanged', async (t) => {
  if (!needs(t, 'ffmpeg')) return
  const folder = newFolder(t)
  const source = writeWav(join(folder, 'source.wav'), noise(3000, 3))
  const path = join(folder, 'mono.flac')
  execFileSync('ffmpeg', ['-v', 'error', '-i', source, '-af', 'pan=mono|c0=c0', path])

  const decoder = await openDecoder(path)
  const sound = whole(await rest(decoder))
  await decoder.close()

  assert.deepEqual(
    sound,
    noise(3000, 3).map((_, index, all) => all[index - (index % 2)] ?? 0),
  )
})

// --- files that mean no good

test('a file that is cut off says so, after what is whole of it', async (t) => {
  for (const write of [writeWav, writeFlac]) {
    const path = write(join(newFolder(t), 'song'), noise(frames, 1))
    truncateSync(path, Math.floor(statSync(path).size / 2))
    const decoder = await openDecoder(path)

    if (write === writeFlac) await assert.rejects(rest(decoder), { code: 'CANNOT_DECODE' })
    else assert.ok((await rest(decoder)).length < frames * 2)
    await decoder.close()
  }
})

test('what cannot be played is refused with a reason', async (t) => {
  const folder = newFolder(t)
  const cases: [bytes: string, reason: RegExp][] = [
    ['', /empty/],
    ['OggS and so on', /beginning is missing/],
    ['fLaC', /ends before its sound/],
    ['RIFF....WAVEdata....', /format is not told/],
    ['FORM....AIFF', /format is missing/],
    ['....ftypM4A ', /index is missing/],
    ['no sound at all', /no MP3 sound/],
  ]
  for (const [bytes, reason] of cases) {
    const path = join(folder, 'file')
    writeFileSync(path, bytes, 'latin1')
    await assert.rejects(openDecoder(path), (error: KnownError) => {
      assert.equal(error.code, 'CANNOT_DECODE')
      assert.match(String(error.details['reason']), reason)
      return true
    })
  }
  await assert.rejects(openDecoder(join(folder, 'nowhere')), { code: 'CANNOT_DECODE' })
  await assert.rejects(openDecoder(folder), { code: 'CANNOT_DECODE' })
})

test('damaged at random places, a file plays or is refused, and never anything else', async (t) => {
  const folder = newFolder(t)
  const sound = noise(3000, 9)
  const originals = [writeWav(join(folder, 'a.wav'), sound), writeFlac(join(folder, 'a.flac'), sound)]
  const hasFfmpeg = encodersOf(folder, originals)
  t.diagnostic(hasFfmpeg ? 'with MP3, AIFF and M4A by ffmpeg' : 'WAV and FLAC only: no ffmpeg')
  const damage = fc.array(
    fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.integer({ min: 0, max: 255 })),
    {
      minLength: 1,
      maxLength: 20,
    },
  )
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...originals), damage, fc.boolean(), async (original, hits, isHead) => {
      const bytes = readFileSync(original)
      const reach = isHead ? Math.min(bytes.length, 600) : bytes.length
      for (const [at, value] of hits) bytes[Math.min(bytes.length - 1, Math.floor(at * reach))] = value
      const path = join(folder, 'damaged')
      writeFileSync(path, bytes)
      await playsOrIsRefused(path)
    }),
    { numRuns: 60 },
  )
})

/** Adds files by ffmpeg to the list, where it is installed. */
function encodersOf(folder: string, originals: string[]): boolean {
  try {
    for (const file of ['b.mp3', 'b.aiff', 'b.m4a']) {
      execFileSync('ffmpeg', ['-v', 'error', '-i', join(folder, 'a.wav'), join(folder, file)])
      originals.push(join(folder, file))
    }
    return true
  } catch {
    return false
  }
}

// --- pieces

async function rest(decoder: Decoder): Promise<Float32Array> {
  const blocks: Float32Array[] = []
  for (let block = await decoder.read(); block !== undefined; block = await decoder.read()) {
    assert.ok(block.length > 0)
    blocks.push(block)
  }
  const all = new Float32Array(blocks.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const block of blocks) {
    all.set(block, at)
    at += block.length
  }
  return all
}

/** As 16-bit numbers; fails when they are not exactly that. */
function whole(samples: Float32Array): Sound {
  assert.ok(samples.every((sample) => Number.isInteger(sample * 32_768)))
  return Int16Array.from(samples, (sample) => sample * 32_768)
}

function ffmpegDecodes(path: string, decoder?: string): Float32Array {
  const by = decoder === undefined ? [] : ['-c:a', decoder]
  const bytes = execFileSync('ffmpeg', ['-v', 'error', ...by, '-i', path, '-f', 'f32le', '-'], {
    maxBuffer: 2 ** 28,
  })
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength))
}

function difference(one: Float32Array, other: Float32Array): number {
  let most = 0
  for (let index = 0; index < Math.min(one.length, other.length); index += 1)
    most = Math.max(most, Math.abs((one[index] ?? 0) - (other[index] ?? 0)))
  return most
}

function newFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'tonearm-audio-'))
  t.after(() => rmSync(folder, { recursive: true }))
  return folder
}
