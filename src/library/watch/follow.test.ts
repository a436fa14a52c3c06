// The library follows its folders, whatever the system tells of them.

import assert from 'node:assert/strict'
import { appendFileSync, mkdirSync, renameSync, rmSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { mp3 } from '../../../test/fakes/music-files.ts'
import { musicFolder } from '../../../test/fakes/music-folder.ts'
import { eventually } from '../../../test/lab/eventually.ts'
import { systemClock } from '../../clock.ts'
import { silentLog } from '../../log.ts'
import { openSqlite } from '../database.ts'
import type { LibraryOptions } from '../library.ts'
import { openLibrary } from '../open-library.ts'
import type { Library } from '../types.ts'

const deadlineMs = 60_000

function titles(library: Library): string[] {
  return library.view
    .songs({ sort: 'title' })
    .slice(0, 100)
    .map(({ title }) => title)
}

async function becomes(library: Library, wanted: readonly string[]): Promise<void> {
  await eventually(`${wanted.join(', ')}`, () => titles(library).join() === wanted.join(), deadlineMs)
}

async function followed(
  t: TestContext,
  folder: string,
  options: Partial<LibraryOptions> = {},
): Promise<Library> {
  const database = openSqlite(':memory:')
  const library = await openLibrary({
    database,
    folders: [folder],
    dataDirectory: `${folder}-data`,
    log: silentLog,
    clock: systemClock,
    ...options,
  })
  t.after(async () => {
    await library.close()
    database.close()
    rmSync(`${folder}-data`, { recursive: true, force: true })
  })
  library.follow()
  await library.scan()
  return library
}

test('folders in new folders, and folders with another name, are followed too', async (t) => {
  const music = musicFolder(t)
  music.add('a.mp3', mp3({ title: 'A' }, { seed: 1 }))
  const library = await followed(t, music.path)

  music.add('Blue/Disc 1/b.mp3', mp3({ title: 'B' }, { seed: 2 }))
  await becomes(library, ['A', 'B'])
  renameSync(join(music.path, 'Blue'), join(music.path, 'Green'))
  await eventually(
    'the new place',
    () =>
      library.view
        .songs({})
        .slice(0, 2)
        .some(({ path }) => path.includes('Green')),
    deadlineMs,
  )
  music.add('Green/Disc 1/c.mp3', mp3({ title: 'C' }, { seed: 3 }))
  await becomes(library, ['A', 'B', 'C'])
  rmSync(join(music.path, 'Green'), { recursive: true })
  await becomes(library, ['A'])
})

test('a bad file that comes alone is told, and so is its going', async (t) => {
  const music = musicFolder(t)
  music.add('a.mp3', mp3({ title: 'A' }))
  const library = await followed(t, music.path)
  const failed = () => library.progress.last?.failed

  const bad = music.add('letter.mp3', Buffer.from('Dear Joni, '.repeat(500)))
  await eventually('one file that could not be read', () => failed() === 1, deadlineMs)
  rmSync(bad)
  await eventually('none', () => failed() === 0, deadlineMs)
})

test('a file that is written slowly is read when it is whole, the others meanwhile', async (t) => {
  const music = musicFolder(t)
  music.add('a.mp3', mp3({ title: 'A' }, { seed: 1 }))
  const library = await followed(t, music.path)
  const whole = mp3({ title: 'Slow' }, { seed: 2, seconds: 4 })
  const path = join(music.path, 'slow.mp3')
  let written = 0
  const writing = setInterval(() => {
    appendFileSync(path, whole.subarray(written, written + 1000))
    written += 1000
    if (written >= whole.length) clearInterval(writing)
  }, 20)
  t.after(() => clearInterval(writing))

  music.add('other.mp3', mp3({ title: 'Other' }, { seed: 3 }))

  await eventually('the other one', () => titles(library).includes('Other'), deadlineMs)
  await becomes(library, ['A', 'Other', 'Slow'])
  await eventually(
    'its whole length',
    () =>
      (library.view
        .songs({})
        .slice(0, 3)
        .find(({ title }) => title === 'Slow')?.durationMs ?? 0) >= 4000,
    deadlineMs,
  )
  assert.deepEqual(library.failures(), [])
})

test('where the system watches no more folders they are looked through now and then', async (t) => {
  const music = musicFolder(t)
  const old = music.add('a.mp3', mp3({ title: 'A' }, { seed: 1 }))
  utimesSync(old, 1e9, 1e9) // a fresh one would be looked at again, half written as it may be
  const warned: string[] = []
  const library = await followed(t, music.path, {
    log: { ...silentLog, warn: (message) => void warned.push(message) },
    follow: {
      rhythm: { pollMs: 50 },
      watch: () => {
        throw Object.assign(new Error('no space left'), { code: 'ENOSPC' })
      },
    },
  })

  music.add('b.mp3', mp3({ title: 'B' }, { seed: 2 }))

  await becomes(library, ['A', 'B'])
  assert.equal(warned.filter((message) => message.includes('each minute')).length, 1)
})

test('a drive that is unplugged keeps its songs, and is followed again when it is back', async (t) => {
  const music = musicFolder(t)
  music.add('a.mp3', mp3({ title: 'A' }, { seed: 1 }))
  const library = await followed(t, music.path, { follow: { rhythm: { heartbeatMs: 50 } } })
  const before = library.progress.last

  renameSync(music.path, `${music.path}-away`)
  await eventually('the host has seen it', () => library.failures().length > 0, deadlineMs)
  mkdirSync(music.path) // as a mount point stays
  await eventually(
    'the host has seen that too',
    () => library.failures()[0]?.reason.includes('empty'),
    deadlineMs,
  )
  assert.deepEqual(titles(library), ['A'])
  rmSync(music.path, { recursive: true })
  renameSync(`${music.path}-away`, music.path)
  await eventually('it is back', () => library.failures().length === 0, deadlineMs)
  music.add('b.mp3', mp3({ title: 'B' }, { seed: 2 }))

  await becomes(library, ['A', 'B'])
  // The songs are seen before the scan that brought them has ended.
  await eventually('the scan is told', () => library.progress.last !== before, deadlineMs)
})
