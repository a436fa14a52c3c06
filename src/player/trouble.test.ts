// What goes wrong around the player: a disk that is full, an audio thread that dies or hangs, an output that hangs.

import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { noise, readWav, writeWav } from '../../test/fakes/sound-files.ts'
import type { Decoder } from '../audio/index.ts'
import { systemClock } from '../clock.ts'
import { KnownError } from '../errors.ts'
import { type Database, openSqlite, type Song } from '../library/index.ts'
import { silentLog } from '../log.ts'
import { audioWorker, chooseOutputs } from '../outputs/index.ts'
import { Engine } from './audio-thread/engine.ts'
import { Feed } from './audio-thread/feed.ts'
import { openAudioLink } from './audio-thread/link.ts'
import { type Output, openPlayer, perfectHealth } from './index.ts'
import type { PlayerState } from './types.ts'

const me = 'test'

test('on a full disk the music plays and pauses, and who asks is told', async (t) => {
  const { player, disk } = await startPlayer(t, ['1'])
  await player.playNow([{ songId: 1 }], {}, me)

  disk.isFull = true
  await assert.rejects(player.pause(me), { code: 'DISK_FULL' })
  assert.equal(player.state.state, 'paused')
  await assert.rejects(player.play(me), { code: 'DISK_FULL' })
  assert.equal(player.state.state, 'playing')

  disk.isFull = false
  await player.pause(me)
  assert.equal(player.state.state, 'paused')
})

test('a song over which the audio thread dies is skipped with words, and the next one is heard', async (t) => {
  const { player, folder } = await startPlayer(t, ['poison', '2'])

  await player.playNow([{ songId: 1 }, { songId: 2 }], {}, me)

  assert.equal(player.state.song?.id, 2)
  assert.match(player.state.notice ?? '', /skipped “poison”: the decoder broke down/)
  await reaches(player, ({ state }) => state === 'stopped')
  await player.close()
  assert.deepEqual(readWav(readFileSync(join(folder, 'out.wav'))), noise(12_000, 2))
})

test('the audio thread dies in the middle of a song: the player says so and goes on', async (t) => {
  const { player } = await startPlayer(t, ['1', '2'])

  await player.playNow([{ songId: 1 }, { songId: 2 }], {}, me)
  await player.setVolume(66, me) // the sign to die
  const after = await reaches(player, ({ song }) => song?.id === 2)

  assert.equal(after.state, 'playing')
  assert.match(after.notice ?? '', /decoder broke down/)
  assert.equal(after.volumePercent, 66)
})

test('a volume chosen while the audio thread does not start is kept, and play says why there is no sound', async (t) => {
  const { player } = await startPlayer(t, ['1'], { dies: 'at once' })

  await assert.rejects(player.playNow([{ songId: 1 }], {}, me), { code: 'NO_OUTPUT' })
  await player.setVolume(20, me)

  assert.equal(player.state.volumePercent, 20)
  assert.notEqual(player.state.state, 'playing')
  assert.equal(player.state.song?.id, 1)
})

test('an audio thread that hangs is noticed and started anew', async (t) => {
  const worker = join(newFolder(t), 'hangs.mjs')
  writeFileSync(
    worker,
    `import { parentPort } from 'node:worker_threads'
     parentPort.on('message', ({ id, name }) => {
       if (name === 'play') for (;;);
       parentPort.postMessage({ kind: 'answer', id })
     })`,
  )
  const lost = Promise.withResolvers<boolean>()
  const link = openAudioLink({
    worker: pathToFileURL(worker),
    log: silentLog,
    onEvent() {},
    onLost: lost.resolve,
    pulseMs: 300,
  })
  t.after(() => link.close())

  await link.ask('stop', {})
  const cue = { playId: 1, path: '' }
  const playing = link.ask('play', { cue, positionMs: 0, next: undefined, isPaused: false })

  await assert.rejects(playing, { code: 'CANNOT_DECODE' })
  assert.equal(await lost.promise, true)
  assert.equal(await link.ask('stop', {}), undefined)
})

