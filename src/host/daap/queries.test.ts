// Queries as clients write them, against songs: what they find, and that nonsense finds nothing.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { daapClient, rows, titles } from '../../../test/fakes/daap-client.ts'
import { fakeLibrary } from '../../../test/fakes/library.ts'
import { KnownError } from '../../errors.ts'
import { encodeUrlQuery } from '../../protocol/index.ts'

const library = fakeLibrary({
  songs: [
    { title: 'One', artist: 'Alpha', album: 'First', trackNumber: 1, durationMs: 215_000, ratingPercent: 80 },
    { title: 'Two', artist: 'Alpha', album: 'First', trackNumber: 2, durationMs: 184_000 },
    { title: '99 Red', artist: 'Zed', album: 'Émigré', genre: 'Pop', year: 1983 },
    { title: 'Duet', artist: 'Beta', albumArtist: 'Alpha', album: 'Second', composer: 'Carl' },
    { title: 'Talk', artist: 'Host', album: 'Pod', mediaKind: 4 },
  ],
  playlists: [{ name: 'Road trip', titles: ['Two', 'One', 'Two'] }],
})
const client = daapClient(library)

const songsUrl = (query: string, meta = 'dmap.itemname') =>
  `/databases/1/items?meta=${meta}&query=${encodeURIComponent(query)}`
const titlesFor = async (query: string) => titles(rows(await client.get(songsUrl(query)), 'adbs'))

test('search as TunesRemote and Remote send it', async () => {
  const query = (word: string) =>
    `('com.apple.itunes.mediakind:1'+('dmap.itemname:*${word}*','daap.songartist:*${word}*','daap.songalbum:*${word}*'))`

  assert.deepEqual(await titlesFor(query('emigre')), ['99 Red'])
  // By its guest, and not the podcast.
  assert.deepEqual(await titlesFor(query('be')), ['Duet'])
  assert.deepEqual(await titlesFor(query('t')), ['Two', 'One', 'Duet'].toSorted(byAlbumOrder))
})

function byAlbumOrder(one: string, other: string): number {
  const order = ['One', 'Two', 'Duet', '99 Red', 'Talk']
  return order.indexOf(one) - order.indexOf(other)
}

test('an album by its id: unsigned, signed or hex', async () => {
  const { albumId } = library.view.song(11) ?? assert.fail()
  const spellings = [albumId, BigInt.asIntN(64, albumId), `0x${albumId.toString(16).toUpperCase()}`]

  for (const id of spellings) assert.deepEqual(await titlesFor(`'daap.songalbumid:${id}'`), ['One', 'Two'])
  assert.equal((await titlesFor("'daap.songalbumid:0'")).length, 5)
})

test('what cannot be known matches nothing, never everything', async () => {
  for (const query of [
    "'nosuch.field:1'",
    "'nosuch.field!:1'",
    "'daap.songartist:U2",
    '(((',
    "'dmap.itemid:abc'",
    "'dmap.itemid!:abc'",
    "'daap.songdescription:MPEG audio file'",
  ])
    assert.deepEqual(await titlesFor(query), [], query)
})

test('fields that no song has are as if zero or empty in each', async () => {
  assert.equal((await titlesFor("'com.apple.itunes.has-video:0'")).length, 5)
  assert.equal((await titlesFor("'com.apple.itunes.has-video!:1'")).length, 5)
  assert.equal((await titlesFor("'com.apple.itunes.has-video:1'")).length, 0)
  assert.equal((await titlesFor("'daap.songkeywords:'")).length, 5)
  assert.deepEqual(await titlesFor("'com.apple.itunes.is-podcast:1'"), ['Talk'])
  assert.equal((await titlesFor("'daap.songhasbeenplayed:0'")).length, 5)
})

test('an entry of a playlist is found by its entry id', async () => {
  const query = encodeURIComponent("'dmap.containeritemid:2'")
  const inPlaylist = await client.get(`/databases/1/containers/20/items?query=${query}&meta=dmap.itemname`)
  const inBase = await client.get(
    `/databases/1/containers/1/items?query=${encodeURIComponent("'dmap.containeritemid:12'")}`,
  )

  assert.deepEqual(titles(rows(inPlaylist, 'apso')), ['One'])
  assert.deepEqual(titles(rows(inBase, 'apso')), ['Two'])
})

test('a playlist is looked through once, however many entries a query names', async (t) => {
  let listings = 0
  const { view } = library
  const songs = view.songs.bind(view)
  t.mock.method(view, 'songs', (question: Parameters<typeof songs>[0]) => {
    listings += 1
    return songs(question)
  })
  const clauses = Array.from({ length: 400 }, (_, entry) => `'dmap.containeritemid:${entry}'`)

  await client.get(`/databases/1/containers/20/items?query=(${clauses.join(',')})`)

  assert.equal(listings, 2)
})

test('a query that would take long is as one that cannot be read', async () => {
  const many = (clause: (index: number) => string, count: number) =>
    `(${Array.from({ length: count }, (_, index) => clause(index)).join(',')})`

  assert.equal((await titlesFor(many((index) => `'dmap.itemid:${index}'`, 400))).length, 5)
  assert.deepEqual(await titlesFor(many((index) => `'dmap.itemid:${index}'`, 501)), [])
  assert.deepEqual(await titlesFor(many(() => "'dmap.itemname:*o*'", 25)), [])
  assert.deepEqual(await titlesFor(many((index) => `'daap.songtracknumber!:${index}'`, 25)), [])
})

test('property: whatever is asked, there is a list or a known error', async () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom(
      "'dmap.itemname:*o*'",
      "('daap.songyear:'+'dmap.itemid!:1')",
      '0-',
      '-3',
      'name',
      'all',
      '1',
    ),
  )
  const names = ['query', 'filter', 'meta', 'index', 'sort', 'include-sort-headers', 'group-type'] as const
  const path = fc.constantFrom(
    '/databases/1/items',
    '/databases/1/containers',
    '/databases/1/containers/20/items',
    '/databases/1/groups',
    '/databases/1/browse/genres',
  )
  const pairs = fc.array(fc.tuple(fc.constantFrom(...names), text), { maxLength: 5 })
  await fc.assert(
    fc.asyncProperty(path, pairs, async (path, pairs) => {
      try {
        await client.get(`${path}?${encodeUrlQuery(pairs)}`)
      } catch (error) {
        if (!(error instanceof KnownError)) throw error
      }
    }),
    { numRuns: 500 },
  )
})
