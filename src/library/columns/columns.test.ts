import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { songFacts } from '../../../test/fakes/song-facts.ts'
import { type Database, openSqlite } from '../database.ts'
import { migrate } from '../migrate.ts'
import { raiseRevisionForCounts } from '../revision.ts'
import type { SongFacts } from '../scan/messages.ts'
import { scanWriter } from '../scan/writer.ts'
import { schemaSteps } from '../schema.ts'
import { buildColumns, nextColumns, updateColumns } from './build.ts'
import type { Columns } from './columns.ts'
import { columnsOfKind, readSnapshot, type SnapshotKind, writeSnapshot } from './snapshot.ts'
import { ColumnView } from './view.ts'

const english = { languages: ['en'] }

/** A library whose files are only told of. */
function toldLibrary(t: TestContext) {
  const directory = mkdtempSync(join(tmpdir(), 'tonearm-columns-'))
  const database = openSqlite(join(directory, 'library.db'))
  t.after(() => {
    database.close()
    rmSync(directory, { recursive: true })
  })
  migrate(database, 'library', schemaSteps)
  return {
    database,
    directory,
    write(files: Readonly<Record<string, Partial<SongFacts>>>): void {
      const read = Object.entries(files).map(([path, facts]) => ({
        file: { path, folder: '/music', sizeBytes: 1000, mtimeMs: 1e12, inode: 1 },
        facts: songFacts(facts),
        fingerprint: path,
        failure: null,
      }))
      scanWriter(database, new Set()).writeBatch(read, 1e9)
    },
    remove(paths: readonly string[]): void {
      const ids = paths.map(
        (path) => database.get<{ id: number }>('SELECT id FROM files WHERE path = ?', path)?.id ?? 0,
      )
      scanWriter(database, new Set()).remove(ids, 1e9)
    },
  }
}

/** All that can be asked, as plain values: two libraries that answer alike are alike. */
function answers(columns: Columns, database: Database): unknown {
  const playlist = {
    id: 1,
    persistentId: 1n,
    name: 'Library',
    kind: 'base',
    specialNumber: 0,
    parentId: 0,
    editing: 'none',
  } as const
  const view = new ColumnView(columns, [{ playlist, entries: undefined }], 2)
  const all = view.songCount
  const ids = database.all<{ id: number }>('SELECT id FROM songs').map(({ id }) => id)
  return {
    songs: view.songs({}).slice(0, all),
    orders: (['title', 'album', 'artist', 'genre', 'composer', 'durationMs'] as const).map((sort) => [
      [...view.songs({ sort }).ids()],
      view.songs({ sort }).sortHeaders(),
    ]),
    albums: [view.albums({}).slice(0, all), view.albums({ sort: 'artist' }).slice(0, all)],
    artists: view.artists({}).slice(0, all),
    names: [view.distinct('genre').slice(0, all), view.distinct('composer').slice(0, all)],
    byId: ids.map((id) => view.song(id)?.title),
    byPersistentId: view
      .songs({})
      .slice(0, all)
      .map(({ persistentId }) => view.songByPersistentId(persistentId)?.id),
    found: ['a', 'lo', 'love night', 'Ж', 'x1', 'e', 'z', 'oak3', 'été night2'].map((text) => {
      const { songs, total } = view.search(text, 1000)
      return [songs.map(({ id }) => id), total]
    }),
    contained: ['a', 'ov', 'nig', 'ÉTÉ'].map((value) =>
      Array.from(view.songs({ filter: { text: 'title', match: 'contains', value } }).ids()),
    ),
  }
}

function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (_, part) => (typeof part === 'bigint' ? `${part}n` : part)))
}

