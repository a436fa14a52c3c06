// Songs for players that cannot play their format: listed and sent as WAV, the same length in both places.

import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { type TestContext, test } from 'node:test'
import * as fc from 'fast-check'
import { type DaapClientOptions, daapClient, rows } from '../../../test/fakes/daap-client.ts'
import { type FakeSong, fakeLibrary } from '../../../test/fakes/library.ts'
import { noise, readWav, writeFlac, writeWav } from '../../../test/fakes/sound-files.ts'
import { openDecoder, toWholeNumbers } from '../../audio/index.ts'
import { child } from '../../protocol/index.ts'
import { habitsOf } from '../quirks.ts'
import { playedCodecs, wavFormOf } from './wav-form.ts'

const frames = 40_000
const sound = noise(frames, 7)
/** 907.03 ms: rounded as the scanner does. */
const durationMs = 907
const flacSong = { codec: 'flac', format: 'flac', durationMs, sampleRateHz: 44_100 } as const
const sample = new URL('../../../sample/', import.meta.url).pathname

function newFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'tonearm-wav-'))
  t.after(() => rmSync(folder, { recursive: true }))
  return folder
}

/** A player, as Rhythmbox is one, and a library of one FLAC. */
function playerWith(t: TestContext, song: Partial<FakeSong> = {}, options: DaapClientOptions = {}) {
  const path = writeFlac(join(newFolder(t), 'song.flac'), sound)
  const library = fakeLibrary({ songs: [{ title: 'Noise', ...flacSong, bitrateKbps: 900, path, ...song }] })
  const client = daapClient(library, { kind: 'player', userAgent: 'libdmapsharing', ...options })
  const stream = (headers: Record<string, string> = {}) => client.bytes('/databases/1/items/11.wav', headers)
  return {
    path,
    client,
    stream,
    async part(range?: string): Promise<Buffer> {
      const { body, headers } = await stream(range === undefined ? {} : { range })
      assert.ok(body instanceof Readable)
      const bytes = await buffer(body)
      assert.equal(headers['Content-Length'], String(bytes.length))
      return bytes
    },
  }
}

test('the list says what is sent, and what is sent is the sound, to the sample', async (t) => {
  const { client, part } = playerWith(t)

  const [song = []] = rows(
    await client.get(
      '/databases/1/items?meta=daap.songformat,daap.songcodectype,daap.songdescription,daap.songbitrate,' +
        'daap.songsize,com.apple.itunes.songsize64,daap.songcodecsubtype,daap.songsamplerate',
    ),
    'adbs',
  )
  const wav = await part()

  assert.equal(child(song, 'asfm'), 'wav')
  assert.equal(child(song, 'asdt'), 'WAV audio file')
  assert.equal(child(song, 'asbr'), 1411)
  assert.equal(child(song, 'assr'), 44_100)
  assert.equal(child(song, 'assz'), wav.length)
  const heard = readWav(wav)
  assert.equal(heard.byteLength, wav.length - 44)
  assert.deepEqual(heard.subarray(0, sound.length), sound)
  // At most a millisecond of silence, since lengths are known to the millisecond.
  const silence = heard.subarray(sound.length)
  assert.ok(silence.every((value) => value === 0))
  assert.ok(silence.length / 2 <= 45, `${silence.length / 2} frames`)
})

test('every part is the same as in the whole, wherever it begins', async (t) => {
  const { part } = playerWith(t)
  const whole = await part()

  for (const [from, to] of [
    [0, 0],
    [0, 43],
    [43, 44],
    [44, 44],
    [45, 50],
    [whole.length - 3, whole.length - 1],
  ] as const)
    assert.deepEqual(await part(`bytes=${from}-${to}`), whole.subarray(from, to + 1), `${from}-${to}`)
  assert.deepEqual(await part('bytes=-5'), whole.subarray(-5))
  await fc.assert(
    fc.asyncProperty(fc.nat(whole.length - 1), fc.nat(60_000), async (from, length) => {
      const bytes = await part(`bytes=${from}-${from + length}`)
      assert.ok(bytes.equals(whole.subarray(from, from + length + 1)))
    }),
    { numRuns: 20 },
  )
})

