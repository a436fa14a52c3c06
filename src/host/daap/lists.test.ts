// What remotes and players see of a library: libraries, playlists, songs, albums, artists, names.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { codesOf, daapClient, listIn, rows, titles } from '../../../test/fakes/daap-client.ts'
import { fakeLibrary } from '../../../test/fakes/library.ts'
import { child, children, codeOfName } from '../../protocol/index.ts'

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

/** The meta strings of real programs, docs/protocol/daap-library.md. */
const remoteMeta =
  'dmap.itemname,dmap.itemid,daap.songartist,daap.songalbumartist,daap.songalbum,com.apple.itunes.cloud-id,' +
  'dmap.containeritemid,com.apple.itunes.has-video,com.apple.itunes.itms-songid,' +
  'com.apple.itunes.extended-media-kind,dmap.downloadstatus,daap.songdisabled'

// --- libraries and playlists

test('there is one library, by its name and lasting id', async () => {
  assert.deepEqual(await client.get('/databases'), [
    [
      'avdb',
      [
        ['mstt', 200],
        ['muty', 0],
        ['mtco', 1],
        ['mrco', 1],
        [
          'mlcl',
          [
            [
              'mlit',
              [
                ['miid', 1],
                ['mper', 0x5af47e6b01a2c3d4n],
                ['mdbk', 1],
                ['aeCs', 1],
                ['minm', 'Studio'],
                ['mimc', 5],
                ['mctc', 3],
                ['meds', 3],
              ],
            ],
          ],
        ],
      ],
    ],
  ])
})

test('playlists: the base one first and marked, then Music, then the others', async () => {
  const lists = rows(await client.get('/databases/1/containers'), 'aply')

  assert.deepEqual(lists, [
    [
      ['miid', 1],
      ['mper', 1n],
      ['minm', 'Library'],
      ['mimc', 5],
      ['mpco', 0],
      ['abpl', 1],
    ],
    [
      ['miid', 2],
      ['mper', 2n],
      ['minm', 'Music'],
      ['aePS', 6],
      ['aeSP', 1],
      ['mimc', 4],
      ['mpco', 0],
    ],
    [
      ['miid', 20],
      ['mper', 20n],
      ['minm', 'Road trip'],
      ['mimc', 3],
      ['mpco', 0],
    ],
  ])
})

test('meta chooses among the fields of a playlist, but the base one is always told', async () => {
  const [base, music] = rows(
    await client.get('/databases/1/containers?meta=dmap.itemid,dmap.itemname,dmap.nosuch'),
    'aply',
  )

  assert.deepEqual(codesOf(base ?? []), ['miid', 'minm', 'mimc', 'mpco', 'abpl'])
  assert.deepEqual(codesOf(music ?? []), ['miid', 'minm', 'mimc', 'mpco'])
})

test('a playlist is found by its name without quotes, as homebridge-dacp asks', async () => {
  const found = (query: string) => client.get(`/databases/1/containers?query=${query}`)

  assert.deepEqual(titles(rows(await found('dmap.itemname:Music'), 'aply')), ['Music'])
  assert.deepEqual(titles(rows(await found("'dmap.itemid:20'"), 'aply')), ['Road trip'])
  assert.deepEqual(titles(rows(await found("'nosuch.field:1'"), 'aply')), [])
})

// --- songs

test('a song with every field, kind of item and of data first, zeros left out', async () => {
  const [song] = rows(
    await client.get(`/databases/1/items?query=${encodeURIComponent("'dmap.itemname:One'")}`),
    'adbs',
  )

  assert.deepEqual(song, [
    ['mikd', 2],
    ['asdk', 0],
    ['miid', 11],
    ['minm', 'One'],
    ['mper', 0x1000n],
    ['asar', 'Alpha'],
    ['asaa', 'Alpha'],
    ['asal', 'First'],
    ['asai', 0xf000000000000000n],
    ['asri', 0xf000000000000001n],
    ['assn', 'One'],
    ['assa', 'Alpha'],
    ['assl', 'Alpha'],
    ['assu', 'First'],
    ['astm', 215_000],
    ['astn', 1],
    ['asfm', 'mp3'],
    ['asdt', 'MPEG audio file'],
    ['ascd', 0x6d706567],
    ['asur', 80],
    ['aeMK', 1],
    ['aeMk', 1],
    ['mcti', 11],
  ])
})

test('only what meta names is sent, in our order; unknown, misspelt and doubled names are skipped', async () => {
  const meta = 'daap.songartst,dmap.itemid,dmap.itemid,dmap.itemname,com.apple.tunes.has-video,dmap.itemkind'
  const [song] = rows(await client.get(`/databases/1/items?meta=${meta}`), 'adbs')

  assert.deepEqual(codesOf(song ?? []), ['mikd', 'miid', 'minm'])
})

