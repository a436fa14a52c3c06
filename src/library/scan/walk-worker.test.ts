// A walk through a library so large that a second thread helps to compare it.

import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { Worker } from 'node:worker_threads'
import { openSqlite } from '../database.ts'
import { migrate } from '../migrate.ts'
import { schemaSteps } from '../schema.ts'
import { readerVersion, type WalkOrder, type WalkReport } from './messages.ts'

const [folderCount, filesEach] = [210, 50]

/** Folders of empty files, all of them known. */
function largeLibrary(t: TestContext) {
  const base = realpathSync(mkdtempSync(join(tmpdir(), 'tonearm-walk-')))
  t.after(() => rmSync(base, { recursive: true, force: true }))
  const [music, known] = [join(base, 'music'), join(base, 'library.db')]
  const database = openSqlite(known)
  t.after(() => database.close())
  migrate(database, 'library', schemaSteps)

  function know(path: string): void {
    const { size, mtimeMs, ino } = statSync(path)
    const values = [path, size, Math.floor(mtimeMs), ino % 2 ** 52, readerVersion]
    database.run(
      'INSERT INTO files (path, size_bytes, mtime_ms, inode, reader_version) VALUES (?, ?, ?, ?, ?)',
      ...values,
    )
  }

  database.transaction(() => {
    for (let folder = 0; folder < folderCount; folder += 1) {
      mkdirSync(join(music, String(folder)), { recursive: true })
      for (let file = 0; file < filesEach; file += 1) {
        const path = join(music, String(folder), `${file}.mp3`)
        writeFileSync(path, '')
        know(path)
      }
    }
  })
  return { music, known, database }
}

async function walked(order: Pick<WalkOrder, 'folders' | 'known'>) {
  const workerData: WalkOrder = { ...order, isFull: false, scope: undefined }
  const worker = new Worker(new URL('walk-worker.ts', import.meta.url), { workerData })
  const reports: WalkReport[] = []
  worker.on('message', (report: WalkReport) => reports.push(report))
  await once(worker, 'exit')
  const lots = reports.flatMap((report) => (report.kind === 'found' ? [report.toRead] : []))
  const toRead = lots.flat()
  const done = reports.find((report) => report.kind === 'done')
  assert.ok(done)
  const largestReport = Math.max(...lots.map(({ length }) => length))
  return { ...done, toRead: toRead.map(({ path }) => path).sort(), largestReport }
}

test('two threads that compare miss nothing: what is new, changed, replaced by a folder and gone', async (t) => {
  const { music, known, database } = largeLibrary(t)
  const at = (folder: number, name: string) => join(music, String(folder), name)
  const everyTenth = Array.from({ length: folderCount / 10 }, (_, step) => step * 10)
  for (const folder of everyTenth) {
    writeFileSync(at(folder, 'new.mp3'), '')
    writeFileSync(at(folder, '7.mp3'), 'longer')
    rmSync(at(folder, '8.mp3'))
    rmSync(at(folder, '9.mp3'))
    mkdirSync(at(folder, '9.mp3'))
  }

  const { toRead, vanished, filesFound, failures } = await walked({ folders: [music], known })

  const gone = database.all<{ path: string }>(
    `SELECT path FROM files WHERE id IN (${vanished.map(Number).join(',')}) ORDER BY path`,
  )
  const expected = (...names: string[]) =>
    everyTenth.flatMap((folder) => names.map((name) => at(folder, name))).sort()
  assert.deepEqual(toRead, expected('7.mp3', 'new.mp3'))
  assert.deepEqual(gone.map(({ path }) => path).sort(), expected('8.mp3', '9.mp3'))
  assert.equal(filesFound, folderCount * filesEach - everyTenth.length)
  assert.deepEqual(failures, [])
})

test('two threads that compare find nothing to do where nothing changed', async (t) => {
  const { music, known } = largeLibrary(t)

  const { toRead, vanished, filesFound } = await walked({ folders: [music], known })

  assert.deepEqual(
    toRead.map((path) => basename(path)),
    [],
  )
  assert.deepEqual(vanished, [])
  assert.equal(filesFound, folderCount * filesEach)
})

test('what is new is told in small lots, whoever compared it and however many lie in one folder', async (t) => {
  const { music, known, database } = largeLibrary(t)
  database.run("UPDATE files SET reader_version = 0 WHERE path LIKE '%.mp3'")
  const crowded = join(music, 'crowded')
  mkdirSync(crowded)
  for (let file = 0; file < 2500; file += 1) writeFileSync(join(crowded, `${file}.mp3`), '')

  const { toRead, largestReport } = await walked({ folders: [music], known })

  assert.equal(new Set(toRead).size, folderCount * filesEach + 2500)
  assert.equal(toRead.length, folderCount * filesEach + 2500)
  assert.ok(largestReport <= 1000, `${largestReport} at once`)
})
