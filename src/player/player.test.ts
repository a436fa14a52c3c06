// Stories of playing, through the real player with its thread into a `wav:` file, in real time.

import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { joined, noise, readWav, type Sound, writeFlac, writeWav } from '../../test/fakes/sound-files.ts'
import { systemClock } from '../clock.ts'
import { openSqlite, type Song } from '../library/index.ts'
import { silentLog } from '../log.ts'
import { chooseOutputs } from '../outputs/index.ts'
import { openPlayer } from './index.ts'
import type { Player, PlayerState } from './types.ts'

const me = 'test'

test('songs of an album play without a gap, to the sample, whatever their formats', async (t) => {
  const sounds = [noise(20_000, 1), noise(15_555, 2), noise(9000, 3)] as const
  const { player, heard, played } = await startPlayer(t, [flac(sounds[0]), flac(sounds[1]), wav(sounds[2])])

  await player.playNow([{ songId: 1 }, { songId: 2 }, { songId: 3 }], {}, me)
  await reaches(player, ({ state }) => state === 'stopped')

  await player.close()
  assert.ok(isEqual(heard(), joined(...sounds)))
  assert.deepEqual(played, [1, 2, 3])
})

test('pausing and going on loses nothing and doubles nothing', async (t) => {
  const sound = noise(40_000, 4)
  const { player, heard } = await startPlayer(t, [wav(sound)])

  await player.playNow([{ songId: 1 }], {}, me)
  for (const afterMs of [100, 300, 500]) {
    await isAt(player, afterMs)
    await player.pause(me)
    assert.equal(player.state.state, 'paused')
    await player.play(me)
  }
  await reaches(player, ({ state }) => state === 'stopped')

  await player.close()
  assert.ok(isEqual(heard(), sound))
})

test('a seek lands on the very sample', async (t) => {
  const sound = noise(66_150, 5)
  const { player, heard } = await startPlayer(t, [flac(sound)])

  await player.playNow([{ songId: 1 }], {}, me)
  await player.pause(me)
  await player.seek(1000, me)
  assert.equal(player.state.state, 'paused')
  assert.equal(player.state.positionMs, 1000)
  await player.play(me)
  await reaches(player, ({ state }) => state === 'stopped')

  await player.close()
  const tail = sound.subarray(44_100 * 2)
  assert.ok(isEqual(heard().slice(-tail.length), tail.slice()))
})

test('a seek to the end goes on with the next song', async (t) => {
  const sounds = [noise(88_200, 1), noise(6000, 2)] as const
  const { player, heard } = await startPlayer(t, sounds.map(wav))

  await player.playNow([{ songId: 1 }, { songId: 2 }], {}, me)
  await player.seek(60_000, me)
  await reaches(player, ({ state }) => state === 'stopped')

  await player.close()
  assert.ok(isEqual(heard().slice(-sounds[1].length), sounds[1]))
})

test('a seek to the end of the last song ends the queue, also while it sounds', async (t) => {
  const { player, played } = await startPlayer(t, [wav(noise(88_200, 1))])

  await player.playNow([{ songId: 1 }], {}, me)
  await isAt(player, 200)
  await player.seek(60_000, me)
  await reaches(player, ({ state }) => state === 'stopped')
  assert.equal(player.state.song, undefined)
  assert.deepEqual(played, [])
})

test('a seek in the very moment in which the next song began goes back, and state and sound agree', async (t) => {
  const sounds = [noise(20_000, 1), noise(12_000, 2)] as const
  const { player, heard, played } = await startPlayer(t, sounds.map(wav))

  await player.playNow([{ songId: 1 }, { songId: 2 }], {}, me)
  standStill(700) // the second song sounds, and nobody here knows yet
  await player.seek(0, me)
  assert.equal(player.state.song?.id, 1)
  await reaches(player, ({ song }) => song?.id === 2)
  await reaches(player, ({ state }) => state === 'stopped')

  await player.close()
  const again = joined(...sounds)
  assert.ok(isEqual(heard().slice(-again.length), again))
  assert.deepEqual(played, [1, 2])
})

test('while the main thread stands still, the sound goes on', async (t) => {
  const sound = noise(66_150, 8)
  const { player, folder, heard } = await startPlayer(t, [wav(sound)])
  const written = () => statSync(join(folder, 'out.wav')).size

  await player.playNow([{ songId: 1 }], {}, me)
  const before = written()
  standStill(600)
  assert.ok(written() - before > 4410 * 4)
  await reaches(player, ({ state }) => state === 'stopped')

  await player.close()
  assert.ok(isEqual(heard(), sound))
})

