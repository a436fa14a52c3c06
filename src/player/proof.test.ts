// The proof of what is played: the real player with its thread into a `wav:` file, compared with what must be in it,
// sample by sample. Lossy formats against their decoder, which src/audio/audio.test.ts compares with ffmpeg's.

import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { joined, noise, readWav, type Sound, writeFlac, writeWav } from '../../test/fakes/sound-files.ts'
import { needs } from '../../test/lab/peers.ts'
import { openDecoder, Resampler } from '../audio/index.ts'
import { systemClock } from '../clock.ts'
import { openSqlite, type ReplayGain, type Song } from '../library/index.ts'
import { silentLog } from '../log.ts'
import { chooseOutputs } from '../outputs/index.ts'
import { openPlayer } from './index.ts'
import type { Player, PlayerState } from './types.ts'

const me = 'test'
const rateHz = 44_100

/** By ffmpeg; `isLossless`: what comes out is what went in. Opus knows only 48,000 Hz and has its place below. */
const formats = [
  { ending: 'flac', options: ['-c:a', 'flac'], isLossless: true },
  { ending: 'oga', options: ['-c:a', 'flac', '-f', 'ogg'], isLossless: true },
  { ending: 'm4a', options: ['-c:a', 'alac'], isLossless: true },
  { ending: 'aiff', options: ['-c:a', 'pcm_s16be'], isLossless: true },
  { ending: 'wv', options: ['-c:a', 'wavpack'], isLossless: true },
  { ending: 'mp3', options: ['-b:a', '192k'], isLossless: false },
  { ending: 'mp4', options: ['-c:a', 'aac', '-b:a', '128k'], isLossless: false },
  { ending: 'ogg', options: ['-c:a', 'libvorbis'], isLossless: false },
]

test('an album in each format, and from each format into the next: no sample too many, none missing', async (t) => {
  if (!needs(t, 'ffmpeg')) return
  const folder = newFolder(t)
  const album = [noise(7001, 1), noise(6400, 2)]
  const sources = album.map((sound, index) => writeWav(join(folder, `${index}.wav`), sound))
  const paths: string[] = [...sources]
  const wanted: Sound[] = [...album]
  for (const { ending, options, isLossless } of formats)
    for (const [index, source] of sources.entries()) {
      const path = join(folder, `${index}.${ending}`)
      execFileSync('ffmpeg', ['-v', 'error', '-i', source, '-af', 'volume=1.0', ...options, path])
      const sound = sixteenBits((await decoded(path)).samples)
      assert.equal(sound.length, album[index]?.length, `${ending} is as long as what was encoded`)
      if (isLossless) assert.deepEqual(sound, album[index], ending)
      paths.push(path)
      wanted.push(sound)
    }
  const { player, heard } = await startPlayer(
    t,
    folder,
    paths.map((path) => ({ path })),
  )

  await playAll(player, paths.length)

  assertSame(heard(), joined(...wanted))
})

test('Opus, which knows only 48,000 Hz: two songs are resampled as one, without a seam', async (t) => {
  if (!needs(t, 'ffmpeg')) return
  const folder = newFolder(t)
  const paths = [9601, 14_400].map((frames, index) => {
    const source = writeWav(join(folder, `${index}.wav`), noise(frames, 7 + index), 48_000)
    const path = join(folder, `${index}.opus`)
    execFileSync('ffmpeg', ['-v', 'error', '-i', source, '-c:a', 'libopus', '-b:a', '128k', path])
    return path
  })
  const songs = await Promise.all(paths.map(decoded))
  const { player, heard } = await startPlayer(
    t,
    folder,
    paths.map((path) => ({ path })),
  )

  await playAll(player, paths.length)

  assert.deepEqual(
    songs.map(({ samples, sampleRateHz }) => [samples.length / 2, sampleRateHz]),
    [
      [9601, 48_000],
      [14_400, 48_000],
    ],
  )
  const resampler = new Resampler(48_000, rateHz)
  const wanted = songs.map(({ samples }) => sixteenBits(resampler.push(samples)))
  assertSame(heard(), joined(...wanted, sixteenBits(resampler.end())))
})

const deepFormats = [
  { ending: 'wav', options: ['-c:a', 'pcm_s24le'] },
  { ending: 'aiff', options: ['-c:a', 'pcm_s24be'] },
  { ending: 'flac', options: ['-c:a', 'flac', '-sample_fmt', 's32', '-bits_per_raw_sample', '24'] },
  { ending: 'm4a', options: ['-c:a', 'alac', '-sample_fmt', 's32p', '-bits_per_raw_sample', '24'] },
]

