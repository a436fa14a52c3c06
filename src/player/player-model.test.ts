// Anything in any order, done to the real player (its store, its planning, an audio thread without sound) and to
// docs/queue.md as test/model/simple-player.ts has it; songs end, break and vanish, the player is closed and killed.
// TONEARM_MODEL_RUNS=100000 npm test -- src/player/player-model.test.ts looks longer.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { fakeAudio } from '../../test/fakes/audio.ts'
import { type FakeClock, fakeClock } from '../../test/fakes/clock.ts'
import { pictureOf, pictureOfModel } from '../../test/model/pictures.ts'
import { SimplePlayer } from '../../test/model/simple-player.ts'
import { KnownError } from '../errors.ts'
import { type Database, openSqlite, type Song } from '../library/index.ts'
import { silentLog } from '../log.ts'
import { openPlayer, type Player } from './index.ts'
import { keepOnly } from './queue/editing.ts'
import type { Queue } from './queue/queue.ts'
import { QueueStore } from './queue/store.ts'

const runs = Number(process.env['TONEARM_MODEL_RUNS'] ?? 10_000)
const me = 'test'
const songIds = [1, 2, 3, 4, 5, 6]
const durationOf = (id: number) => id * 10_000

/** One thing done to both. The model answers the code of the error that is expected. */
interface Step {
  readonly words: string
  real(rig: Rig): Promise<unknown> | undefined
  model(model: SimplePlayer, rig: Rig): string | undefined | void
}

const songs = fc.array(fc.constantFrom(...songIds), { maxLength: 5 })
const offset = fc.oneof(
  { weight: 9, arbitrary: fc.integer({ min: -3, max: 7 }) },
  fc.constantFrom(2.5, Number.NaN, 2 ** 31),
)
const entriesOf = (list: readonly number[]) => list.map((songId) => ({ songId }))

const plain: Step[] = [
  { words: 'play', real: ({ player }) => player.play(me), model: (model) => model.play() },
  { words: 'pause', real: ({ player }) => player.pause(me), model: (model) => model.pause() },
  {
    words: 'toggle',
    real: ({ player }) => player.toggle(me),
    model: (model) => (model.state === 'playing' ? model.pause() : model.play()),
  },
  { words: 'stop', real: ({ player }) => player.stop(me), model: (model) => model.stop() },
  { words: 'next', real: ({ player }) => player.next(me), model: (model) => model.next() },
  { words: 'previous', real: ({ player }) => player.previous(me), model: (model) => model.previous() },
  { words: 'undo', real: ({ player }) => player.undo(me), model: (model) => model.undo() },
  {
    words: 'clear all',
    real: ({ player }) => player.clear('all', me),
    model: (model) => model.clearAll(),
  },
  {
    words: 'toggle shuffle',
    real: ({ player }) => player.toggleShuffle(me),
    model: (model) => model.edit(() => model.queue.shuffle(!model.queue.isShuffled)),
  },
  {
    words: 'sleep at the end of the song',
    real: ({ player }) => player.setSleepTimer('endOfSong', me),
    model: (model) => {
      if (model.queue.now === undefined) return 'NOTHING_TO_PLAY'
      model.sleepsAtEndOfSong = true
    },
  },
]
const events: Step[] = [
  { words: 'the song ends', real: async ({ audio }) => audio.songEnds(), model: (model) => model.songEnds() },
  {
    words: 'the song breaks',
    real: async ({ audio }) => audio.songBreaks('it is broken'),
    model: (model) => model.songBreaks(),
  },
  {
    words: 'the audio thread dies',
    real: async ({ audio }) => audio.threadDies(),
    model: (model) => model.threadDies(),
  },
  { words: 'restart', real: (rig) => rig.restart(), model: (model) => model.restart() },
  {
    words: 'killed',
    real: (rig) => rig.kill(),
    model: (model, { player }) => {
      model.restart()
      // Written with the last change; a second at most is lost, and its timer is not the test's.
      assert.ok(player.state.positionMs <= model.positionMs)
      model.positionMs = player.state.positionMs
    },
  },
]