test('a song put next at the last moment comes next, though another was ready', async (t) => {
  const sounds = [noise(30_000, 1), noise(8000, 2), noise(8000, 3)] as const
  const { player, heard } = await startPlayer(t, sounds.map(wav))

  await player.playNow([{ songId: 1 }, { songId: 2 }], {}, me)
  await isAt(player, 200)
  await player.add([{ songId: 3 }], 'next', me)
  await reaches(player, ({ state }) => state === 'stopped')

  await player.close()
  assert.ok(isEqual(heard(), joined(sounds[0], sounds[2], sounds[1])))
})

test('next and previous, as iTunes has them', async (t) => {
  const { player } = await startPlayer(
    t,
    [1, 2, 3].map((seed) => wav(noise(88_200, seed))),
  )

  await player.playNow([{ songId: 1 }, { songId: 2 }, { songId: 3 }], {}, me)
  await player.next(me)
  assert.equal(player.state.song?.id, 2)
  await player.previous(me)
  assert.equal(player.state.song?.id, 1)
  assert.deepEqual(
    player.state.upNext.map(({ songId }) => songId),
    [2, 3],
  )
  await player.playAt(2, me)
  assert.equal(player.state.song?.id, 3)
  await player.next(me)

  assert.equal(player.state.state, 'stopped')
  assert.equal(player.state.nowPlaying, undefined)
  await player.play(me)
  assert.equal(player.state.song?.id, 1)
})

test('songs of two rates go into one file at their right pitch', async (t) => {
  const { player, heard } = await startPlayer(t, [
    (path) => writeFlac(`${path}.flac`, noise(24_000, 1), 48_000),
    wav(noise(11_025, 2)),
  ])

  await player.playNow([{ songId: 1 }, { songId: 2 }], {}, me)
  await reaches(player, ({ state }) => state === 'stopped')

  await player.close()
  assert.equal(heard().length / 2, 22_050 + 11_025)
  assert.ok(isEqual(heard().slice(-22_050), noise(11_025, 2)))
})

test('a song that cannot be played is skipped with words', async (t) => {
  const sound = noise(8000, 2)
  const { player, heard, played } = await startPlayer(t, [rubbish, wav(sound), missing, wav(sound)])

  await player.playNow(
    [1, 2, 3, 4].map((songId) => ({ songId })),
    {},
    me,
  )
  assert.equal(player.state.song?.id, 2)
  assert.match(player.state.notice ?? '', /skipped “Song 1”: there is no MP3 sound in it/)
  const after = await reaches(player, ({ song }) => song?.id === 4)
  assert.match(after.notice ?? '', /skipped “Song 3”: the file is missing/)
  await reaches(player, ({ state }) => state === 'stopped')

  await player.close()
  assert.ok(isEqual(heard(), joined(sound, sound)))
  assert.deepEqual(played, [2, 4])
})

test('when nothing can be played it stops with words, also with repeat on', async (t) => {
  const { player } = await startPlayer(t, [rubbish, missing])

  for (const repeat of ['off', 'song', 'all'] as const) {
    await player.setRepeat(repeat, me)
    await assert.rejects(player.playNow([{ songId: 1 }, { songId: 2 }], {}, me), { code: 'CANNOT_DECODE' })
    assert.equal(player.state.state, 'stopped')
    assert.match(player.state.notice ?? '', /skipped “Song/)
  }
})

test('a song broken in its middle is heard up to there, then the next one', async (t) => {
  const sounds = [noise(20_000, 1), noise(5000, 2)] as const
  const { player, heard, played } = await startPlayer(t, [cut(flac(sounds[0])), wav(sounds[1])])

  await player.playNow([{ songId: 1 }, { songId: 2 }], {}, me)
  await reaches(player, ({ notice }) => notice !== undefined)
  await reaches(player, ({ state }) => state === 'stopped')

  await player.close()
  assert.deepEqual(played, [2])
  assert.ok(isEqual(heard().slice(-sounds[1].length), sounds[1]))
})

test('queue, position, volume, shuffle and repeat come back, paused', async (t) => {
  const files = [1, 2, 3].map((seed) => wav(noise(66_150, seed)))
  const before = await startPlayer(t, files)
  await before.player.playNow(
    [1, 2, 3].map((songId) => ({ songId })),
    { startIndex: 1 },
    me,
  )
  await before.player.add([{ songId: 1 }], 'end', me)
  await before.player.setVolume(33, me)
  await before.player.setRepeat('all', me)
  await before.player.seek(700, me)
  await before.player.pause(me)
  const { state: old } = before.player
  await before.player.close()

  const { player } = await startPlayer(t, files, { folder: before.folder })

  assert.equal(player.state.state, 'paused')
  assert.ok(player.state.revision >= 2)
  assert.deepEqual(player.state.nowPlaying, old.nowPlaying)
  assert.deepEqual(player.state.upNext, old.upNext)
  assert.equal(player.state.volumePercent, 33)
  assert.equal(player.state.repeat, 'all')
  assert.ok(Math.abs(player.positionMs() - old.positionMs) < 1)
  await player.play(me)
  assert.equal(player.state.song?.id, 2)
})