test('24 bits are decoded to the last, and what sounds in a file of 16 is the nearest', async (t) => {
  if (!needs(t, 'ffmpeg')) return
  const folder = newFolder(t)
  const [high, low] = [noise(5000, 9), noise(5000, 10)]
  const deep = Float32Array.from(high, (sample, at) => (sample * 256 + ((low[at] ?? 0) & 0xff)) / 2 ** 23)
  const raw = Buffer.alloc(deep.length * 3)
  for (const [at, sample] of deep.entries()) raw.writeIntLE(sample * 2 ** 23, at * 3, 3)
  writeFileSync(join(folder, 'raw'), raw)
  const source = ['-f', 's24le', '-ar', String(rateHz), '-ac', '2', '-i', join(folder, 'raw')]
  const paths = deepFormats.map(({ ending, options }) => {
    const path = join(folder, `deep.${ending}`)
    execFileSync('ffmpeg', ['-v', 'error', ...source, ...options, path])
    return path
  })
  for (const path of paths) assert.deepEqual((await decoded(path)).samples, deep, path)
  const { player, heard } = await startPlayer(
    t,
    folder,
    paths.map((path) => ({ path })),
  )

  await playAll(player, paths.length)

  assertSame(heard(), joined(...paths.map(() => sixteenBits(deep))))
})

test('one tone, cut into songs of many rates, stays one tone', async (t) => {
  const folder = newFolder(t)
  const rates = [44_100, 48_000, 44_100, 96_000, 22_050, 88_200, 44_100]
  const toneHz = 441
  let startSeconds = 0
  const paths = rates.map((rate, index) => {
    const from = startSeconds
    startSeconds += 0.2
    const frames = rate / 5
    const tone = Int16Array.from({ length: frames * 2 }, (_, at) =>
      Math.round(16_000 * Math.sin(2 * Math.PI * toneHz * (from + (at >> 1) / rate))),
    )
    return writeWav(join(folder, `${index}.wav`), tone, rate)
  })
  const { player, heard } = await startPlayer(
    t,
    folder,
    paths.map((path) => ({ path })),
  )

  await playAll(player, paths.length)

  const sound = heard()
  assert.equal(sound.length / 2, (rateHz / 5) * rates.length)
  const worst = sound.reduce((most, sample, at) => {
    const ideal = 16_000 * Math.sin((2 * Math.PI * toneHz * (at >> 1)) / rateHz)
    const isUntouched = rates[Math.floor((at >> 1) / (rateHz / 5))] === rateHz
    if (isUntouched) assert.ok(Math.abs(sample - ideal) <= 0.51)
    return Math.max(most, Math.abs(sample - ideal))
  }, 0)
  t.diagnostic(`at most ${worst.toFixed(1)} of 16,000 beside the ideal tone`)
  assert.ok(worst < 40) // -52 dB, at the cuts; a click is a hundred times that
})

test('seek points: the very sample, in every format', async (t) => {
  if (!needs(t, 'ffmpeg')) return
  const folder = newFolder(t)
  const source = writeWav(join(folder, 'source.wav'), noise(88_200, 5))
  const paths = ['a.flac', 'a.mp3', 'a.ogg', 'a.m4a'].map((name) => join(folder, name))
  // Noise that is invented anew at each playing is no place to seek to.
  const options = (path: string) => (path.endsWith('m4a') ? ['-aac_pns', '0'] : [])
  for (const path of paths) execFileSync('ffmpeg', ['-v', 'error', '-i', source, ...options(path), path])
  const { player, heard } = await startPlayer(
    t,
    folder,
    paths.map((path) => ({ path })),
  )
  const wanted: Sound[] = []

  for (const [index, path] of paths.entries())
    for (const positionMs of [1500, 1733]) {
      const whole = sixteenBits((await decoded(path)).samples)
      wanted.push(whole.slice(Math.round(positionMs * 44.1) * 2))
      await player.setQueue({ entries: [{ songId: index + 1 }], startIndex: 0, positionMs }, me)
      await reaches(player, ({ state }) => state === 'stopped')
    }

  await player.close()
  // MP3's synthesis begins anew at a seek: the same but for the last bit of its floats, which may round otherwise.
  assertSame(heard(), joined(...wanted), 1)
})

test('paused and resumed in a song that is resampled: the same as in one go', async (t) => {
  const folder = newFolder(t)
  const sound = noise(38_400, 6)
  const path = writeWav(join(folder, 'a.wav'), sound, 48_000)
  const { player, heard } = await startPlayer(t, folder, [{ path }])

  await player.playNow([{ songId: 1 }], {}, me)
  for (const afterMs of [100, 250, 400, 600]) {
    while (player.positionMs() < afterMs) await systemClock.until(systemClock.nowMs() + 5)
    await player.pause(me)
    await player.play(me)
  }
  await reaches(player, ({ state }) => state === 'stopped')
  await player.close()

  const resampler = new Resampler(48_000, rateHz)
  const floats = Float32Array.from(sound, (sample) => sample / 32_768)
  assertSame(heard(), joined(sixteenBits(resampler.push(floats)), sixteenBits(resampler.end())))
})