test('headers alone, unchanged, and a part that is not there cost no decoding', async (t) => {
  // No decoder reads this file.
  const { path, client, stream } = playerWith(t)
  writeFileSync(path, 'not FLAC any more')
  const size = wavFormOf(flacSong, new Set(['wav']))?.sizeBytes ?? 0

  const asItIs = await daapClient(fakeLibrary({ songs: [{ title: 'Noise', ...flacSong, path }] })).bytes(
    '/databases/1/items/11.flac',
  )
  const missing = await stream({ range: `bytes=${size}-` })
  const headOnly = await client.bytes('/databases/1/items/11.wav', {}, 'HEAD')

  assert.equal(missing.status, 416)
  assert.equal(missing.headers['Content-Range'], `bytes */${size}`)
  assert.equal(headOnly.headers['Content-Length'], String(size))
  assert.notEqual(headOnly.headers['ETag'], asItIs.headers['ETag'])
  assert.equal((await stream({ 'if-none-match': headOnly.headers['ETag'] ?? '' })).status, 304)
  ;(asItIs.body as Readable).destroy()
})

test('the codecs that a client plays: what it says, else what its kind is known to play', () => {
  const isSentAsWav = (
    song: Partial<Parameters<typeof wavFormOf>[0]>,
    client: { userAgent?: string; accepts?: string; kind?: 'remote' | 'player' },
  ) => {
    const headers = { 'accept-codecs': client.accepts }
    const session =
      client.kind && ({ kind: client.kind } as NonNullable<Parameters<typeof playedCodecs>[0]['session']>)
    const played = playedCodecs({ headers, session, client: habitsOf(client.userAgent) })
    return wavFormOf({ ...flacSong, ...song }, played) !== undefined
  }
  const aac = { codec: 'aac', format: 'm4a' } as const
  const alac = { codec: 'alac', format: 'm4a' } as const
  const aiff = { codec: 'pcm', format: 'aif' } as const
  const mp3 = { codec: 'mpeg', format: 'mp3' } as const
  const wav = { codec: 'pcm', format: 'wav' } as const
  const iTunes = 'iTunes/12.2.2 (Macintosh; OS X 10.10.5) AppleWebKit/600.8.9'

  for (const [song, client, expected] of [
    [{}, { userAgent: iTunes }, true],
    [aac, { userAgent: iTunes }, false],
    [alac, { userAgent: iTunes }, false],
    [aiff, { userAgent: iTunes }, false],
    [aac, { userAgent: 'Music/1.0.1 (Macintosh)' }, false],
    [aac, { userAgent: 'Front%20Row/2.2.1' }, false],
    [aac, { userAgent: 'AppleCoreMedia/1.0.0' }, false],
    [aac, { userAgent: 'Roku/DVP-4.0' }, false],
    [{}, { userAgent: 'Roku/DVP-4.0' }, true],
    [{}, { userAgent: 'Hifidelio' }, false],
    [{}, { userAgent: 'libdmapsharing' }, true],
    [aac, {}, true],
    [alac, {}, false],
    [aiff, {}, true],
    [mp3, {}, false],
    [wav, {}, false],
    // What it says counts more than its name.
    [{}, { userAgent: iTunes, accepts: 'mpeg, FLAC,wav' }, false],
    [mp3, { userAgent: iTunes, accepts: 'wav' }, true],
    // WAV is all we make.
    [{}, { accepts: 'mpeg' }, false],
    [{}, { accepts: '' }, false],
    // Remotes do not stream.
    [{}, { kind: 'remote' }, false],
    [{}, { kind: 'player' }, true],
    [{ codec: 'vorbis', format: 'ogg' }, {}, true],
    [{ codec: 'opus', format: 'opus' }, {}, true],
    [{ codec: 'flac', format: 'ogg' }, {}, true],
    // What cannot be decoded is sent as it is.
    [{ codec: 'other', format: 'ogg' }, {}, false],
    [{ codec: 'other', format: 'constructor' }, {}, false],
    [{ durationMs: 0 }, {}, false],
    [{ sampleRateHz: 0 }, {}, false],
    // 32 bits of size: seven hours.
    [{ durationMs: 25_000_000 }, {}, false],
  ] as const)
    assert.equal(isSentAsWav(song, client), expected, JSON.stringify([song, client]))
})

