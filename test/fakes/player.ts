// The real player without sound: its queue and states are right, its time stands still unless a test moves it.

import type { TestContext } from 'node:test'
import { type Database, type Library, openSqlite } from '../../src/library/index.ts'
import { silentLog } from '../../src/log.ts'
import { openPlayer, type Player, type PlayerOptions } from '../../src/player/index.ts'
import { type FakeAudio, fakeAudio } from './audio.ts'
import { type FakeClock, fakeClock } from './clock.ts'

export interface FakePlayer extends Player {
  readonly clock: FakeClock
  readonly audio: FakeAudio
  /** Songs counted as heard. */
  readonly played: readonly number[]
  readonly skipped: readonly number[]
  /** The song ends by itself; resolves when the player says what follows. */
  songEnds(): Promise<void>
  /** Closes it, and opens another on the same database. */
  restarted(): Promise<FakePlayer>
}

/** At 40 % on this computer; a speaker in the kitchen is there, off, at half of that. */
export async function fakePlayer(
  songs: Library['view']['song'],
  options: FakePlayerOptions = {},
): Promise<FakePlayer> {
  const player = await openFakePlayer(songs, openSqlite(':memory:'), options)
  await player.setVolume(40, 'start')
  await player.setOutputVolume('kitchen', 50, 'start')
  return player
}

type FakePlayerOptions = Pick<PlayerOptions, 'chance'>

async function openFakePlayer(
  songs: Library['view']['song'],
  database: Database,
  options: FakePlayerOptions,
): Promise<FakePlayer> {
  const clock = fakeClock()
  const audio = fakeAudio(clock)
  const played: number[] = []
  const skipped: number[] = []
  const player = await openPlayer({
    songs,
    database,
    outputs: {
      known: [
        { id: 'system', name: 'Computer' },
        { id: 'kitchen', name: 'Kitchen', speakerId: 0x78ca3946072an },
      ],
      on: undefined,
      worker: new URL('file:///without-a-thread'),
    },
    log: silentLog,
    clock,
    onPlayed: (songId) => played.push(songId),
    onSkipped: (songId) => skipped.push(songId),
    openAudio: audio.open,
    ...options,
  })
  return Object.assign(player, {
    clock,
    audio,
    played,
    skipped,
    async songEnds() {
      const { revision } = player.state
      audio.songEnds()
      await player.changedSince(revision, AbortSignal.timeout(10_000))
    },
    async restarted() {
      await player.close()
      return openFakePlayer(songs, database, options)
    },
  })
}

/** How many wait for the player's next change from now on. */
export function countWaiting(t: TestContext, player: Player): () => number {
  let waiting = 0
  const { onceChanged } = player
  t.mock.method(player, 'onceChanged', (tell: () => void) => {
    waiting += 1
    const leave = onceChanged(() => {
      waiting -= 1
      tell()
    })
    return () => {
      waiting -= 1
      leave()
    }
  })
  return () => waiting
}
