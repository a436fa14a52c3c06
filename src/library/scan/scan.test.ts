import assert from 'node:assert/strict'
import { chmodSync, mkdirSync, renameSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { aiff, flac, mp3, wav } from '../../../test/fakes/music-files.ts'
import { musicFolder } from '../../../test/fakes/music-folder.ts'
import type { Song } from '../items.ts'
import type { Library } from '../types.ts'

function songs(library: Library): Song[] {
  return library.view.songs({ sort: 'title' }).slice(0, 1000)
}

function titles(library: Library): string[] {
  return songs(library).map(({ title }) => title)
}

function song(library: Library, title: string): Song {
  const found = songs(library).find((song) => song.title === title)
  assert.ok(found, `${title} is listed: ${titles(library).join(', ')}`)
  return found
}

test('a folder of several formats is found with tags, length and format', async (t) => {
  const music = musicFolder(t)
  music.add(
    'a.mp3',
    mp3({ title: 'One', artist: 'A', album: 'Mixed', track: '1/4', genre: 'Rock', year: '1999' }),
  )
  music.add(
    'b.flac',
    flac({ title: 'Two', artist: 'A', album: 'Mixed', track: '2', composer: 'C' }, { seconds: 2 }),
  )
  music.add('c.WAV', wav({ seconds: 0.5 }))
  music.add('d.aiff', aiff({ seconds: 0.25 }))
  const library = await music.open()

  const result = await library.scan()

  assert.deepEqual(
    { ...result, seconds: 0 },
    { tracks: 4, added: 4, changed: 0, removed: 0, failed: 0, seconds: 0 },
  )
  assert.deepEqual(
    songs(library).map(({ title, format, codec, durationMs }) => ({ title, format, codec, durationMs })),
    [
      { title: 'c', format: 'wav', codec: 'pcm', durationMs: 500 },
      { title: 'd', format: 'aif', codec: 'pcm', durationMs: 250 },
      { title: 'One', format: 'mp3', codec: 'mpeg', durationMs: 1019 },
      { title: 'Two', format: 'flac', codec: 'flac', durationMs: 2000 },
    ],
  )
  const one = song(library, 'One')
  assert.deepEqual(
    { ...pick(one, ['artist', 'albumArtist', 'album', 'genre', 'year', 'trackNumber', 'trackCount']) },
    {
      artist: 'A',
      albumArtist: 'A',
      album: 'Mixed',
      genre: 'Rock',
      year: 1999,
      trackNumber: 1,
      trackCount: 4,
    },
  )
  assert.equal(one.albumId, song(library, 'Two').albumId)
})

function pick<Names extends keyof Song>(song: Song, names: readonly Names[]) {
  return Object.fromEntries(names.map((name) => [name, song[name]]))
}

test('a second scan finds nothing to do, a changed tag is read and keeps the ids', async (t) => {
  const music = musicFolder(t)
  music.add('a.mp3', mp3({ title: 'Befor', artist: 'A' }))
  music.add('b.mp3', mp3({ title: 'Other', artist: 'A' }, { seed: 2 }))
  const library = await music.open()
  await library.scan()
  const before = song(library, 'Befor')
  const { revision } = library.view

  const idle = await library.scan()
  assert.equal(idle.added + idle.changed + idle.removed, 0)
  assert.equal(library.view.revision, revision)

  music.add('a.mp3', mp3({ title: 'Before', artist: 'A' }))
  const result = await library.scan()
  assert.equal(result.changed, 1)
  const after = song(library, 'Before')
  assert.deepEqual([after.id, after.persistentId], [before.id, before.persistentId])
  assert.ok(library.view.revision > revision)
})

test('ids, rating and counts survive a restart, a move, a new name and a new tag, all at once', async (t) => {
  const music = musicFolder(t)
  const path = music.add('a.mp3', mp3({ title: 'Song', artist: 'A' }))
  music.add('copy.mp3', mp3({ title: 'Copy', artist: 'A' }))
  const library = await music.open()
  await library.scan()
  const before = song(library, 'Song')
  const copy = song(library, 'Copy')
  library.setRating(before.id, 80)
  library.countPlay(before.id)
  await library.close()

  rmSync(path)
  music.add(
    'Moved/renamed.mp3',
    mp3({ title: 'Retagged', artist: 'B', picture: Buffer.alloc(3000, 7) }, { version: 4 }),
  )
  const again = await music.open()
  const result = await again.scan()

  assert.deepEqual([result.added, result.changed, result.removed], [0, 1, 0])
  const after = song(again, 'Retagged')
  assert.deepEqual(
    [after.id, after.persistentId, after.ratingPercent, after.playCount],
    [before.id, before.persistentId, 80, 1],
  )
  assert.equal(song(again, 'Copy').persistentId, copy.persistentId, 'the identical copy kept its own id')
})

test('a file that comes back keeps its rating', async (t) => {
  const music = musicFolder(t)
  music.add('stays.mp3', mp3({ title: 'Stays' }, { seed: 5 }))
  const path = music.add('a.mp3', mp3({ title: 'Song' }))
  const library = await music.open()
  await library.scan()
  const before = song(library, 'Song')
  library.setRating(before.id, 60)

  rmSync(path)
  assert.equal((await library.scan()).removed, 1)
  assert.deepEqual(titles(library), ['Stays'])
  music.add('elsewhere.mp3', mp3({ title: 'Song' }))
  await library.scan()

  assert.equal(song(library, 'Song').persistentId, before.persistentId)
  assert.equal(song(library, 'Song').ratingPercent, 60)
})

test('a file moved over another is the one that moved', async (t) => {
  const music = musicFolder(t)
  const a = music.add('a.mp3', mp3({ title: 'A' }))
  const b = music.add('b.mp3', mp3({ title: 'B' }, { seed: 2 }))
  const library = await music.open()
  await library.scan()
  const moved = song(library, 'B').persistentId

  renameSync(b, a)
  await library.scan()

  assert.deepEqual(titles(library), ['B'])
  assert.equal(song(library, 'B').persistentId, moved)
})

test('a renamed album keeps its id while most of its songs move with it', async (t) => {
  const music = musicFolder(t)
  const write = (album: (number: number) => string) => {
    for (let number = 1; number <= 4; number++)
      music.add(
        `${number}.mp3`,
        mp3({ title: `Song ${number}`, artist: 'A', album: album(number) }, { seed: number }),
      )
  }
  write(() => 'Wrnog')
  const library = await music.open()
  await library.scan()
  const [before] = library.view.albums({}).slice(0, 1)

  write((number) => (number === 4 ? 'Wrnog' : 'Wrong, no more'))
  await library.scan()

  const albums = library.view.albums({}).slice(0, 10)
  const renamed = albums.find(({ name }) => name === 'Wrong, no more')
  assert.deepEqual(
    [renamed?.id, renamed?.persistentId, renamed?.songCount],
    [before?.id, before?.persistentId, 3],
  )
  assert.equal(albums.find(({ name }) => name === 'Wrnog')?.songCount, 1)
})

test('broken, empty, cut and unreadable files are listed with a sentence and stop nothing', async (t) => {
  const music = musicFolder(t)
  const random = Buffer.from(Array.from({ length: 20_000 }, (_, at) => (at * 7919 + (at >> 3) * 31) % 251))
  music.add('garbage.mp3', random)
  music.add('garbage.flac', random)
  music.add('garbage.m4a', random)
  music.add('garbage.ogg', random)
  music.add('garbage.wma', random)
  music.add('empty.wav', Buffer.alloc(0))
  music.add('cut.mp3', mp3({ title: 'Cut', picture: Buffer.alloc(5000) }).subarray(0, 3000))
  music.add('text.mp3', Buffer.from('this is not music\n'.repeat(500)))
  music.add('fine.mp3', mp3({ title: 'Fine' }))
  music.add('notes.txt', Buffer.from('not looked at'))
  music.add('.hidden.mp3', mp3({ title: 'Hidden' }))
  music.add('._fine.mp3', mp3({ title: 'Resource fork' }))
  const library = await music.open()

  const result = await library.scan()

  assert.deepEqual(titles(library), ['Fine'])
  assert.equal(result.failed, 8)
  const failures = library.failures()
  assert.deepEqual(
    failures.map(({ path }) => path.slice(music.path.length + 1)),
    [
      'cut.mp3',
      'empty.wav',
      ...['flac', 'm4a', 'mp3', 'ogg', 'wma'].map((end) => `garbage.${end}`),
      'text.mp3',
    ],
  )
  for (const { reason } of failures) assert.match(reason, /^[A-Z].*\.$/)
  const again = await library.scan()
  assert.deepEqual(
    [again.added, again.changed, again.failed],
    [0, 0, 8],
    'failures are remembered, not read again',
  )
})

test('a broken file that is mended becomes a song, and one that breaks keeps its ids for later', async (t) => {
  const music = musicFolder(t)
  music.add('a.mp3', mp3({ title: 'Song' }))
  const library = await music.open()
  await library.scan()
  const before = song(library, 'Song')

  music.add('a.mp3', Buffer.alloc(100))
  await library.scan()
  assert.deepEqual(titles(library), [])
  assert.equal(library.failures().length, 1)

  music.add('a.mp3', mp3({ title: 'Song again' }))
  await library.scan()
  assert.equal(song(library, 'Song again').persistentId, before.persistentId)
  assert.deepEqual(library.failures(), [])
})

test('a tag of 10 MB is read', async (t) => {
  const music = musicFolder(t)
  music.add(
    'large.mp3',
    mp3({ title: 'Large', picture: Buffer.alloc(10_000_000, 3) }, { paddingBytes: 100_000 }),
  )
  const library = await music.open()

  await library.scan()

  assert.deepEqual(titles(library), ['Large'])
  assert.equal(song(library, 'Large').durationMs, 1019)
})

test('a tag with 20 MB of empty room is read as quickly as one without, whatever its version', async (t) => {
  const music = musicFolder(t)
  for (const version of [3, 4] as const)
    music.add(
      `${version}.mp3`,
      mp3({ title: `Room ${version}` }, { version, seed: version, paddingBytes: 20_000_000 }),
    )
  const library = await music.open()

  await library.scan()

  assert.deepEqual(library.failures(), [])
  assert.deepEqual(titles(library), ['Room 3', 'Room 4'])
  assert.equal(song(library, 'Room 4').durationMs, 1019)
})

test('a file whose ending lies is taken for what it is', async (t) => {
  const music = musicFolder(t)
  music.add('really-flac.mp3', flac({ title: 'Lying' }))
  const library = await music.open()

  await library.scan()

  assert.deepEqual(
    songs(library).map(({ title, codec }) => [title, codec]),
    [['Lying', 'flac']],
  )
})

test('circles of links end, a link into the library lists nothing twice, one out of it is followed', async (t) => {
  const music = musicFolder(t)
  const elsewhere = musicFolder(t)
  music.add('Real/a.mp3', mp3({ title: 'Real' }))
  elsewhere.add('b.mp3', mp3({ title: 'Linked' }, { seed: 2 }))
  symlinkSync(music.path, join(music.path, 'Real', 'circle'))
  symlinkSync(join(music.path, 'self'), join(music.path, 'self'))
  symlinkSync(join(music.path, 'Real', 'a.mp3'), join(music.path, '0-first.mp3'))
  symlinkSync(elsewhere.path, join(music.path, 'elsewhere'))
  const library = await music.open()

  await library.scan()

  assert.deepEqual(titles(library), ['Linked', 'Real'])
})

test('names that are odd, long or no text at all do not stop a scan', async (t) => {
  const music = musicFolder(t)
  const odd = [
    'new\nline.mp3',
    'quote\'"%_.mp3',
    '#?&=.mp3',
    `${'x'.repeat(240)}.mp3`,
    'Ünï\u0301.mp3',
    ' .mp3',
  ]
  for (const [seed, name] of odd.entries()) music.add(name, mp3({ artist: 'Odd' }, { seed }))
  writeFileSync(
    Buffer.concat([Buffer.from(`${music.path}/not-utf8-`), Buffer.from([0xff, 0xfe]), Buffer.from('.mp3')]),
    mp3(),
  )
  const library = await music.open()

  const result = await library.scan()

  assert.equal(result.tracks, odd.length)
  assert.match(library.failures()[0]?.reason ?? '', /not valid text/)
  assert.ok(songs(library).every(({ path }) => path.startsWith(music.path)))
})

test('a music folder that is gone or empty keeps its songs and says so', async (t) => {
  const music = musicFolder(t)
  const drive = musicFolder(t)
  music.add('a.mp3', mp3({ title: 'Here' }))
  drive.add('Album/b.mp3', mp3({ title: 'On the drive' }, { seed: 2 }))
  const library = await music.open({ folders: [music.path, drive.path] })
  await library.scan()
  const away = `${drive.path}-away`
  const both = ['Here', 'On the drive']

  renameSync(drive.path, away)
  const gone = await library.scan()
  assert.deepEqual([titles(library), gone.removed, gone.failed], [both, 0, 1])
  assert.match(library.failures()[0]?.reason ?? '', /not there.*kept/)

  mkdirSync(drive.path)
  await library.scan()
  assert.deepEqual(titles(library), both)
  assert.match(library.failures()[0]?.reason ?? '', /empty.*1 songs? are kept/)

  rmSync(drive.path, { recursive: true })
  renameSync(away, drive.path)
  const back = await library.scan()
  assert.deepEqual([titles(library), back.added, back.failed], [both, 0, 0])

  rmSync(join(drive.path, 'Album'), { recursive: true })
  await library.scan({ isFull: true })
  assert.deepEqual(titles(library), ['Here'], 'a full scan believes that an empty folder is empty')
})

test('songs in a folder that may not be read are kept', async (t) => {
  if (process.getuid?.() === 0) return t.skip('root may read everything')
  const music = musicFolder(t)
  music.add('Closed/a.mp3', mp3({ title: 'Closed' }))
  const library = await music.open()
  await library.scan()

  chmodSync(join(music.path, 'Closed'), 0)
  await library.scan()
  chmodSync(join(music.path, 'Closed'), 0o755)

  assert.deepEqual(titles(library), ['Closed'])
  assert.match(library.failures()[0]?.reason ?? '', /right to read/)
})

test('a folder that is no longer among the chosen ones takes its songs with it', async (t) => {
  const music = musicFolder(t)
  music.add('a.mp3', mp3({ title: 'Here' }))
  const other = musicFolder(t)
  other.add('b.mp3', mp3({ title: 'There' }, { seed: 2 }))
  const both = await music.open({ folders: [music.path, other.path] })
  await both.scan()
  await both.close()

  const one = await music.open()
  await one.scan()

  assert.deepEqual(titles(one), ['Here'])
})

test('other folders while it runs: what is in them comes and goes, ratings are kept', async (t) => {
  const music = musicFolder(t)
  music.add('a.mp3', mp3({ title: 'Here' }))
  const other = musicFolder(t)
  other.add('b.mp3', mp3({ title: 'There' }, { seed: 2 }))
  const library = await music.open()
  library.follow()
  await library.scan()
  library.setRating(library.view.songs({}).ids()[0] ?? 0, 80)

  library.setFolders([other.path])
  await library.scan()
  const elsewhere = titles(library)
  library.setFolders([other.path, music.path])
  await library.scan()

  assert.deepEqual(elsewhere, ['There'])
  assert.deepEqual(titles(library).toSorted(), ['Here', 'There'])
  assert.equal(
    library.view
      .songs({})
      .slice(0, 2)
      .find(({ title }) => title === 'Here')?.ratingPercent,
    80,
  )
})

test('a scan that is asked for while one runs joins it, and progress tells of it', async (t) => {
  const music = musicFolder(t)
  for (let seed = 0; seed < 20; seed++) music.add(`${seed}.mp3`, mp3({ title: `${seed}` }, { seed }))
  const library = await music.open()
  const states: string[] = []
  const listening = library.onProgress(({ state, filesFound, filesRead }) =>
    states.push(`${state} ${filesFound} ${filesRead}`),
  )

  const [first, second] = await Promise.all([library.scan(), library.scan()])
  listening.close()

  assert.equal(first, second)
  assert.deepEqual([states.at(0), states.at(-1)], ['scanning 0 0', 'idle 20 20'])
  assert.deepEqual(library.progress.last, first)
})

test('those who wait are told of a change, and no longer once they gave up', async (t) => {
  const music = musicFolder(t)
  music.add('a.mp3', mp3({ title: 'Song' }))
  const library = await music.open()
  const { revision } = library.view
  const gaveUp = new AbortController()
  const waiting = library.changedSince(revision, new AbortController().signal)
  const givenUp = library.changedSince(revision, gaveUp.signal)

  gaveUp.abort(new Error('the remote hung up'))
  await assert.rejects(givenUp, /hung up/)
  await library.scan()

  assert.deepEqual((await waiting).songCount, 1)
  assert.equal(await library.changedSince(1, AbortSignal.timeout(1000)), library.view)
})

test('a changed date alone reads a file again and changes nothing else', async (t) => {
  const music = musicFolder(t)
  const path = music.add('a.mp3', mp3({ title: 'Song' }))
  const library = await music.open()
  await library.scan()
  const { persistentId } = song(library, 'Song')

  utimesSync(path, 1_000_000_000, 1_000_000_000)
  const result = await library.scan()

  assert.equal(result.changed, 1)
  assert.equal(song(library, 'Song').modifiedAt, 1_000_000_000)
  assert.equal(song(library, 'Song').persistentId, persistentId)
})
