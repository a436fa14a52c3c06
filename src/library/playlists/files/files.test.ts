// Playlists that lie among the music, met by a scan.

import assert from 'node:assert/strict'
import { chmodSync, mkdirSync, renameSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { mp3 } from '../../../../test/fakes/music-files.ts'
import { type MusicFolder, musicFolder } from '../../../../test/fakes/music-folder.ts'
import type { Playlist } from '../../items.ts'
import { isInScope, type ScanScope } from '../../scan/scope.ts'
import { walk } from '../../scan/walk.ts'
import type { Library } from '../../types.ts'

function albums(t: TestContext): MusicFolder {
  const music = musicFolder(t)
  for (const [seed, title] of ['One', 'Two', 'Three', 'Four'].entries())
    music.add(`A/Blue/${title}.mp3`, mp3({ title, artist: 'A', album: 'Blue' }, { seed, seconds: 0.1 }))
  return music
}

let ticks = 0
/** Each writing has a time of its own, however coarse the file system's clock is. */
function write(music: MusicFolder, name: string, content: string | Uint8Array): void {
  const path = join(music.path, name)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, content)
  ticks += 1
  utimesSync(path, ticks, 1_600_000_000 + ticks)
}

async function scanned(music: MusicFolder): Promise<Library> {
  const library = await music.open()
  await library.scan()
  return library
}

function files({ view }: Library): Playlist[] {
  return view.playlists().filter(({ kind }) => kind === 'file')
}

function titlesIn({ view }: Library, playlist: Playlist | undefined): string[] {
  return view
    .songs({ playlistId: playlist?.id ?? 0 })
    .slice(0, 1000)
    .map(({ title }) => title)
}

function entryIds({ view }: Library, playlist: Playlist | undefined): number[] {
  return (view.songs({ playlistId: playlist?.id ?? 0 }).entries() ?? []).map(({ entryId }) => entryId)
}

test('the playlists of a folder are listed by their names, with their songs in their order', async (t) => {
  const music = albums(t)
  write(music, 'evening.m3u', 'A/Blue/Two.mp3\nA\\Blue\\One.mp3\nA/Blue/Two.mp3\n')
  write(music, 'A/titled.m3u8', '\uFEFF#EXTM3U\n#PLAYLIST:Äpfel\nBlue/Three.mp3\n')
  write(music, 'old.pls', Buffer.from(`[playlist]\r\nFile1=D:\\Musik\\Blue\\Four.mp3\r\n`, 'utf16le'))
  const url = `file://${music.path}/A/Blue/One.mp3`
  const track = (location: string) => `<track><location>${location}</location></track>`
  write(
    music,
    'x.xspf',
    `<playlist><title>X</title><trackList>${track(url)}${track('A/Blue/Two.mp3')}</trackList></playlist>`,
  )

  const library = await scanned(music)

  assert.deepEqual(
    files(library).map((playlist) => [playlist.name, playlist.songCount, playlist.editing]),
    [
      ['Äpfel', 1, 'none'],
      ['evening', 3, 'none'],
      ['old', 1, 'none'],
      ['X', 2, 'none'],
    ],
  )
  assert.deepEqual(
    files(library).map((playlist) => titlesIn(library, playlist)),
    [['Three'], ['Two', 'One', 'Two'], ['Four'], ['One', 'Two']],
  )
  assert.deepEqual(library.failures(), [])
})

test('a changed file is read again; its ids, and those of the entries that stay, last', async (t) => {
  const music = albums(t)
  write(music, 'list.m3u', 'A/Blue/One.mp3\nA/Blue/Two.mp3\nA/Blue/One.mp3\n')
  const library = await scanned(music)
  const [before] = files(library)
  const beforeIds = entryIds(library, before)
  const revision = library.view.revision

  await library.scan()
  assert.equal(library.view.revision, revision, 'an unchanged one changes nothing')
  write(music, 'list.m3u', '#PLAYLIST:New\nA/Blue/Three.mp3\nA/Blue/Two.mp3\nA/Blue/One.mp3\n')
  await library.scan()

  const [after] = files(library)
  assert.deepEqual([after?.name, after?.id, after?.persistentId], ['New', before?.id, before?.persistentId])
  assert.deepEqual(titlesIn(library, after), ['Three', 'Two', 'One'])
  assert.deepEqual(entryIds(library, after), [4, beforeIds[1], beforeIds[0]])
})