const step: fc.Arbitrary<Step> = fc
  .oneof(
    { weight: 9, arbitrary: fc.constantFrom(...plain) },
    { weight: 8, arbitrary: fc.constantFrom(...events) },
    {
      weight: 4,
      arbitrary: fc.constantFrom(500, 2500, 8000, 30_000).map(
        (ms): Step => ({
          words: `${ms} ms pass`,
          real: (rig) => rig.clock.advance(Math.min(ms, untilItsEnd(rig))),
          model: (model) => model.pass(ms),
        }),
      ),
    },
    {
      weight: 2,
      arbitrary: fc.constantFrom(-5, 0, 1000, 9000, 25_000, 1e12).map(
        (ms): Step => ({
          words: `seek ${ms}`,
          real: ({ player }) => player.seek(ms, me),
          model: (model) => model.seek(ms),
        }),
      ),
    },
    {
      weight: 4,
      arbitrary: fc.tuple(songs, fc.nat(4), fc.constantFrom(undefined, true, false)).map(
        ([list, at, isShuffled]): Step => ({
          words: `play now ${list} from ${at}, shuffled: ${isShuffled}`,
          real: ({ player }) =>
            player.playNow(
              entriesOf(list),
              { startIndex: at, ...(isShuffled === undefined ? {} : { isShuffled }) },
              me,
            ),
          model: (model) => model.playNow(list, at, isShuffled),
        }),
      ),
    },
    fc.tuple(songs, fc.nat(4), fc.constantFrom(0, 7000, 1e9), fc.boolean()).map(
      ([list, at, positionMs, isPaused]): Step => ({
        words: `set the queue ${list} from ${at} at ${positionMs} ms, paused: ${isPaused}`,
        real: ({ player }) =>
          player.setQueue({ entries: entriesOf(list), startIndex: at, positionMs, isPaused }, me),
        model: (model) => model.setQueue(list, at, positionMs, isPaused),
      }),
    ),
    {
      weight: 4,
      arbitrary: fc.tuple(songs, fc.constantFrom('next' as const, 'end' as const)).map(
        ([list, place]): Step => ({
          words: `add ${list} ${place}`,
          real: ({ player }) => player.add(entriesOf(list), place, me),
          model: (model) => model.add(list, place),
        }),
      ),
    },
    {
      weight: 2,
      arbitrary: offset.map(
        (to): Step => ({
          words: `play at ${to}`,
          real: ({ player }) => player.playAt(to, me),
          model: (model) => model.playAt(to),
        }),
      ),
    },
    {
      weight: 2,
      arbitrary: fc.tuple(offset, offset).map(
        ([from, after]): Step => ({
          words: `move ${from} after ${after}`,
          real: ({ player }) => player.move(from, after, me),
          model: (model) => model.edit(() => model.queue.move(from, after)),
        }),
      ),
    },
    {
      weight: 2,
      arbitrary: fc.array(offset, { minLength: 1, maxLength: 2 }).map(
        (offsets): Step => ({
          words: `remove ${offsets}`,
          real: ({ player }) => player.remove(offsets, me),
          model: (model) => model.edit(() => model.queue.remove(offsets)),
        }),
      ),
    },
    fc.constantFrom('upNext' as const, 'history' as const).map(
      (what): Step => ({
        words: `clear ${what}`,
        real: ({ player }) => player.clear(what, me),
        model: (model) => model.edit(() => model.queue.clear(what)),
      }),
    ),
    fc.constantFrom('off' as const, 'song' as const, 'all' as const).map(
      (mode): Step => ({
        words: `repeat ${mode}`,
        real: ({ player }) => player.setRepeat(mode, me),
        model: (model) => {
          model.queue.repeat = mode
        },
      }),
    ),
    fc.tuple(fc.constantFrom(...songIds), fc.boolean()).map(
      ([songId, isGone]): Step => ({
        words: `${isGone ? 'delete' : 'break'} song ${songId}`,
        real: async ({ loseSong }) => loseSong(songId, isGone),
        model: () => {},
      }),
    ),
  )
  .map(inWords)

/** There the sound ends, and a step of its own says so. */
function untilItsEnd({ player, durations }: Rig): number {
  const { state, nowPlaying } = player.state
  const durationMs = durations.get(nowPlaying?.songId ?? 0)
  return state === 'playing' && durationMs !== undefined
    ? durationMs - player.positionMs()
    : Number.POSITIVE_INFINITY
}

/** As a failing run is shown. */
function inWords(each: Step): Step {
  return { ...each, [fc.toStringMethod]: () => each.words } as Step
}

const database = openSqlite(':memory:')
const written = new QueueStore(database)