test('with nothing to play on it says so, and keeps the queue', async (t) => {
  const { player } = await startPlayer(t, [wav(noise(8000, 1))])
  await player.setOutputs([], me)

  await assert.rejects(player.playNow([{ songId: 1 }], {}, me), { code: 'NO_OUTPUT' })

  assert.equal(player.state.song?.id, 1)
  await assert.rejects(player.setOutputs(['gramophone'], me), { code: 'NOT_FOUND' })
})

test('an empty queue has nothing to play', async (t) => {
  const { player } = await startPlayer(t, [])

  await assert.rejects(player.play(me), { code: 'NOTHING_TO_PLAY' })
  await assert.rejects(player.playAt(1, me), { code: 'NOT_FOUND' })
})

test('every change is told to those who wait, with who caused it', async (t) => {
  const { player } = await startPlayer(t, [])
  const { revision } = player.state
  const told = player.changedSince(revision, AbortSignal.timeout(5000))

  await player.setVolume(41.6, 'phone: volume')

  const state = await told
  assert.equal(state.volumePercent, 42)
  assert.equal(state.revision, revision + 1)
  assert.equal(state.cause, 'phone: volume')
})

// --- the rig

type File = (path: string) => string
const flac =
  (sound: Sound = noise(4000, 1)): File =>
  (path) =>
    writeFlac(`${path}.flac`, sound)
const wav =
  (sound: Sound): File =>
  (path) =>
    writeWav(`${path}.wav`, sound)

const rubbish: File = (path) => {
  writeFileSync(`${path}.mp3`, 'no sound at all '.repeat(1000))
  return `${path}.mp3`
}
const missing: File = (path) => `${path}.flac`
/** Without its last third. */
const cut =
  (file: File): File =>
  (path) => {
    const whole = file(path)
    truncateSync(whole, Math.floor((statSync(whole).size * 2) / 3))
    return whole
  }

interface Rig {
  readonly player: Player
  readonly folder: string
  /** What the `wav:` output holds now. */
  heard(): Sound
  readonly played: number[]
  readonly skipped: number[]
}

/** Songs 1, 2, 3 … from the files given. */
async function startPlayer(
  t: TestContext,
  files: readonly File[],
  { folder = newFolder(t) } = {},
): Promise<Rig> {
  const songs = new Map(
    files.map((write, index) => [index + 1, songOf(index + 1, write(join(folder, `${index + 1}`)))]),
  )
  const played: number[] = []
  const skipped: number[] = []
  const database = openSqlite(join(folder, 'library.db'))
  const out = join(folder, 'out.wav')
  const player = await openPlayer({
    songs: (id) => songs.get(id),
    database,
    outputs: chooseOutputs([`wav:${out}`]),
    log: silentLog,
    clock: systemClock,
    onPlayed: (songId) => played.push(songId),
    onSkipped: (songId) => skipped.push(songId),
  })
  t.after(async () => {
    await player.close()
    database.close()
  })
  return { player, folder, played, skipped, heard: () => readWav(readFileSync(out)) }
}

function newFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'tonearm-player-'))
  t.after(() => rmSync(folder, { recursive: true }))
  return folder
}

function songOf(id: number, path: string): Song {
  return { id, path, title: `Song ${id}`, durationMs: 1000 } as Song
}

/** Nothing of this thread runs meanwhile. */
function standStill(forMs: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, forMs)
}

/** The first state that passes, within ten seconds. */
async function reaches(player: Player, passes: (state: PlayerState) => boolean): Promise<PlayerState> {
  const deadline = AbortSignal.timeout(10_000)
  let { state } = player
  while (!passes(state)) state = await player.changedSince(state.revision, deadline)
  return state
}

/** Resolves once the player says it is that far. */
async function isAt(player: Player, positionMs: number): Promise<void> {
  while (player.positionMs() < positionMs) await systemClock.until(systemClock.nowMs() + 5)
}

function isEqual(one: Sound, other: Sound): boolean {
  return Buffer.from(one.buffer).equals(Buffer.from(other.buffer))
}