test('a rating that is asked for alone is told, even when there is none', async () => {
  const query = encodeURIComponent("'dmap.itemname:Two'")
  const [song] = rows(await client.get(`/databases/1/items?meta=daap.songuserrating&query=${query}`), 'adbs')

  assert.deepEqual(song, [['asur', 0]])
})

test("ReplayGain is told as iTunes' Sound Check", async () => {
  const louder = fakeLibrary({
    songs: [
      { title: 'As it is', replayGain: { trackGainDb: 0 } },
      { title: 'Loud', replayGain: { trackGainDb: -10, trackPeak: 1 } },
      { title: 'Unknown' },
    ],
  })
  const meta = 'meta=dmap.itemname,com.apple.itunes.norm-volume'
  const songs = rows(await daapClient(louder).get(`/databases/1/items?${meta}`), 'adbs')

  assert.deepEqual(
    songs.map((song) => [child(song, 'minm'), child(song, 'aeNV')]),
    [
      ['As it is', 1000],
      ['Loud', 10_000],
      ['Unknown', undefined],
    ],
  )
})

test('with no known name left, everything is sent', async () => {
  const [song] = rows(await client.get('/databases/1/items?meta=daap.songartst'), 'adbs')

  assert.ok(codesOf(song ?? []).includes('asfm'))
})

test("Remote's songs tab: by name, with letters, what is no letter last", async () => {
  const answer = await client.get(
    `/databases/1/containers/1/items?session-id=1&meta=${remoteMeta}&type=music&sort=name&include-sort-headers=1` +
      "&query=('com.apple.itunes.extended-media-kind:1','com.apple.itunes.extended-media-kind:32')",
  )
  const list = listIn(answer, 'apso')

  assert.deepEqual(codesOf(list), ['mstt', 'muty', 'mtco', 'mrco', 'mlcl', 'mshl'])
  assert.deepEqual(titles(rows(answer, 'apso')), ['Duet', 'One', 'Two', '99 Red'])
  assert.deepEqual(codesOf(rows(answer, 'apso')[0] ?? []), [
    'miid',
    'minm',
    'asar',
    'asaa',
    'asal',
    'assn',
    'assa',
    'assl',
    'assu',
    'aeMk',
    'mcti',
  ])
  assert.deepEqual(
    children(child(list, 'mshl') ?? [], 'mlit').map((row) => [
      String.fromCharCode(child(row, 'mshc') ?? 0),
      child(row, 'mshi'),
      child(row, 'mshn'),
    ]),
    [
      ['D', 0, 1],
      ['O', 1, 1],
      ['T', 2, 1],
      ['0', 3, 1],
    ],
  )
})

test("a playlist keeps its order, and each place its own entry id, the same song's too", async () => {
  const list = rows(
    await client.get('/databases/1/containers/20/items?meta=dmap.itemname,dmap.containeritemid'),
    'apso',
  )

  assert.deepEqual(
    list.map((row) => [child(row, 'minm'), child(row, 'mcti')]),
    [
      ['Two', 1],
      ['One', 2],
      ['Two', 3],
    ],
  )
})

test('a playlist without meta tells what iTunes needs to make the list', async () => {
  const [song] = rows(await client.get('/databases/1/containers/20/items'), 'apso')

  assert.deepEqual(codesOf(song ?? []), ['mikd', 'asdk', 'miid', 'minm', 'mcti'])
})

test('playlist 0 is the base one; another that is not there is said to be gone', async () => {
  const base = await client.get('/databases/1/containers/0/items')

  assert.equal(child(listIn(base, 'apso'), 'mtco'), 5)
  await assert.rejects(client.ask('/databases/1/containers/77/items'), { code: 'NOT_FOUND' })
  await assert.rejects(client.ask('/databases/1/containers/x/items'), { code: 'BAD_REQUEST' })
  await assert.rejects(client.ask('/databases/2/items'), { code: 'NOT_FOUND' })
})

test('index= takes a part; counts tell the whole and the part', async () => {
  const page = async (index: string) => {
    const answer = await client.get(`/databases/1/items?sort=name&meta=dmap.itemname&index=${index}`)
    const list = listIn(answer, 'adbs')
    return [child(list, 'mtco'), child(list, 'mrco'), ...titles(rows(answer, 'adbs'))]
  }

  assert.deepEqual(await page('0-1'), [5, 2, 'Duet', 'One'])
  assert.deepEqual(await page('3-'), [5, 2, 'Two', '99 Red'])
  assert.deepEqual(await page('-1'), [5, 1, '99 Red'])
  assert.deepEqual(await page('1'), [5, 1, 'One'])
  assert.deepEqual(await page('3-1'), [5, 0])
  assert.deepEqual(await page('9-20'), [5, 0])
  assert.deepEqual(await page('4-4000000000'), [5, 1, '99 Red'])
  assert.deepEqual(await page(`4-${'9'.repeat(500)}`), [5, 1, '99 Red'])
  assert.deepEqual(await page('99999999999-'), [5, 0], 'never the whole list for what lies far beyond it')
  assert.equal((await page('what'))[1], 5)
})

