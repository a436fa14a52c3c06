// A full disk: said clearly, nothing that was stored is lost, and all goes on when there is room again.

import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { mp3, writeMusic } from '../../test/fakes/music-files.ts'
import { eventually } from '../../test/lab/eventually.ts'
import { systemClock } from '../clock.ts'
import { silentLog } from '../log.ts'
import { openSqlite } from './database.ts'
import { openLibrary } from './open-library.ts'

const blockBytes = 4096

/** A file system of its own for the data directory, that can be filled to the last byte. */
function smallDisk(t: TestContext, sizeBytes: number) {
  const place = mkdtempSync(join(tmpdir(), 'tonearm-disk-'))
  const [disk, music] = [join(place, 'disk'), join(place, 'music')]
  for (const folder of [disk, music]) mkdirSync(folder)
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${sizeBytes}`, 'tmpfs', disk])
  t.after(() => {
    execFileSync('umount', ['--lazy', disk])
    rmSync(place, { recursive: true, force: true })
  })
  const filler = join(disk, 'filler')
  return {
    music,
    data: disk,
    fill() {
      writeFileSync(filler, Buffer.alloc(statfsSync(disk).bavail * blockBytes))
    },
    free: () => rmSync(filler),
  }
}

const isRoot = process.getuid?.() === 0 && process.platform === 'linux'
const skip = isRoot ? false : 'only root may mount the small disk it needs'

test('a disk that fills up stops ratings and scans with clear words, until it has room', {
  skip,
}, async (t) => {
  const disk = smallDisk(t, 8 * 1024 * 1024)
  const add = (seed: number) =>
    writeMusic(
      join(disk.music, `${seed}.mp3`),
      mp3({ title: `Song ${seed}`, comment: 'x'.repeat(900) }, { seed, seconds: 0.1 }),
    )
  add(0)
  const database = openSqlite(join(disk.data, 'library.db'))
  const library = await openLibrary({
    database,
    folders: [disk.music],
    dataDirectory: disk.data,
    log: silentLog,
    clock: systemClock,
  })
  t.after(async () => {
    await library.close()
    database.close()
  })
  await library.scan()
  const song = library.view.songs({}).slice(0, 1)[0]?.id ?? 0
  library.setRating(song, 60)
  for (let seed = 1; seed < 250; seed++) add(seed)

  disk.fill()
  const refused = Array.from({ length: 400 }, (_, at) => () => library.setRating(song, at % 2 ? 20 : 40))
  assert.throws(
    () => {
      for (const rate of refused) rate() // the log has some room of its own
    },
    { code: 'DISK_FULL' },
  )
  const kept = library.view.song(song)?.ratingPercent
  assert.equal(database.get<{ r: number }>('SELECT rating_percent AS r FROM songs')?.r, kept)
  await assert.rejects(library.scan(), { code: 'DISK_FULL' })
  assert.match(library.progress.trouble ?? '', /full/)
  assert.equal(library.view.song(song)?.ratingPercent, kept)

  disk.free()
  library.setRating(song, 100)
  await eventually(
    'the scan has gone on by itself',
    () => library.view.songCount === 250 && library.progress.trouble === undefined,
    60_000,
  )
  assert.equal(library.view.song(song)?.ratingPercent, 100)
  assert.equal(database.get<{ integrity_check: string }>('PRAGMA integrity_check')?.integrity_check, 'ok')
})