test('each format of the sample album becomes what our decoder makes of it', async (t) => {
  for (const [file, codec, format] of [
    ['01 Needle Down.flac', 'flac', 'flac'],
    ['02 First Groove.mp3', 'mpeg', 'mp3'],
    ['03 Run-out.m4a', 'alac', 'm4a'],
  ] as const) {
    const decoded = await decodedFile(join(sample, file))
    const song = { codec, format, durationMs: decoded.durationMs, path: join(sample, file) }
    const { part } = playerWith(t, song, { headers: { 'accept-codecs': 'wav' } })

    const wav = await part()
    const half = 44 + 4 * Math.floor(decoded.bytes.length / 8)

    assert.equal(hash(wav.subarray(44, 44 + decoded.bytes.length)), hash(decoded.bytes), file)
    assert.deepEqual(await part(`bytes=${half}-${half + 9999}`), wav.subarray(half, half + 10_000), file)
  }
})

test('tags that name another rate: resampled, so that it is as long as was said', async (t) => {
  const path = writeWav(join(newFolder(t), 'song.wav'), noise(24_000, 3), 48_000)
  const song = { path, codec: 'pcm', format: 'aif', durationMs: 500 } as const
  const { part } = playerWith(t, song)

  const whole = await part()

  assert.equal(whole.readUInt32LE(24), 44_100)
  assert.equal(whole.length, wavFormOf({ ...flacSong, ...song }, new Set(['wav']))?.sizeBytes)
  assert.deepEqual(await part('bytes=40001-50000'), whole.subarray(40_001, 50_001))
})

test('a file that is not what its tags said is an error before the answer, a damaged end one in it', async (t) => {
  const { path, stream, part } = playerWith(t)
  writeFileSync(path, readFileSync(path).subarray(0, 60_000))

  await assert.rejects(part(), { code: 'CANNOT_DECODE' })
  writeFileSync(path, 'this is no FLAC')
  await assert.rejects(stream(), { code: 'CANNOT_DECODE' })
  rmSync(path)
  await assert.rejects(stream(), { code: 'NOT_FOUND' })
})

test('many at once, but not without end; who goes makes room', async (t) => {
  const { stream } = playerWith(t)
  const open = await Promise.all(Array.from({ length: 16 }, async () => (await stream()).body as Readable))

  await assert.rejects(stream(), { code: 'TOO_MANY_STREAMS' })
  for (const body of open) {
    body.on('error', () => undefined)
    body.destroy()
  }

  const { body } = await stream()
  assert.ok(body instanceof Readable)
  assert.ok((await buffer(body)).length > 0)
})

test('clients that go in the middle of a piece disturb nobody else', async (t) => {
  const { stream, part } = playerWith(t)
  const whole = await part()

  await Promise.all(
    Array.from({ length: 12 }, async () => {
      const { body } = await stream({ range: 'bytes=1000-' })
      assert.ok(body instanceof Readable)
      const going = body
      await new Promise((resolve) => going.once('data', resolve)) // the next piece is being decoded
      going.destroy()
    }),
  )

  assert.ok((await part()).equals(whole))
})

async function decodedFile(path: string): Promise<{ bytes: Buffer; durationMs: number }> {
  const decoder = await openDecoder(path)
  const blocks: Uint8Array[] = []
  for (let block = await decoder.read(); block; block = await decoder.read())
    blocks.push(toWholeNumbers(block, 16))
  await decoder.close()
  const bytes = Buffer.concat(blocks)
  return { bytes, durationMs: Math.round((bytes.length / 4 / decoder.sampleRateHz) * 1000) }
}

function hash(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
