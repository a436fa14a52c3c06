// kill -9 at any moment: nothing that was answered is lost, and the next start needs no repair.

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { systemClock } from '../../src/clock.ts'
import { openSqlite } from '../../src/library/index.ts'
import { connectRemote, positionAt, type Remote, type Status } from '../../src/remote/index.ts'
import { flac, writeMusic } from '../fakes/music-files.ts'
import { noise, writeWav } from '../fakes/sound-files.ts'
import type { Running } from '../lab/process.ts'
import { type Person, personAt, temporaryFolder } from './programs.ts'

const kills = 10
const songs = 1500
/** The same moments in every run of the test, different ones in each round. */
const chance = numbersFrom(20_081_010)

test('a scan killed at ten moments ends as if nothing had happened', { timeout: 180_000 }, async (t) => {
  const folder = temporaryFolder(t)
  for (let index = 0; index < songs; index += 1) {
    const tags = { title: `Song ${index}`, artist: `Artist ${index % 40}`, album: `Album ${index % 90}` }
    writeMusic(join(folder, `${index % 50}`, `${index}.flac`), flac(tags, { seconds: 0.05, seed: index }))
  }
  const owner = personAt(t, undefined)
  const stored = new Map<string, number>()

  for (let round = 0; round < kills; round += 1) {
    const host = await started(owner, folder)
    await moment(400)
    await host.stop('SIGKILL')
    const now = storedSongs(owner)
    assertKept(stored, now)
    for (const [path, id] of now) stored.set(path, id)
  }
  const host = await started(owner, folder)
  const scanned = JSON.parse(await host.line('"scanned"', 60_000)) as { tracks: number; failed: number }
  await host.stop()

  assert.deepEqual([scanned.tracks, scanned.failed], [songs, 0])
  const after = storedSongs(owner)
  assert.equal(after.size, songs)
  assert.equal(new Set(after.values()).size, songs)
  assertKept(stored, after)
})

test('a queue killed at ten moments comes back paused, where it was', { timeout: 180_000 }, async (t) => {
  const folder = temporaryFolder(t)
  for (const index of [1, 2, 3, 4]) writeWav(join(folder, `${index}.wav`), noise(44_100 * 12, index))
  const owner = personAt(t, undefined)
  let volumePercent = 11
  let host = await started(owner, folder)
  await host.line('"scanned"')
  let remote = await ownersRemote(t, owner)

  for (let round = 0; round < kills; round += 1) {
    if (round === 0) await startQueue(remote)
    else await remote.play()
    volumePercent += 3
    await remote.setVolume(volumePercent)
    if (round % 3 === 1) await remote.next()
    await moment(1500)
    const before = await remote.status()
    const queued = (await remote.queue()).songs.map(({ title }) => title)
    const positionMs = positionAt(before, systemClock.nowMs())
    await host.stop('SIGKILL')

    host = await started(owner, folder)
    remote = await ownersRemote(t, owner)
    const after = await remote.status()
    assert.deepEqual(
      [after.state, after.track?.title, after.volumePercent],
      ['paused', before.track?.title, volumePercent],
    )
    assertNear(after, positionMs)
    assert.deepEqual(
      (await remote.queue()).songs.map(({ title }) => title),
      queued,
    )
  }
})

async function started(owner: Person, folder: string): Promise<Running> {
  const host = owner.start(
    'host',
    folder,
    '--no-announce',
    '--port',
    '0',
    '--listen',
    '127.0.0.1',
    '--output',
    'null',
    '--json',
  )
  await host.line('"ready"', 20_000)
  return host
}

async function ownersRemote(t: TestContext, owner: Person): Promise<Remote> {
  const { port } = JSON.parse(readFileSync(join(owner.data, 'running.json'), 'utf8')) as { port: number }
  const ownerToken = readFileSync(join(owner.data, 'owner-token'), 'utf8').trim()
  const remote = await connectRemote({ address: `127.0.0.1:${port}`, ownerToken })
  t.after(() => remote.close().catch(() => undefined)) // its host was killed
  return remote
}

/** All four songs, by hand and from context. */
async function startQueue(remote: Remote): Promise<void> {
  const { items } = await remote.songs()
  await remote.playSongs(items.slice(0, 3).map(({ id }) => id))
  const last = items[3]
  assert.ok(last)
  await remote.playItem(last, { place: 'next' })
}

/** The song that plays was at `positionMs` at its killing; at most 2 s may be lost. */
function assertNear(after: Status, positionMs: number): void {
  const lostMs = positionMs - after.positionMs
  assert.ok(lostMs > -500 && lostMs <= 2000, `lost ${Math.round(lostMs)} ms of the position`)
}

/** Nothing that was stored before is gone, and each song keeps its id. */
function assertKept(before: ReadonlyMap<string, number>, after: ReadonlyMap<string, number>): void {
  for (const [path, id] of before) assert.equal(after.get(path), id, path)
}

/** Path → persistent id of what the killed host had stored; the database must be whole. */
function storedSongs(owner: Person): Map<string, number> {
  const database = openSqlite(join(owner.data, 'library.db'))
  try {
    assert.equal(database.get<{ integrity_check: string }>('PRAGMA integrity_check')?.integrity_check, 'ok')
    assert.deepEqual(database.all('PRAGMA foreign_key_check'), [])
    const rows = database.all<{ path: string; id: number }>(
      'SELECT path, persistent_id AS id FROM files JOIN songs ON songs.id = song_id',
    )
    return new Map(rows.map(({ path, id }) => [path, id]))
  } finally {
    database.close()
  }
}

/** Up to so many ms later: the killing must not come at a moment of our choosing. */
function moment(withinMs: number): Promise<void> {
  return systemClock.until(systemClock.nowMs() + chance() * withinMs)
}

function numbersFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}
