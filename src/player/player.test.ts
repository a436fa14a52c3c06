// Stories of playing, through the real player with its thread into a `wav:` file, in real time.

import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { joined, noise, readWav, type Sound, writeFlac, writeWav } from '../../test/fakes/sound-files.ts'
import { systemClock } from '../clock.ts'
import { KnownError } from '../errors.ts'
import { openSqlite, type Song } from '../library/index.ts'
import { silentLog } from '../log.ts'
import { chooseOutputs } from '../outputs/index.ts'
import { openPlayer } from './index.ts'
import type { Player, PlayerState } from './types.ts'

const me = 'test'

test('two songs of an album play without a gap, to the sample', async (t) => {
  const sounds = [noise(20_000, 1), noise(15_555, 2)]
  const { player, heard } = await startPlayer(t, [flac(sounds[0]), flac(sounds[1])])

  await player.playNow([{ songId: 1 }, { songId: 2 }], {}, me)
  await reaches(player, ({ state }) => state === 'stopped')
  await player.close()

  assert.ok(isEqual(heard(), joined(...sounds)))
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
  { isFresh = true, folder = newFolder(t) } = {},
): Promise<Rig> {
  const songs = new Map(
    files.map((write, index) => [
      index + 1,
      songOf(index + 1, isFresh ? write(join(folder, `${index + 1}`)) : ''),
    ]),
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

/** The first state that passes, within ten seconds. */
async function reaches(player: Player, passes: (state: PlayerState) => boolean): Promise<PlayerState> {
  const deadline = AbortSignal.timeout(10_000)
  let { state } = player
  while (!passes(state)) state = await player.changedSince(state.revision, deadline)
  return state
}

function isEqual(one: Sound, other: Sound): boolean {
  return Buffer.from(one.buffer).equals(Buffer.from(other.buffer))
}
