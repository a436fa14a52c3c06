import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { songFacts } from '../../../test/fakes/song-facts.ts'
import { openSqlite } from '../database.ts'
import { migrate } from '../migrate.ts'
import { schemaSteps } from '../schema.ts'
import type { ReadFile } from './messages.ts'
import { scanWriter } from './writer.ts'

const copies = 300
const paths = (folder: string, ending = '') =>
  Array.from({ length: copies }, (_, at) => `/music/${folder}/${at}${ending}.mp3`)

/** A library of files that all sound alike, in memory. */
function copiedLibrary(t: TestContext) {
  const database = openSqlite(':memory:')
  t.after(() => database.close())
  migrate(database, 'library', schemaSteps)
  const read = (path: string): ReadFile => ({
    file: { path, folder: '/music', sizeBytes: 1000, mtimeMs: 1e12, inode: 1 },
    facts: songFacts(),
    fingerprint: 'silence',
    failure: null,
  })
  return {
    /** One scan that meets these files, and those of `vanished` no more; how often it looked whether a file is gone. */
    scan(met: readonly string[], vanished: readonly string[] = []): number {
      let looks = 0
      const ids = vanished.map(
        (path) => database.get<{ id: number }>('SELECT id FROM files WHERE path = ?', path)?.id ?? 0,
      )
      const hasGone = () => {
        looks += 1
        return false
      }
      const writer = scanWriter(database, new Set(ids), hasGone)
      for (let from = 0; from < met.length; from += 50)
        writer.writeBatch(met.slice(from, from + 50).map(read), 1e9)
      return looks
    },
    /** path → song. */
    songs(): Map<string, number> {
      const rows = database.all<{ path: string; id: number }>(
        'SELECT path, song_id AS id FROM files WHERE path IS NOT NULL',
      )
      return new Map(rows.map(({ path, id }) => [path, id]))
    },
  }
}

test('many copies of one sound are not compared each with each', (t) => {
  const library = copiedLibrary(t)

  const looks = library.scan(paths('one')) + library.scan(paths('two'))

  assert.ok(looks < 3 * copies, `${looks} looks at the disk`)
  assert.equal(new Set(library.songs().values()).size, 2 * copies)
})

test('copies of one sound that move keep each its own song, by their names; those of other names take what is left', (t) => {
  const library = copiedLibrary(t)
  library.scan(paths('one'))
  const before = library.songs()
  const [moved, renamed] = [paths('one').slice(1), paths('one').slice(0, 1)]

  library.scan(
    [...moved.map((path) => path.replace('one', 'two')), '/music/two/other.mp3'].toReversed(),
    paths('one'),
  )

  const after = library.songs()
  assert.equal(after.size, copies)
  assert.deepEqual(
    moved.map((path) => after.get(path.replace('one', 'two'))),
    moved.map((path) => before.get(path)),
  )
  assert.equal(after.get('/music/two/other.mp3'), before.get(renamed[0] ?? ''))
})