test('a moved playlist keeps its ids; one that is gone vanishes, and comes back as itself', async (t) => {
  const music = albums(t)
  write(music, 'list.m3u', `${join(music.path, 'A/Blue/One.mp3')}\n`)
  const library = await scanned(music)
  const [before] = files(library)

  mkdirSync(join(music.path, 'lists'))
  renameSync(join(music.path, 'list.m3u'), join(music.path, 'lists/other.m3u'))
  await library.scan()
  const [moved] = files(library)
  assert.deepEqual([moved?.name, moved?.id], ['other', before?.id])

  rmSync(join(music.path, 'lists/other.m3u'))
  await library.scan()
  assert.deepEqual(files(library), [])
  write(music, 'list.m3u', `${join(music.path, 'A/Blue/One.mp3')}\n`)
  await library.scan()
  const [back] = files(library)
  assert.deepEqual([back?.persistentId, titlesIn(library, back)], [before?.persistentId, ['One']])
})

test('songs keep their places when they move, and take them when they come', async (t) => {
  const music = albums(t)
  write(music, 'list.m3u', 'A/Blue/One.mp3\nA/Blue/Late.mp3\nA/Blue/Two.mp3\n')
  const library = await scanned(music)
  const [playlist] = files(library)
  const [first, last] = entryIds(library, playlist)

  renameSync(join(music.path, 'A/Blue/One.mp3'), join(music.path, 'A/Moved.mp3'))
  music.add('A/Blue/Late.mp3', mp3({ title: 'Late' }, { seed: 77, seconds: 0.1 }))
  await library.scan()

  assert.deepEqual(titlesIn(library, playlist), ['One', 'Late', 'Two'])
  assert.deepEqual(entryIds(library, playlist), [first, 3, last])
})

test('a folder that cannot be reached keeps its playlists', async (t) => {
  const music = albums(t)
  write(music, 'A/list.m3u', 'Blue/One.mp3\n')
  const library = await scanned(music)

  renameSync(music.path, `${music.path}.away`)
  await library.scan()
  const away = files(library).length
  renameSync(`${music.path}.away`, music.path)

  assert.equal(away, 1)
})

test('what cannot be used is told with its reason, and stops nothing', async (t) => {
  const music = albums(t)
  write(music, 'good.m3u', 'A/Blue/One.mp3\n')
  write(music, 'broken.xspf', '<playlist><trackList>')
  write(music, 'radio.pls', '[playlist]\nFile1=http://example.com/stream\n')
  write(music, 'passwd.m3u', '/etc/passwd\n../../../../../../etc/passwd\n')
  write(music, 'one.m3u', 'two.m3u\n')
  write(music, 'two.m3u', 'one.m3u\n')
  write(music, 'empty.m3u8', '')
  write(music, 'huge.m3u', Buffer.alloc(16 * 1024 * 1024 + 1, 0x61))
  write(music, 'noise.m3u', Buffer.from(Array.from({ length: 5000 }, (_, at) => (at * 7919) % 256)))
  mkdirSync(join(music.path, 'folder.m3u'))
  symlinkSync('nowhere.m3u', join(music.path, 'link.m3u'))

  const library = await scanned(music)

  assert.deepEqual(
    files(library).map(({ name }) => name),
    ['good'],
  )
  const reasons = Object.fromEntries(
    library.failures().map(({ path, reason }) => [path.slice(music.path.length + 1), reason.slice(0, 30)]),
  )
  assert.match(reasons['broken.xspf'] ?? '', /well-formed/)
  for (const name of ['radio.pls', 'passwd.m3u', 'one.m3u', 'two.m3u', 'noise.m3u'])
    assert.equal(reasons[name], 'None of the songs that it name', name)
  assert.equal(reasons['huge.m3u'], 'It is larger than 16 MB, which')
  assert.equal(reasons['empty.m3u8'], undefined)
  assert.equal(library.progress.last?.failed, library.failures().length, 'as many as are told')
})

test('a playlist that cannot be read for the moment stays as it was', async (t) => {
  if (process.getuid?.() === 0) return t.skip('root may read everything')
  const music = albums(t)
  write(music, 'list.m3u', 'A/Blue/One.mp3\n')
  const library = await scanned(music)

  write(music, 'list.m3u', 'A/Blue/Two.mp3\n')
  chmodSync(join(music.path, 'list.m3u'), 0)
  await library.scan()
  const [unreadable] = files(library)
  assert.deepEqual(titlesIn(library, unreadable), ['One'])
  chmodSync(join(music.path, 'list.m3u'), 0o600)
  await library.scan()

  assert.deepEqual(titlesIn(library, unreadable), ['Two'])
})

