// The sample album through the real library: what a remote and a player get of real files.

import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { type TestContext, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { daapClient } from '../../../test/fakes/daap-client.ts'
import { systemClock } from '../../clock.ts'
import { openLibrary, openSqlite } from '../../library/index.ts'
import { silentLog } from '../../log.ts'
import { type ContentCode, child, children, type DmapContainer } from '../../protocol/index.ts'

const sample = fileURLToPath(new URL('../../../sample', import.meta.url))

async function sampleClient(t: TestContext) {
  const dataDirectory = mkdtempSync(join(tmpdir(), 'tonearm-sample-'))
  const database = openSqlite(join(dataDirectory, 'library.db'))
  const library = await openLibrary({
    database,
    folders: [sample],
    dataDirectory,
    log: silentLog,
    clock: systemClock,
  })
  t.after(async () => {
    await library.close()
    rmSync(dataDirectory, { recursive: true })
  })
  await library.scan()
  return { ...daapClient(library), library }
}

function rows(answer: DmapContainer, root: ContentCode): DmapContainer[] {
  const list = (child(answer, root) as DmapContainer | undefined) ?? assert.fail(`no ${root}`)
  return children(child(list, 'mlcl') ?? [], 'mlit')
}

test('from playlists to songs, from an album to its songs, its picture and its sound', async (t) => {
  const { get, bytes } = await sampleClient(t)

  const [base, music] = rows(await get('/databases/1/containers'), 'aply')
  assert.deepEqual([child(base ?? [], 'abpl'), child(base ?? [], 'mimc')], [1, 3])
  assert.deepEqual([child(music ?? [], 'minm'), child(music ?? [], 'aePS')], ['Music', 6])

  const [album, ...others] = rows(
    await get(
      "/databases/1/groups?group-type=albums&query=('daap.songartist!:'" +
        "+('com.apple.itunes.extended-media-kind:1','com.apple.itunes.extended-media-kind:32'))",
    ),
    'agal',
  )
  assert.ok(album && others.length === 0)
  const songs = rows(
    await get(
      `/databases/1/containers/1/items?meta=all&sort=album&query='daap.songalbumid:${child(album, 'mper')}'`,
    ),
    'apso',
  )
  assert.deepEqual(
    songs.map((song) => [child(song, 'astn'), child(song, 'minm'), child(song, 'asfm'), child(song, 'asac')]),
    [
      [1, 'Needle Down', 'flac', 1],
      [2, 'First Groove', 'mp3', 1],
      [3, 'Run-out', 'm4a', 1],
    ],
  )

  const picture = await bytes(
    `/databases/1/groups/${child(album, 'miid')}/extra_data/artwork?mw=64&mh=64&group-type=albums`,
  )
  assert.match(picture.headers['Content-Type'] ?? '', /^image\/(jpeg|png)$/)

  const [first = []] = songs
  const stream = await bytes(`/databases/1/items/${child(first, 'miid')}.flac`)
  assert.ok(stream.body instanceof Readable)
  const sound = await buffer(stream.body)
  assert.ok(sound.equals(readFileSync(join(sample, '01 Needle Down.flac'))))
  // Rhythmbox insists: as long as was said in the list.
  assert.equal(sound.length, child(first, 'assz'))
})

test('what a player drops at either end of a song, so that the next one follows without a gap', async (t) => {
  const { get } = await sampleClient(t)
  const names = ['enc-del', 'enc-dr', 'dur'].map((name) => `com.apple.itunes.gapless-${name}`)
  const query = "query='dmap.itemname:First Groove'"

  const [song] = rows(await get(`/databases/1/items?${query}&meta=${names}`), 'adbs')

  assert.deepEqual(song, [
    ['aeGE', 1728],
    ['aeGD', 2496],
    ['aeGU', 470_400n],
  ])
})

test('search finds by any part of a word, whatever its case', async (t) => {
  const { get } = await sampleClient(t)
  const query = encodeURIComponent(
    "(('com.apple.itunes.mediakind:1','com.apple.itunes.mediakind:4')+('dmap.itemname:*GROOV*','daap.songalbum:*GROOV*'))",
  )

  const found = rows(await get(`/databases/1/items?meta=dmap.itemname&sort=name&query=${query}`), 'adbs')

  assert.deepEqual(found, [[['minm', 'First Groove']]])
})

test('letters, names and artists of the real collation', async (t) => {
  const { get } = await sampleClient(t)

  const answer = await get('/databases/1/items?sort=name&meta=dmap.itemname&include-sort-headers=1')
  const list = child(answer, 'adbs') ?? []
  const artists = child(await get('/databases/1/browse/artists'), 'abro') ?? []

  assert.deepEqual(
    children(child(list, 'mshl') ?? [], 'mlit').map((row) => String.fromCharCode(child(row, 'mshc') ?? 0)),
    ['F', 'N', 'R', '0'],
  )
  assert.equal(children(child(artists, 'abar') ?? [], 'mlit').length, 1)
})