/** The same numbers each time. */
function random(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

const words = [
  'Love',
  'Night',
  'The',
  'Été',
  'Жук',
  'x1',
  '12',
  'Über',
  'a',
  'Zoo',
  'Oak',
  'Élan',
  '9',
  '009',
]

function anySong(any: (below: number) => number): Partial<SongFacts> {
  const genre = () => `${words[any(14)]}${any(40)}`
  /** Some are called as a genre is, some have a word that nothing had before. */
  const name = () => (any(3) === 0 ? genre() : `${words[any(14)]} ${words[any(14)]}`)
  const artist = name()
  return {
    title: name(),
    artist,
    albumArtist: any(3) === 0 ? name() : artist,
    album: any(5) === 0 ? '' : name(),
    composer: any(2) === 0 ? name() : '',
    genre: any(2) === 0 ? genre() : (words[any(14)] ?? ''),
    trackNumber: any(20),
    discNumber: any(3),
    durationMs: 1 + any(5),
    trackGainDb: any(2) === 0 ? -any(9) : null,
  }
}

test('columns brought up to date answer as columns built anew', (t) => {
  const { database, write, remove } = toldLibrary(t)
  const any = random(7)
  const path = () => `/music/${any(9)}/${any(60)}.mp3`
  const songs = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, () => [path(), anySong(any)]))
  write(songs(120))
  let columns = buildColumns(database, english)

  for (let round = 0; round < 25; round++) {
    write(songs(any(6)))
    if (round % 3 === 0) {
      const listed = database.all<{ path: string }>('SELECT path FROM files WHERE path IS NOT NULL')
      remove(listed.slice(any(20), 20 + any(5)).map((file) => file.path))
    }
    columns = updateColumns(database, columns, english)

    const anew = buildColumns(database, english)
    assert.deepEqual(plain(answers(columns, database)), plain(answers(anew, database)), `round ${round}`)
    assert.equal(columns.revision, anew.revision)
  }
})

test('a rating copies its column alone, and who reads the one before still sees the old value', (t) => {
  const { database, write } = toldLibrary(t)
  write({ '/music/a.mp3': { title: 'A' }, '/music/b.mp3': { title: 'B' } })
  const before = buildColumns(database, english)
  database.run('UPDATE songs SET rating_percent = 60, play_count = 3 WHERE id = 1')
  raiseRevisionForCounts(database, 1)

  const after = nextColumns(database, before, english)

  assert.deepEqual([...before.numbers.ratingPercent], [0, 0])
  assert.deepEqual([...after.numbers.ratingPercent].sort(), [0, 60])
  assert.equal(after.numbers.durationMs, before.numbers.durationMs)
  assert.equal(after.numbers.skipCount, before.numbers.skipCount)
  assert.equal(after.texts, before.texts)
})

test('texts that updates left behind are dropped in the end', (t) => {
  const { database, write } = toldLibrary(t)
  write({ '/music/a.mp3': { title: 'A' } })
  let columns = buildColumns(database, english)
  const manyNames = (round: number) =>
    Object.fromEntries(
      Array.from({ length: 400 }, (_, at) => [`/music/${at}.mp3`, { title: `${round} ${at}` }]),
    )
  let most = 0
  for (let round = 0; round < 40; round++) {
    write(manyNames(round))
    columns = nextColumns(database, columns, english)
    most = Math.max(most, columns.strings.ranks.length)
  }

  assert.ok(most < 16_000, `${most} strings at most, of 16,400 that were seen`)
  assert.equal(columns.count, 401)
})

test('a snapshot is read as it was written; another stamp, another language and any damage are noticed', async (t) => {
  const { database, directory, write } = toldLibrary(t)
  const any = random(3)
  write(Object.fromEntries(Array.from({ length: 30 }, (_, at) => [`/music/${at}.mp3`, anySong(any)])))
  const columns = buildColumns(database, english)
  const file = join(directory, 'library.columns')
  const kind = { languages: ['en'], stamp: 77 }
  writeSnapshot(file, columns, kind)
  const read = async (wanted: SnapshotKind) => columnsOfKind(await readSnapshot(file), wanted)

  assert.deepEqual(await read(kind), columns)
  assert.equal(await read({ ...kind, stamp: 78 }), undefined)
  assert.equal(await read({ ...kind, languages: ['de'] }), undefined)
  const good = readFileSync(file)
  let unnoticed = 0
  for (let at = 0; at < good.length; at += 97) {
    const bad = Buffer.from(good)
    bad[at] = (bad[at] ?? 0) ^ 0x41
    writeFileSync(file, bad)
    // A byte between two arrays means nothing.
    if ((await read(kind)) !== undefined) unnoticed += 1
  }
  assert.ok(unnoticed < good.length / 97 / 20, `${unnoticed} unnoticed`)
  for (const length of [0, 8, 16, 100, good.length - 1]) {
    writeFileSync(file, good.subarray(0, length))
    assert.equal(await read(kind), undefined, `${length} bytes`)
  }
})
