// A process killed at any instant: what it played is a valid file, and the queue comes back.

import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { noise, readWav, writeFlac } from '../../test/fakes/sound-files.ts'
import { systemClock } from '../clock.ts'
import { openSqlite, type Song } from '../library/index.ts'
import { silentLog } from '../log.ts'
import { chooseOutputs } from '../outputs/index.ts'
import { openPlayer } from './index.ts'

/** Plays song 1 of two into `out.wav`, tells its position, and goes on until it is killed. */
const program = `
const { openSqlite } = await import(${quoted('../library/index.ts')})
const { openPlayer } = await import(${quoted('./index.ts')})
const { chooseOutputs } = await import(${quoted('../outputs/index.ts')})
const { systemClock } = await import(${quoted('../clock.ts')})
const { silentLog } = await import(${quoted('../log.ts')})
const folder = process.argv[1]
const songs = (id) => ({ id, path: folder + '/song.flac', title: 'Song', durationMs: 4000 })
const player = await openPlayer({
  songs, database: openSqlite(folder + '/library.db'), outputs: chooseOutputs(['wav:' + folder + '/out.wav']),
  log: silentLog, clock: systemClock,
})
await player.setVolume(44, 'test')
await player.playNow([{ songId: 1 }, { songId: 2 }], {}, 'test')
setInterval(() => console.log(player.positionMs()), 20)
`

test('killed while playing, the file is valid and the queue comes back, paused', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'tonearm-survival-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const sound = noise(4 * 44_100, 6)
  writeFlac(join(folder, 'song.flac'), sound)

  const child = spawn(process.execPath, ['--input-type=module', '-e', program, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let lastMs = 0
  for await (const line of child.stdout) {
    lastMs = Number(String(line).trim().split('\n').at(-1))
    if (lastMs > 2300) break
  }
  child.kill('SIGKILL')
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')

  const heard = readWav(readFileSync(join(folder, 'out.wav')))
  assert.ok(heard.length / 2 > 44_100, 'the header says at least what sounded a second before')
  assert.deepEqual(heard, sound.slice(0, heard.length))

  const database = openSqlite(join(folder, 'library.db'))
  const player = await openPlayer({
    songs: (id) => ({ id, path: join(folder, 'song.flac'), title: 'Song', durationMs: 4000 }) as Song,
    database,
    outputs: chooseOutputs(['null']),
    log: silentLog,
    clock: systemClock,
  })
  const { state } = player
  await player.close()
  database.close()
  assert.equal(state.state, 'paused')
  assert.equal(state.song?.id, 1)
  assert.deepEqual(
    state.upNext.map(({ songId }) => songId),
    [2],
  )
  assert.equal(state.volumePercent, 44)
  assert.ok(Math.abs(state.positionMs - lastMs) < 2000, `${state.positionMs} of ${lastMs}`)
})

function quoted(file: string): string {
  return JSON.stringify(new URL(file, import.meta.url).href)
}