test('ReplayGain is a factor for every sample, and the clip guard keeps a loud file whole', async (t) => {
  const folder = newFolder(t)
  const quiet = noise(8000, 1).map((sample) => Math.round(sample / 8))
  const loud = noise(8000, 2)
  loud[77] = 32_767
  const songs = [
    { path: writeFlac(join(folder, 'a.flac'), quiet), replayGain: { trackGainDb: 6, trackPeak: 0.125 } },
    { path: writeFlac(join(folder, 'b.flac'), loud), replayGain: { trackGainDb: 9, trackPeak: 1 } },
    { path: writeFlac(join(folder, 'c.flac'), loud), replayGain: { trackGainDb: -9.5, trackPeak: 1 } },
    { path: writeFlac(join(folder, 'd.flac'), loud), replayGain: { trackGainDb: 4 } },
    { path: writeFlac(join(folder, 'e.flac'), quiet), replayGain: { trackGainDb: 30, trackPeak: 0.125 } },
  ]
  const { player, heard } = await startPlayer(t, folder, songs)

  await player.setReplayGain('track', me)
  await playAll(player, songs.length)

  const sound = heard()
  const factors = [10 ** (6 / 20), 1, 10 ** (-9.5 / 20), 1, 8]
  const wanted = factors.map((factor, index) => {
    const source = index === 0 || index === 4 ? quiet : loud
    return source.map((sample) => Math.max(-32_768, Math.min(32_767, Math.round(sample * factor))))
  })
  for (const [index, part] of wanted.entries()) {
    const mine = sound.subarray(index * 16_000, (index + 1) * 16_000)
    assert.equal(mine.length, part.length)
    assert.ok(
      mine.every((sample, at) => Math.abs(sample - (part[at] ?? 0)) <= 1),
      `song ${index + 1}`,
    )
  }
  assertSame(sound.slice(16_000, 32_000), loud) // as loud as it was, untouched
})

test('the mode of ReplayGain changed while it plays: soon heard, and no click', async (t) => {
  const folder = newFolder(t)
  const level = new Int16Array(88_200 * 2).fill(8000)
  const songs = [
    { path: writeFlac(join(folder, 'a.flac'), level), replayGain: { trackGainDb: -6, trackPeak: 0.25 } },
  ]
  const { player, heard } = await startPlayer(t, folder, songs)

  await player.playNow([{ songId: 1 }], {}, me)
  while (player.positionMs() < 300) await systemClock.until(systemClock.nowMs() + 5)
  await player.setReplayGain('track', me)
  await reaches(player, ({ state }) => state === 'stopped')
  await player.close()

  const left = heard().filter((_, index) => index % 2 === 0)
  assert.equal(left.length, 88_200)
  assert.equal(left[0], 8000)
  assert.equal(left.at(-1), Math.round(8000 * 10 ** (-6 / 20)))
  const steps = left.slice(1).map((sample, index) => (left[index] ?? 0) - sample)
  assert.ok(steps.every((step) => step >= 0 && step <= 8))
  const rampFrames = steps.filter((step) => step !== 0).length
  assert.ok(rampFrames > 800 && rampFrames < 900, `${rampFrames} frames`)
})

// --- the rig

async function startPlayer(
  t: TestContext,
  folder: string,
  files: readonly { path: string; replayGain?: ReplayGain }[],
): Promise<{ player: Player; heard(): Sound }> {
  const songs = files.map(
    (file, index) => ({ id: index + 1, title: `${index + 1}`, durationMs: 0, ...file }) as Song,
  )
  const database = openSqlite(join(folder, 'library.db'))
  const out = join(folder, 'out.wav')
  const player = await openPlayer({
    songs: (id) => songs[id - 1],
    database,
    outputs: chooseOutputs([`wav:${out}`]),
    log: silentLog,
    clock: systemClock,
  })
  t.after(async () => {
    await player.close()
    database.close()
  })
  return { player, heard: () => readWav(readFileSync(out)) }
}

async function playAll(player: Player, count: number): Promise<void> {
  await player.playNow(
    Array.from({ length: count }, (_, index) => ({ songId: index + 1 })),
    { startIndex: 0 },
    me,
  )
  await reaches(player, ({ state }) => state === 'stopped')
  assert.equal(player.state.notice, undefined)
  await player.close()
}

async function reaches(player: Player, passes: (state: PlayerState) => boolean): Promise<void> {
  const deadline = AbortSignal.timeout(60_000)
  let { state } = player
  while (!passes(state)) state = await player.changedSince(state.revision, deadline)
}

async function decoded(path: string): Promise<{ samples: Float32Array; sampleRateHz: number }> {
  const decoder = await openDecoder(path)
  const samples: number[] = []
  for (let block = await decoder.read(); block !== undefined; block = await decoder.read())
    samples.push(...block)
  await decoder.close()
  return { samples: Float32Array.from(samples), sampleRateHz: decoder.sampleRateHz }
}

function sixteenBits(samples: Float32Array): Sound {
  return Int16Array.from(samples, (sample) =>
    Math.max(-32_768, Math.min(32_767, Math.round(sample * 32_768))),
  )
}

function assertSame(heard: Sound, wanted: Sound, within = 0): void {
  assert.equal(heard.length, wanted.length)
  const at = heard.findIndex((sample, index) => Math.abs(sample - (wanted[index] ?? 0)) > within)
  assert.ok(at < 0, `sample ${at} is ${heard[at]}, not ${wanted[at]}`)
}

function newFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'tonearm-proof-'))
  t.after(() => rmSync(folder, { recursive: true }))
  return folder
}