test('a million lines become as many entries as a playlist may have, and the rest is told', async (t) => {
  const music = albums(t)
  write(music, 'long.m3u', 'A/Blue/One.mp3\n'.repeat(1_000_000))
  write(music, 'next.m3u', 'A/Blue/Two.mp3\n')

  const library = await scanned(music)

  assert.deepEqual(
    files(library).map(({ name, songCount }) => [name, songCount]),
    [
      ['long', 100_000],
      ['next', 1],
    ],
  )
  assert.match(library.failures()[0]?.reason ?? '', /longer than a playlist/)
})

test('what is exported is read again as it was', async (t) => {
  const music = albums(t)
  music.add('odd\nname #1.mp3', mp3({ title: 'Odd' }, { seed: 55, seconds: 0.1 }))
  const library = await scanned(music)
  const id = library.playlists.make('There and back')
  const ids = library.view.songs({ sort: 'title' }).ids()
  library.playlists.add(id, [...ids, ids[0] ?? 0])

  write(music, 'exported.m3u8', library.playlists.exportM3u8(id))
  await library.scan()

  const [read] = files(library)
  assert.equal(read?.name, 'There and back')
  assert.deepEqual(
    library.view.songs({ playlistId: read.id }).ids(),
    library.view.songs({ playlistId: id }).ids(),
  )
})

test('smart playlists written into files of the data directory come, change and go with them', async (t) => {
  const music = albums(t)
  const folder = join(music.dataDirectory, 'playlists')
  mkdirSync(folder)
  const file = join(folder, 'blue.smart.toml')
  writeFileSync(file, 'name = "T"\nrules = [{ field = "title", op = "begins-with", value = "T" }]\n')
  writeFileSync(join(folder, 'bad.smart.toml'), 'name = "Bad"\norder = "colour"\n')
  writeFileSync(join(folder, 'frozen.smart.toml'), 'name = "Frozen"\nlive = false\nlimit = 2\n')
  writeFileSync(join(folder, 'notes.toml'), 'name = "No"\n')
  const library = await scanned(music)
  const named = (name: string) => library.view.playlists().find((playlist) => playlist.name === name)

  const [smart, frozen] = [named('T'), named('Frozen')]
  assert.deepEqual([smart?.kind, smart?.editing, smart?.songCount], ['smart', 'none', 2])
  assert.equal(named('Bad'), undefined)
  assert.match(library.failures()[0]?.reason ?? '', /order: one of: random, title/)
  assert.throws(() => library.playlists.remove(smart?.id ?? 0), { code: 'PLAYLIST_NOT_EDITABLE' })

  writeFileSync(file, 'name = "Up to F"\nrules = [{ field = "title", op = "begins-with", value = "F" }]\n')
  rmSync(join(folder, 'bad.smart.toml'))
  await library.scan()

  assert.deepEqual([named('Up to F')?.persistentId, named('Up to F')?.songCount], [smart?.persistentId, 1])
  assert.deepEqual(library.failures(), [])
  rmSync(file)
  await library.scan()
  assert.equal(named('Up to F'), undefined)
  assert.equal(named('Frozen')?.id, frozen?.id)
})

test('a part of the library that is looked at: a playlist in it is met once, one being written not at all', (t) => {
  const music = albums(t)
  write(music, 'A/list.m3u', 'Blue/One.mp3\n')
  const [file, folder] = [join(music.path, 'A/list.m3u'), join(music.path, 'A')]
  const met = (scope: ScanScope) => walk([music.path], scope, () => {}).playlists.map(({ path }) => path)

  assert.deepEqual(met({ whole: [file], shallow: [folder], busy: [] }), [file])
  assert.deepEqual(met({ whole: [file], shallow: [], busy: [] }), [file])
  const beingWritten: ScanScope = { whole: [file], shallow: [folder], busy: [file] }
  assert.deepEqual(met(beingWritten), [])
  assert.equal(isInScope(file, beingWritten), false, 'so it is not taken for gone')
  assert.equal(isInScope(file, { whole: [], shallow: [folder], busy: [] }), true)
  assert.equal(isInScope(file, { whole: [], shallow: [music.path], busy: [] }), false)
})