test('a file that hangs while it is opened ahead does not hold up another song', async () => {
  const written = Promise.withResolvers<number | undefined>()
  const output: Output = {
    id: 'ear',
    name: 'Ear',
    latencyMs: 0,
    async open() {},
    async write({ samples }) {
      if (samples[0] === 0.75) written.resolve(samples[0])
    },
    async flush() {},
    async setVolume() {},
    health: () => perfectHealth,
    async close() {},
  }
  const hanging = Promise.withResolvers<string>()
  const open = async (path: string): Promise<Decoder> => {
    if (path !== 'hangs') return steadyDecoder(Number(path))
    hanging.resolve(path)
    return new Promise(() => {})
  }
  const engine = new Engine({ clock: systemClock, open, makeOutput: () => output, report() {} })
  await engine.setOutputs([{ id: 'ear', volumePercent: 100 }])

  await engine.play({ playId: 1, path: '0.5' }, 0, { playId: 2, path: 'hangs' }, false)
  await hanging.promise
  await engine.play({ playId: 3, path: '0.75' }, 0, undefined, false)

  assert.equal(await written.promise, 0.75)
  await engine.close()
})

test('an output that hangs is reported, holds up nobody and fills no memory; opened again it plays', async () => {
  let isHanging = true
  let written = 0
  const until = () => (isHanging ? new Promise<void>(() => {}) : Promise.resolve())
  const output: Output = {
    id: 'hangs',
    name: 'Hangs',
    latencyMs: 0,
    async open() {},
    async write() {
      await until()
      written += 1
    },
    flush: until,
    setVolume: until,
    health: () => perfectHealth,
    close: until,
  }
  const troubles: (string | undefined)[] = []
  const feed = new Feed(
    output,
    systemClock,
    { onTrouble: (trouble) => troubles.push(trouble), onUnderruns() {} },
    30,
  )
  const block = () => ({
    samples: new Float32Array(2),
    atMs: systemClock.nowMs(),
    sampleRateHz: 44_100,
    gain: undefined,
  })

  await feed.open(44_100)
  feed.push(block())
  await feed.cut(systemClock.nowMs())
  assert.equal(feed.isWell, false)
  assert.match(troubles[0] ?? '', /does not answer/)

  isHanging = false
  await feed.open(44_100)
  feed.push(block())
  await feed.close()
  assert.equal(written, 1)
  assert.equal(troubles[1], undefined)
})

// --- the rig

async function startPlayer(t: TestContext, titles: readonly string[], { dies = 'on a sign' } = {}) {
  const folder = newFolder(t)
  const songs = titles.map((title, index) => ({
    id: index + 1,
    title,
    path: writeWav(join(folder, `${title}.wav`), noise(12_000, index + 1)),
    durationMs: 272,
  }))
  const disk = { isFull: false }
  const sqlite = openSqlite(join(folder, 'library.db'))
  const database: Database = {
    ...sqlite,
    run(sql, ...values) {
      if (disk.isFull) throw new KnownError('DISK_FULL')
      return sqlite.run(sql, ...values)
    },
  }
  const player = await openPlayer({
    songs: (id) => songs[id - 1] as Song | undefined,
    database,
    outputs: { ...chooseOutputs([`wav:${join(folder, 'out.wav')}`]), worker: mortalWorker(folder, dies) },
    log: silentLog,
    clock: systemClock,
  })
  t.after(async () => {
    await player.close()
    sqlite.close()
  })
  return { player, folder, disk }
}

/** The real audio thread, with a way to die: over a file called poison, or at the volume 66. */
function mortalWorker(folder: string, dies: string): URL {
  const file = join(folder, 'worker.mjs')
  writeFileSync(
    file,
    `import { parentPort } from 'node:worker_threads'
     if (${JSON.stringify(dies)} === 'at once') process.exit(1)
     parentPort.on('message', ({ name, ask }) => {
       if (name === 'play' && ask.cue.path.endsWith('poison.wav')) process.exit(1)
       if (name === 'volumes' && ask.outputs[0].volumePercent === 66) process.exit(1)
     })
     await import(${JSON.stringify(audioWorker.href)})`,
  )
  return pathToFileURL(file)
}

function newFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'tonearm-trouble-'))
  t.after(() => rmSync(folder, { recursive: true }))
  return folder
}

async function reaches(
  player: { state: PlayerState; changedSince(revision: number, signal: AbortSignal): Promise<PlayerState> },
  passes: (state: PlayerState) => boolean,
): Promise<PlayerState> {
  const deadline = AbortSignal.timeout(10_000)
  let { state } = player
  while (!passes(state)) state = await player.changedSince(state.revision, deadline)
  return state
}

/** A tenth of a second of one value. */
function steadyDecoder(value: number): Decoder {
  const lengthFrames = 4410
  const blocks = [new Float32Array(lengthFrames * 2).fill(value)]
  return {
    sampleRateHz: 44_100,
    lengthFrames,
    read: async () => blocks.shift(),
    async seek() {},
    async close() {},
  }
}
