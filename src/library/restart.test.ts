import assert from 'node:assert/strict'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { mp3 } from '../../test/fakes/music-files.ts'
import { musicFolder } from '../../test/fakes/music-folder.ts'
import { KnownError } from '../errors.ts'
import { openSqlite } from './database.ts'
import { raiseRevision } from './revision.ts'
import type { Library } from './types.ts'

function titles(library: Library): string[] {
  return library.view
    .songs({ sort: 'title' })
    .slice(0, 100)
    .map(({ title }) => title)
}

/** Three songs, scanned; the host was stopped as it should be. */
async function stoppedLibrary(t: TestContext) {
  const music = musicFolder(t)
  for (const [seed, title] of ['One', 'Two', 'Three'].entries())
    music.add(`${title}.mp3`, mp3({ title }, { seed }))
  const library = await music.open()
  await library.scan()
  const { revision } = library.view
  await library.close()
  const snapshot = join(music.dataDirectory, 'library.columns')
  return { music, revision, snapshot }
}

test('a start shows the snapshot, without reading the songs from the database', async (t) => {
  const { music, revision, snapshot } = await stoppedLibrary(t)
  assert.ok(existsSync(snapshot))
  const database = openSqlite(join(music.dataDirectory, 'library.db'))
  database.run("UPDATE songs SET title = 'Changed behind our back' WHERE title = 'Two'")
  database.close()

  const library = await music.open()

  assert.deepEqual(titles(library), ['One', 'Three', 'Two'])
  assert.equal(library.view.revision, revision)
  assert.equal(library.view.search('thr', 9).songs[0]?.title, 'Three')
})

test('a snapshot that is gone, damaged or of another library costs nothing but time', async (t) => {
  const { music, snapshot } = await stoppedLibrary(t)
  const other = await stoppedLibrary(t)
  const damages: readonly (() => void)[] = [
    () => rmSync(snapshot),
    () => writeFileSync(snapshot, 'nonsense'),
    () => writeFileSync(snapshot, readFileSync(snapshot).fill(0, 3000, 3100)),
    () => writeFileSync(snapshot, readFileSync(other.snapshot)),
  ]
  for (const damage of damages) {
    damage()
    const library = await music.open()
    assert.deepEqual(titles(library), ['One', 'Three', 'Two'])
    await library.scan()
    assert.deepEqual(titles(library), ['One', 'Three', 'Two'])
    await library.close()
    assert.ok(existsSync(snapshot), 'and it is there again')
  }
})

test('what was answered after the snapshot was written is shown by the next start, even after a kill', async (t) => {
  const { music, revision } = await stoppedLibrary(t)
  const killed = await music.open() // never closed
  const [song] = killed.view.songs({ sort: 'title' }).slice(0, 1)
  assert.ok(song)
  killed.setRating(song.id, 80)
  killed.countPlay(song.id)
  music.add('Four.mp3', mp3({ title: 'Four' }, { seed: 9 }))
  music.add('Two.mp3', mp3({ title: 'Two again' }, { seed: 1 }))
  await killed.scan()
  killed.setRating(song.id, 60)

  const library = await music.open()

  assert.deepEqual(titles(library), ['Four', 'One', 'Three', 'Two again'])
  const again = library.view.song(song.id)
  assert.deepEqual([again?.ratingPercent, again?.playCount], [60, 1])
  assert.ok(library.view.revision >= killed.view.revision && killed.view.revision > revision)
})

test('a start that is far behind, as after a kill, shows what it has, and then everything', async (t) => {
  const { music } = await stoppedLibrary(t)
  const killed = openSqlite(join(music.dataDirectory, 'library.db'))
  const { id } = killed.get<{ id: number }>("SELECT id FROM songs WHERE title = 'Two'") ?? {}
  assert.ok(id !== undefined)
  killed.transaction(() => {
    killed.run("UPDATE songs SET title = 'Two again' WHERE id = ?", id)
    for (let change = 0; change < 1500; change += 1) raiseRevision(killed, [id])
  })
  killed.close()

  const library = await music.open()
  const { revision } = library.view

  const next = await library.changedSince(revision, AbortSignal.timeout(30_000))
  assert.ok(next.revision > revision)
  assert.deepEqual(titles(library), ['One', 'Three', 'Two again'])
})

test('another language sorts anew', async (t) => {
  const music = musicFolder(t)
  for (const [seed, title] of ['Die Moldau', 'Ende', 'The End'].entries())
    music.add(`${seed}.mp3`, mp3({ title }, { seed }))
  const english = await music.open()
  await english.scan()
  assert.deepEqual(titles(english), ['Die Moldau', 'The End', 'Ende'])
  await english.close()

  const german = await music.open({ language: 'de' })

  assert.deepEqual(titles(german), ['Ende', 'Die Moldau', 'The End'])
})

test('a database that is damaged is named, whether it is none at all or broken in the middle', async (t) => {
  const { music, snapshot } = await stoppedLibrary(t)
  const file = join(music.dataDirectory, 'library.db')
  const isNamed = (error: unknown) =>
    error instanceof KnownError && error.code === 'DATA_DAMAGED' && error.details['file'] === file
  rmSync(snapshot)

  const whole = readFileSync(file)
  writeFileSync(file, Buffer.concat([whole.subarray(0, 8192), Buffer.alloc(whole.length - 8192, 0xff)]))
  await assert.rejects(music.open(), isNamed)
  writeFileSync(file, 'Dear Joni, '.repeat(2000))
  await assert.rejects(music.open(), isNamed)
})
