// Scans that meet: of a part of the library, two at once, called off.

import assert from 'node:assert/strict'
import { renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { mp3 } from '../../../test/fakes/music-files.ts'
import { musicFolder } from '../../../test/fakes/music-folder.ts'
import { silentLog } from '../../log.ts'
import type { ScanProgress } from '../scan-progress.ts'
import type { Library } from '../types.ts'

function titles(library: Library): string[] {
  return library.view
    .songs({ sort: 'title' })
    .slice(0, 2000)
    .map(({ title }) => title)
}

test('a scan limited to a folder sees what is new and gone there, and nothing else', async (t) => {
  const music = musicFolder(t)
  const gone = music.add('Blue/gone.mp3', mp3({ title: 'Gone' }, { seed: 1 }))
  music.add('Blue/stays.mp3', mp3({ title: 'Stays' }, { seed: 2 }))
  const other = music.add('Bluegrass/other.mp3', mp3({ title: 'Other' }, { seed: 3 }))
  const library = await music.open()
  await library.scan()
  rmSync(gone)
  rmSync(other)
  music.add('Blue/deep/new.mp3', mp3({ title: 'New' }, { seed: 4 }))
  music.add('unseen.mp3', mp3({ title: 'Unseen' }, { seed: 5 }))

  const result = await library.scan({ folder: join(music.path, 'Blue') })

  assert.deepEqual([result.added, result.removed, result.tracks], [1, 1, 3])
  assert.deepEqual(titles(library), ['New', 'Other', 'Stays'])
  await assert.rejects(library.scan({ folder: '/elsewhere' }), { code: 'NOT_IN_LIBRARY' })
})

test('a folder that is gone takes its songs with it, a music folder that is gone does not', async (t) => {
  const music = musicFolder(t)
  music.add('Blue/a.mp3', mp3({ title: 'A' }, { seed: 1 }))
  music.add('Green/b.mp3', mp3({ title: 'B' }, { seed: 2 }))
  const library = await music.open()
  await library.scan()

  rmSync(join(music.path, 'Blue'), { recursive: true })
  await library.scan({ folder: join(music.path, 'Blue') })
  assert.deepEqual(titles(library), ['B'])

  renameSync(music.path, `${music.path}-unplugged`)
  await library.scan({ folder: join(music.path, 'Green') })
  await library.scan({ folder: music.path })
  assert.deepEqual(titles(library), ['B'])
})

test('a file found at its new place before its old one is looked at is the same song', async (t) => {
  const music = musicFolder(t)
  const path = music.add('Old/a.mp3', mp3({ title: 'A' }))
  music.add('Old/copy.mp3', mp3({ title: 'Copy' }))
  const library = await music.open()
  await library.scan()
  const before = library.view.songs({ sort: 'title' }).slice(0, 1)[0]
  library.setRating(before?.id ?? 0, 80)

  rmSync(path)
  music.add('New/a.mp3', mp3({ title: 'A' }))
  await library.scan({ folder: join(music.path, 'New') })
  await library.scan({ folder: join(music.path, 'Old') })

  const [after, ...others] = library.view.songs({ sort: 'title' }).slice(0, 10)
  assert.deepEqual([after?.persistentId, after?.ratingPercent], [before?.persistentId, 80])
  assert.deepEqual(
    others.map(({ title }) => title),
    ['Copy'],
  )
})

test('two scans at once are one, unless the second wants more: then it comes after', async (t) => {
  const music = musicFolder(t)
  music.add('a.mp3', mp3({ title: 'A' }))
  const library = await music.open()
  await library.scan()

  const results = await Promise.all([
    library.scan(),
    library.scan(),
    library.scan({ folder: music.path }),
    library.scan({ isFull: true }),
    library.scan({ isFull: true }),
  ])

  assert.deepEqual(
    results.map(({ changed }) => changed),
    [0, 0, 0, 1, 1],
  )
  assert.equal(results[0], results[1])
  assert.equal(results[0], results[2])
  assert.equal(results[3], results[4])
})

test('a scan that is called off keeps what it read, and the next one goes on from there', async (t) => {
  const files = 600
  const music = musicFolder(t)
  for (let seed = 0; seed < files; seed++)
    music.add(`${seed}.mp3`, mp3({ title: `Song ${seed}` }, { seed: seed % 250, seconds: 0.1 }))
  const library = await music.open()
  const told: ScanProgress[] = []
  library.onProgress((progress) => {
    told.push(progress)
    if (progress.filesRead > 0 && progress.state === 'scanning') void library.cancelScan()
  })

  await assert.rejects(library.scan(), { code: 'SCAN_CANCELLED' })
  assert.equal(told.at(-1)?.trouble, undefined)
  const result = await new Promise<number>((resolve, reject) => {
    const { close } = library.onProgress(({ filesRead }) => filesRead > 0 && close())
    told.length = 0
    // The listener above calls this one off too: each goes a step further.
    const again = (added: number): Promise<void> =>
      library.scan().then(
        (last) => resolve(added + last.added),
        () => (told.length > 1000 ? reject(new Error('it never ends')) : again(added)),
      )
    void again(0)
  })

  assert.equal(library.view.songCount, files)
  assert.ok(result < files)
})

test('who calls a scan off is told when it has ended', async (t) => {
  const music = musicFolder(t)
  for (let seed = 0; seed < 100; seed++) music.add(`${seed}.mp3`, mp3({ title: `${seed}` }, { seed }))
  const library = await music.open()
  const scanning = assert.rejects(library.scan(), { code: 'SCAN_CANCELLED' })
  const before = library.progress.state

  await library.cancelScan()

  assert.deepEqual([before, library.progress.state], ['scanning', 'idle'])
  await scanning
  await library.cancelScan() // nothing runs any more
})

test('who no longer waits for a scan leaves it to the others', async (t) => {
  const music = musicFolder(t)
  music.add('a.mp3', mp3({ title: 'A' }))
  const library = await music.open()
  const leaving = new AbortController()
  const left = library.scan({ signal: leaving.signal })
  const stayed = library.scan()
  const reason = new Error('gone')

  leaving.abort(reason)

  await assert.rejects(left, reason)
  assert.equal((await stayed).added, 1)
  const alone = new AbortController()
  const nobody = library.scan({ signal: alone.signal })
  alone.abort(reason)
  await assert.rejects(nobody, reason)
})

test('when the data directory is removed meanwhile, the scan and the log say so once, with a way out', async (t) => {
  const music = musicFolder(t)
  music.add('a.mp3', mp3({ title: 'A' }))
  const said: string[] = []
  const library = await music.open({ log: { ...silentLog, error: (message) => said.push(message) } })
  await library.scan()

  rmSync(music.dataDirectory, { recursive: true })
  await assert.rejects(library.scan(), { code: 'DATA_GONE' })
  await assert.rejects(library.scan(), { code: 'DATA_GONE' })

  assert.match(library.progress.trouble ?? '', /The data directory is gone/)
  assert.match(
    said.join(),
    /^The music could not be scanned. The data directory is gone.* bring the directory/,
  )
  assert.equal(said.length, 1)
})
