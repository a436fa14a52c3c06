// Ogg as it may be: chained, multiplexed, cut out of a stream, with pages lost, and made to hold us up.

import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import * as fc from 'fast-check'
import { playsOrIsRefused } from '../../../test/fakes/hostile-song.ts'
import { oggFlac, oggPage, oggStream } from '../../../test/fakes/ogg-files.ts'
import { joined, noise, type Sound, writeWav } from '../../../test/fakes/sound-files.ts'
import { needs } from '../../../test/lab/peers.ts'
import { KnownError } from '../../errors.ts'
import { type Decoder, openDecoder } from '../index.ts'
import { pageChecksum } from './page.ts'

const frames = 30_001
const places = [0, 1, 1023, 1024, 15_000, 29_990, frames]

async function openBytes(t: TestContext, bytes: Uint8Array): Promise<Decoder> {
  const folder = mkdtempSync(join(tmpdir(), 'tonearm-ogg-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const path = join(folder, 'song.ogg')
  writeFileSync(path, bytes)
  const decoder = await openDecoder(path)
  t.after(() => decoder.close())
  return decoder
}

async function rest(decoder: Decoder): Promise<Sound> {
  const sounds: Sound[] = []
  for (let block = await decoder.read(); block !== undefined; block = await decoder.read())
    sounds.push(Int16Array.from(block, (sample) => Math.round(sample * 32_768)))
  return joined(...sounds)
}

async function assertHolds(decoder: Decoder, sound: Sound): Promise<void> {
  assert.equal(decoder.lengthFrames, sound.length / 2)
  assert.deepEqual(await rest(decoder), sound)
  for (const place of places) {
    await decoder.seek(place)
    assert.deepEqual(await rest(decoder), sound.slice(place * 2), `from ${place}`)
  }
}

test('FLAC in Ogg comes out as it went in, from any sample on, packets over many pages', async (t) => {
  const sound = noise(frames, 1)

  await assertHolds(await openBytes(t, Buffer.concat(oggFlac(sound))), sound)
})

test('what was cut out of a longer stream begins where its first page says', async (t) => {
  const sound = noise(frames, 2)

  await assertHolds(await openBytes(t, Buffer.concat(oggFlac(sound, { startGranule: 5_000_000 }))), sound)
})

test('links of a chain sound as one song', async (t) => {
  const parts = [noise(9000, 1), noise(12_001, 2), noise(9000, 3)]
  const bytes = Buffer.concat(parts.flatMap((part, index) => oggFlac(part, { serial: index + 1 })))

  await assertHolds(await openBytes(t, bytes), joined(...parts))
})

test('a link with another rate is resampled to that of the first', async (t) => {
  const [one, other] = [noise(9000, 1), noise(9600, 2)]
  const bytes = Buffer.concat([...oggFlac(one), ...oggFlac(other, { serial: 2, sampleRateHz: 48_000 })])
  const decoder = await openBytes(t, bytes)

  const whole = await rest(decoder)
  assert.equal(decoder.lengthFrames, 9000 + 8820)
  assert.equal(whole.length / 2, 9000 + 8820)
  assert.deepEqual(whole.subarray(0, one.length), one)
  await decoder.seek(12_345)
  assert.deepEqual(await rest(decoder), whole.slice(12_345 * 2))
})

test('between the pages of other streams, only those of the sound count', async (t) => {
  const sound = noise(frames, 4)
  const film = oggStream(
    9,
    Array.from({ length: 60 }, (_, index) => ({
      bytes: Buffer.from(`\x80theora${'OggS'.repeat(500)}`, 'latin1'),
      granule: index * 10_000,
      endsPage: true,
    })),
  )
  const [filmHead = Buffer.alloc(0), ...filmPages] = film
  const [soundHead = Buffer.alloc(0), ...soundPages] = oggFlac(sound)
  const mixed: Buffer[] = [filmHead, soundHead]
  while (soundPages.length > 0 || filmPages.length > 0)
    mixed.push(...soundPages.splice(0, 2), ...filmPages.splice(0, 1))

  await assertHolds(await openBytes(t, Buffer.concat(mixed)), sound)
})

test('a lost or damaged page costs what was on it, and the end stays where it was', async (t) => {
  const sound = noise(frames, 5)
  const pages = oggFlac(sound)
  const lost = Math.floor(pages.length / 2)
  const damaged = pages.map((page, index) => (index === lost ? page.map((byte) => byte ^ 0x55) : page))

  for (const bytes of [Buffer.concat(pages.toSpliced(lost, 1)), Buffer.concat(damaged)]) {
    const decoder = await openBytes(t, bytes)
    const heard = await rest(decoder)
    assert.equal(decoder.lengthFrames, frames)
    assert.ok(heard.length < sound.length && heard.length > sound.length * 0.8)
    assert.deepEqual(heard.slice(-2000), sound.slice(-2000))
    await decoder.seek(29_000)
    assert.deepEqual(await rest(decoder), sound.slice(29_000 * 2))
  }
})

test('a file that was not written to its end plays as far as it goes', async (t) => {
  const sound = noise(frames, 6)
  const bytes = Buffer.concat(oggFlac(sound))
  const decoder = await openBytes(t, bytes.subarray(0, bytes.length / 2))

  const heard = await rest(decoder)
  assert.equal(decoder.lengthFrames, heard.length / 2)
  assert.ok(heard.length > sound.length * 0.4)
  assert.deepEqual(heard, sound.slice(0, heard.length))
})

test('an Opus header tells how loud it is, and that counts', async (t) => {
  if (!needs(t, 'ffmpeg')) return
  const folder = mkdtempSync(join(tmpdir(), 'tonearm-ogg-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const wav = writeWav(join(folder, 'a.wav'), noise(20_000, 3), 48_000)
  const path = join(folder, 'a.opus')
  execFileSync('ffmpeg', ['-v', 'error', '-i', wav, '-af', 'volume=0.1', '-c:a', 'libopus', path])
  const bytes = readFileSync(path)
  const head = bytes.subarray(0, bytes.indexOf('OggS', 4))
  const plain = await rest(await openBytes(t, bytes))
  head.writeInt16LE(6 * 256, head.indexOf('OpusHead') + 16)
  head.writeUInt32LE(pageChecksum(head), 22)

  const louder = await rest(await openBytes(t, bytes))

  assert.equal(louder.length, plain.length)
  assert.ok(louder.every((sample, index) => Math.abs(sample - (plain[index] ?? 0) * 10 ** (6 / 20)) < 2))
})

// --- files that mean no good

test('what is no sound that we know is refused with a reason', async (t) => {
  const only = (body: string, isFirst = true) =>
    oggPage({
      serial: 1,
      sequence: 0,
      granule: 0,
      isFirst,
      lacing: [body.length],
      body: Buffer.from(body, 'latin1'),
    })
  const cases: [Uint8Array, RegExp][] = [
    [Buffer.from('OggS and so on'), /beginning is missing/],
    [only('\x80theora'), /no sound in it that we know/],
    [only('\x80theora', false), /beginning is missing/],
    [only(`\x01vorbis${'\0'.repeat(23)}`), /ends before its sound/],
    [only(`OpusHead\x01\x09${'\0'.repeat(9)}`), /ends before its sound/],
    [Buffer.concat([only(`OpusHead\x01\x09${'\0'.repeat(9)}`), page2('OpusTags')]), /9 channels of Opus/],
    [Buffer.concat([only(`OpusHead\x21\x02${'\0'.repeat(9)}`), page2('OpusTags')]), /version of Opus/],
    [
      Buffer.concat([only(`OpusHead\x01\x02${'\0'.repeat(8)}\x01\xff\xff\xff\xff`), page2('OpusTags')]),
      /header makes no sense/,
    ],
  ]
  for (const [bytes, reason] of cases)
    await assert.rejects(openBytes(t, bytes), (error: KnownError) => {
      assert.equal(error.code, 'CANNOT_DECODE')
      assert.match(String(error.details['reason']), reason)
      return true
    })
})

test('pages that only seem to be some are not looked through for ever', async (t) => {
  const fakePage = Buffer.concat([Buffer.from('OggS\0', 'latin1'), Buffer.alloc(21), Buffer.of(255)])
  const flood = Buffer.concat([
    oggPage({ serial: 1, sequence: 0, granule: 0, isFirst: true, lacing: [9], body: Buffer.alloc(9) }),
    ...new Array<Buffer>(20_000).fill(Buffer.concat([fakePage, Buffer.alloc(3, 255)])),
  ])

  await assert.rejects(openBytes(t, flood), { code: 'CANNOT_DECODE' })
})

test('granules that make no sense cost no more than the place', async (t) => {
  const sound = noise(6000, 7)
  for (const granule of [-1, 0, 1, 2 ** 52, 2 ** 62]) {
    const pages = oggFlac(sound).map((page, index) => {
      if (index < 2) return page
      const changed = Buffer.from(page)
      changed.writeBigInt64LE(BigInt(granule), 6)
      changed.writeUInt32LE(pageChecksum(changed), 22)
      return changed
    })
    const decoder = await openBytes(t, Buffer.concat(pages))

    await rest(decoder)
    await decoder.seek(3000)
    await rest(decoder)
  }
})

test('damaged behind right checksums, a file plays or is refused, and never anything else', async (t) => {
  const originals = [oggFlac(noise(5000, 8)), ...encoded(t)]
  const hit = fc.tuple(
    fc.nat(50),
    fc.double({ min: 0, max: 1, noNaN: true }),
    fc.integer({ min: 0, max: 255 }),
  )
  const folder = mkdtempSync(join(tmpdir(), 'tonearm-ogg-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const path = join(folder, 'damaged.ogg')
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...originals),
      fc.array(hit, { minLength: 1, maxLength: 20 }),
      async (original, hits) => {
        const pages = original.map((page) => Buffer.from(page))
        for (const [number, at, value] of hits) {
          const page = pages[number % pages.length] ?? Buffer.alloc(0)
          page[4 + Math.floor(at * (page.length - 5))] = value
          page.writeUInt32LE(pageChecksum(page), 22)
        }
        writeFileSync(path, Buffer.concat(pages))
        await playsOrIsRefused(path)
      },
    ),
    { numRuns: 40 },
  )
})

/** Vorbis and Opus, as pages, where ffmpeg can make them. */
function encoded(t: TestContext): Buffer[][] {
  const folder = mkdtempSync(join(tmpdir(), 'tonearm-ogg-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const wav = writeWav(join(folder, 'a.wav'), noise(9000, 3), 48_000)
  try {
    return ['libvorbis', 'libopus'].map((codec) => {
      const path = join(folder, `${codec}.ogg`)
      execFileSync('ffmpeg', ['-v', 'error', '-i', wav, '-c:a', codec, '-page_duration', '20000', path])
      return pagesOf(readFileSync(path))
    })
  } catch {
    t.diagnostic('FLAC only: no ffmpeg')
    return []
  }
}

function pagesOf(bytes: Buffer): Buffer[] {
  const pages: Buffer[] = []
  for (let at = 0; at < bytes.length; ) {
    const lacing = bytes.subarray(at + 27, at + 27 + (bytes[at + 26] ?? 0))
    const sizeBytes = 27 + lacing.length + lacing.reduce((sum, length) => sum + length, 0)
    pages.push(bytes.subarray(at, at + sizeBytes))
    at += sizeBytes
  }
  return pages
}

function page2(body: string): Buffer {
  return oggPage({
    serial: 1,
    sequence: 1,
    granule: 0,
    lacing: [body.length],
    body: Buffer.from(body, 'latin1'),
  })
}