test('an empty page has no letters, or TunesRemote would page for ever', async () => {
  const answer = await client.get('/databases/1/items?sort=name&include-sort-headers=1&index=50-99')

  assert.deepEqual(codesOf(listIn(answer, 'adbs')), ['mstt', 'muty', 'mtco', 'mrco', 'mlcl'])
})

test('letters of a page count within the page', async () => {
  const answer = await client.get('/databases/1/items?sort=name&include-sort-headers=1&index=1-2')
  const letters = children(child(listIn(answer, 'adbs'), 'mshl') ?? [], 'mlit')

  assert.deepEqual(
    letters.map((row) => [
      String.fromCharCode(child(row, 'mshc') ?? 0),
      child(row, 'mshi'),
      child(row, 'mshn'),
    ]),
    [
      ['O', 0, 1],
      ['T', 1, 1],
      ['0', 2, 0],
    ],
  )
})

test('invert-sort-order turns the list around', async () => {
  const answer = await client.get('/databases/1/items?sort=name&invert-sort-order=1&index=0-1')

  assert.deepEqual(titles(rows(answer, 'adbs')), ['99 Red', 'Two'])
})

// --- albums, artists, names

test('albums of music, with what Remote needs of each', async () => {
  const answer = await client.get(
    '/databases/1/groups?meta=dmap.itemname,dmap.itemid,dmap.persistentid,daap.songartist,daap.songartistid' +
      "&type=music&group-type=albums&sort=album&include-sort-headers=1&query=('daap.songartist!:'" +
      "+('com.apple.itunes.extended-media-kind:1','com.apple.itunes.extended-media-kind:32'))",
  )
  const albums = rows(answer, 'agal')

  assert.deepEqual(titles(albums), ['Émigré', 'First', 'Second'])
  assert.deepEqual(albums[1], [
    ['miid', 1],
    ['minm', 'First'],
    ['mper', 0xf000000000000000n],
    ['mimc', 2],
    ['asaa', 'Alpha'],
    ['asri', 0xf000000000000001n],
  ])
  assert.deepEqual(codesOf(listIn(answer, 'agal')), ['mstt', 'muty', 'mtco', 'mrco', 'mlcl', 'mshl'])
})

test('albums by artist, and artists with their counts', async () => {
  const byArtist = await client.get('/databases/1/groups?sort=artist')
  const artists = rows(await client.get('/databases/1/groups?group-type=artists&index=0-0'), 'agar')

  assert.deepEqual(titles(rows(byArtist, 'agal')), ['First', 'Second', 'Pod', 'Émigré'])
  assert.deepEqual(artists, [
    [
      ['miid', 2],
      ['minm', 'Alpha'],
      ['mper', 0xf000000000000001n],
      ['mimc', 3],
      ['asaa', 'Alpha'],
      ['agac', 2],
      ['asri', 0xf000000000000001n],
    ],
  ])
})

test('artists are album artists: a guest is not listed', async () => {
  const found = await client.get(
    `/databases/1/groups?group-type=artists&query=${encodeURIComponent("'daap.songartist:*beta*'")}`,
  )

  assert.deepEqual(rows(found, 'agar'), [])
})

test('names of a kind are bare strings, with letters', async () => {
  const answer = await client.get(
    '/databases/1/browse/artists?include-sort-headers=1&filter=%27daap.songartist!:%27',
  )
  const list = listIn(answer, 'abro')

  assert.deepEqual(codesOf(list), ['mstt', 'mtco', 'mrco', 'abar', 'mshl'])
  assert.deepEqual(children(child(list, 'abar') ?? [], 'mlit'), ['Alpha', 'Host', 'Zed'])
})

test('albums, genres and composers each have their list; another kind is refused', async () => {
  const names = async (kind: string, code: 'abal' | 'abgn' | 'abcp') =>
    children(child(listIn(await client.get(`/databases/1/browse/${kind}`), 'abro'), code) ?? [], 'mlit')

  assert.deepEqual(await names('genres', 'abgn'), ['Pop'])
  assert.deepEqual(await names('composers', 'abcp'), ['Carl'])
  assert.equal((await names('albums', 'abal')).length, 4)
  await assert.rejects(client.ask('/databases/1/browse/moods'), { code: 'BAD_REQUEST' })
})

test('every meta that real programs send names something we know', () => {
  assert.equal(codeOfName('dmap.itemname'), 'minm')
  const known = remoteMeta.split(',').filter((name) => codeOfName(name) !== undefined)
  assert.equal(known.length, remoteMeta.split(',').length)
})