test('whatever anybody does and whatever happens, the player is as its page says', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { maxLength: 16 }),
      fc.infiniteStream(fc.nat()),
      async (steps, numbers) => {
        const rig = await newRig((below) => Number(numbers.next().value) % below)
        const model = new SimplePlayer(rig.durations, rig.bad)
        for (const each of steps) {
          const failed = await each.real(rig)?.then(
            () => undefined,
            (error: unknown) => (error instanceof KnownError ? error.code : assert.fail(String(error))),
          )
          await rig.player.endWind(me) // nobody winds: its turn comes when all before it are over and written
          const stored = rig.stored()
          model.queue.realOrder = stored?.context.map(({ entryId }) => entryId) ?? []
          assert.equal(failed, each.model(model, rig) ?? undefined)
          if (stored !== undefined) assert.deepEqual(pictureOf(stored), pictureOfModel(model.queue))
          compare(rig, model)
        }
        await rig.player.close()
      },
    ),
    { numRuns: runs },
  )
})

function compare({ player, audio, played, skipped }: Rig, model: SimplePlayer): void {
  const { state } = player
  const { queue } = model
  assert.deepEqual(
    {
      state: state.state,
      now: state.nowPlaying?.entryId,
      upNext: state.upNext.map(({ entryId }) => entryId),
      history: state.history.map(({ entryId }) => entryId),
      isShuffled: state.isShuffled,
      canUndo: state.undoable !== undefined,
      isAsleepSoon: state.sleep !== undefined,
      played,
      skipped,
    },
    {
      state: model.state,
      now: queue.now?.number,
      upNext: queue.upNext().map(({ number }) => number),
      history: queue.history.map(({ number }) => number),
      isShuffled: queue.isShuffled,
      canUndo: model.edits.length > 0,
      isAsleepSoon: model.sleepsAtEndOfSong,
      played: model.played,
      skipped: model.skipped,
    },
  )
  assert.ok(
    Math.abs(player.positionMs() - model.positionMs) < 1e-6,
    `${player.positionMs()} is not ${model.positionMs}`,
  )
  const sound = audio.loaded && (audio.loaded.isPaused ? 'paused' : 'playing')
  assert.equal(sound, model.isLoaded ? model.state : undefined)
  if (audio.loaded) assert.equal(audio.loaded.cue.path, `/${queue.now?.songId}`)
}

// --- the rig

interface Rig {
  player: Player
  readonly clock: FakeClock
  readonly audio: ReturnType<typeof fakeAudio>
  readonly durations: Map<number, number>
  readonly bad: Set<number>
  readonly played: number[]
  readonly skipped: number[]
  /** What the next start would find. */
  stored(): Queue | undefined
  loseSong(songId: number, isGone: boolean): void
  restart(): Promise<void>
  kill(): Promise<void>
}

async function newRig(chance: (below: number) => number): Promise<Rig> {
  for (const table of ['piece', 'state', 'output']) database.run(`DELETE FROM player_${table}`)
  const clock = fakeClock()
  const durations = new Map(songIds.map((id) => [id, durationOf(id)]))
  const bad = new Set<number>()
  const played: number[] = []
  const skipped: number[] = []
  let isAlive = { yes: true }
  let thereAtStart = new Set(songIds)

  async function open() {
    const audio = fakeAudio(clock)
    for (const songId of bad) audio.broken.add(`/${songId}`)
    isAlive = { yes: true }
    thereAtStart = new Set(durations.keys())
    const player = await openPlayer({
      songs: (id) => {
        const durationMs = durations.get(id)
        return durationMs === undefined
          ? undefined
          : ({ id, path: `/${id}`, title: `${id}`, durationMs } as Song)
      },
      database: mortal(isAlive),
      outputs: { known: [{ id: 'null', name: 'Nowhere' }], on: undefined, worker: new URL('file:///none') },
      log: silentLog,
      clock,
      chance,
      onPlayed: (songId) => played.push(songId),
      onSkipped: (songId) => skipped.push(songId),
      openAudio: audio.open,
    })
    return { player, audio }
  }

  const rig: Rig = {
    ...(await open()),
    clock,
    durations,
    bad,
    played,
    skipped,
    stored() {
      const queue = written.load()?.queue
      // What a start leaves out is written with its first change.
      const isFresh = rig.player.state.cause === 'start'
      return queue && isFresh ? keepOnly(queue, (songId) => thereAtStart.has(songId)) : queue
    },
    loseSong(songId, isGone) {
      bad.add(songId)
      rig.audio.broken.add(`/${songId}`)
      if (isGone) durations.delete(songId)
    },
    async restart() {
      await rig.player.close()
      Object.assign(rig, await open())
    },
    async kill() {
      isAlive.yes = false
      await rig.restart()
    },
  }
  return rig
}

/** What a dead process writes is not written. */
function mortal(isAlive: { readonly yes: boolean }): Database {
  return {
    ...database,
    run: (sql, ...values) =>
      isAlive.yes ? database.run(sql, ...values) : { changes: 0, lastInsertRowid: 0 },
  }
}
