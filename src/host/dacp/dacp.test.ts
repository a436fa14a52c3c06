// Controlling the player over real sockets, in the words that real remotes use.

import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { startHost } from '../../../test/fakes/host.ts'
import { type FakePlaylist, type FakeSong, fakeLibrary, fakePicture } from '../../../test/fakes/library.ts'
import { child, children, type DmapContainer, encode, unpackItemSpec } from '../../protocol/index.ts'
import { controlInterface } from './control-interface.ts'

const songs: FakeSong[] = [
  { title: 'Aria', album: 'Goldberg', artist: 'Bach', genre: 'Baroque', durationMs: 60_000 },
  { title: 'Variatio 1', album: 'Goldberg', artist: 'Bach', genre: 'Baroque', durationMs: 61_000 },
  { title: 'Variatio 2', album: 'Goldberg', artist: 'Bach', genre: 'Baroque', durationMs: 62_000 },
  { title: 'Winter', album: 'Seasons', artist: 'Vivaldi', genre: "Rock 'n' Roll", durationMs: 63_000 },
]
const playlists: FakePlaylist[] = [{ name: 'Mix', titles: ['Winter', 'Aria', 'Winter'] }]

async function control(t: TestContext, options: { userAgent?: string } = {}) {
  const library = fakeLibrary({ songs, playlists, pictures: { Aria: fakePicture } })
  const host = await startHost(t, { library })
  const session = await host.login('kitchen phone')
  const headers = { 'user-agent': options.userAgent ?? 'Remote/813' }
  const url = (request: string) =>
    `/ctrl-int/1/${request}${request.includes('?') ? '&' : '?'}session-id=${session}`
  const titleOf = (songId: number | undefined) => library.view.song(songId ?? 0)?.title
  return {
    ...host,
    send: (request: string) => host.get(url(request), { headers }),
    read: (request: string) => host.tree(url(request), { headers }),
    song: (title: string) => songs.findIndex((song) => song.title === title) + 11,
    albumOf: (title: string) =>
      library.view.song(songs.findIndex((song) => song.title === title) + 11)?.albumId ?? 0n,
    playlist: (name: string) => library.view.playlists().find((playlist) => playlist.name === name),
    /** Now playing, then up next. */
    queue: () =>
      [host.player.state.nowPlaying, ...host.player.state.upNext].map((entry) => titleOf(entry?.songId)),
  }
}

test('/ctrl-int is as OwnTone has it, to the byte count', () => {
  const tree = controlInterface({} as Parameters<typeof controlInterface>[0])

  const bytes = encode(tree as Parameters<typeof encode>[0])

  const inner = new DataView(bytes.buffer)
  assert.equal(inner.getUint32(4), 194)
})

// --- starting to play

test('an album, from a song of it, in the words of each kind of list', async (t) => {
  const { send, queue, song, albumOf } = await control(t)
  const aria = song('Variatio 1')
  const album = albumOf('Aria')
  const signed = BigInt.asIntN(64, album)
  const cases: [request: string, expected: string[]][] = [
    [`query='daap.songalbumid:${album}'&sort=album&mode=1`, ['Aria', 'Variatio 1', 'Variatio 2']],
    [
      `query='dmap.itemid:${aria}'&queuefilter=album:${album}&sort=album&mode=1`,
      ['Variatio 1', 'Variatio 2'],
    ],
    [`query='dmap.itemid:${aria}'&queuefilter=album:${signed}&sort=album`, ['Variatio 1', 'Variatio 2']],
    [`query='dmap.itemid:${song('Winter')}'&queuefilter=genre:Rock%20%5C'n%5C'%20Roll&sort=name`, ['Winter']],
    [`query='dmap.itemid:${aria}'&queuefilter=(null)&mode=1`, ['Variatio 1', 'Variatio 2']],
    [`query='dmap.itemid:${aria}'&mode=1`, ['Variatio 1', 'Variatio 2']],
    [`query=('dmap.itemname:*winter*')&sort=name&mode=1`, ['Winter']],
  ]

  for (const [request, expected] of cases) {
    const response = await send(`playqueue-edit?command=add&${request}`)

    assert.equal(response.status, 204, request)
    assert.deepEqual(queue(), expected, request)
  }
})

test('a playlist, whole and from an entry of it, by playqueue-edit and by playspec', async (t) => {
  const { send, queue, playlist } = await control(t)
  const { id = 0, persistentId = 0n } = playlist('Mix') ?? {}
  const hex = `0x${persistentId.toString(16)}`
  const requests: [request: string, expected: string[]][] = [
    [
      `playqueue-edit?command=add&query='dmap.itemid:${id}'&query-modifier=containers&mode=1`,
      ['Winter', 'Aria', 'Winter'],
    ],
    [
      `playqueue-edit?command=add&query='dmap.containeritemid:2'&queuefilter=playlist:${id}&sort=physical&mode=1`,
      ['Aria', 'Winter'],
    ],
    [
      `playspec?container-spec='dmap.persistentid:${hex}'&container-item-spec='dmap.containeritemid:0x3'`,
      ['Winter'],
    ],
    [
      `playspec?database-spec='dmap.itemid:1'&playlist-spec='dmap.itemid:${id}'`,
      ['Winter', 'Aria', 'Winter'],
    ],
  ]

  for (const [request, expected] of requests) {
    assert.equal((await send(request)).status, 204, request)
    assert.deepEqual(queue(), expected, request)
  }
})

test('added songs come after those added before, "play next" comes first, the context waits', async (t) => {
  const { send, queue, song, albumOf } = await control(t)
  await send(
    `playqueue-edit?command=add&query='dmap.itemid:${song('Aria')}'&queuefilter=album:${albumOf('Aria')}`,
  )

  await send(`playqueue-edit?command=add&query='dmap.itemid:${song('Winter')}'&queuefilter=artist:1&mode=5`)
  await send(`playqueue-edit?command=add&query='dmap.itemid:${song('Variatio 2')}'&mode=3`)

  assert.deepEqual(queue(), ['Aria', 'Variatio 2', 'Winter', 'Variatio 1', 'Variatio 2'])
})

test('mode 2 shuffles', async (t) => {
  const { send, player, albumOf } = await control(t)

  await send(`playqueue-edit?command=add&query='daap.songalbumid:${albumOf('Aria')}'&mode=2`)

  assert.equal(player.state.isShuffled, true)
})

test('the old cue plays the song at an index of a query, adds, and clears', async (t) => {
  const { send, read, queue, player, song, albumOf } = await control(t)

  const answer = await read(
    `cue?command=play&query='daap.songalbumid:${albumOf('Aria')}'&index=1&sort=album&clear-first=1`,
  )
  const afterPlay = queue()
  await send(`cue?command=add&query='dmap.itemname:Winter'`)
  const afterAdd = queue()
  const cleared = await read('cue?command=clear')

  assert.equal(child(answer, 'miid'), song('Variatio 1'))
  assert.deepEqual(afterPlay, ['Variatio 1', 'Variatio 2'])
  assert.deepEqual(afterAdd, ['Variatio 1', 'Winter', 'Variatio 2'])
  assert.equal(child(cleared, 'miid'), 0)
  assert.equal(player.state.state, 'stopped')
})

test('a query that makes no sense never plays the whole library', async (t) => {
  const { read, send, player } = await control(t)

  for (const query of [`'daap.songalbumid`, `'broken`, '(((']) {
    const answer = await read(`playqueue-edit?command=add&query=${query}`)
    assert.equal(child(answer, 'mstt'), 500)
    assert.match(child(answer, 'msts') ?? '', /^The query cannot be understood\. \(.+, offset \d+\)$/)
  }
  assert.equal((await send(`playqueue-edit?command=add&query='no.such.field:1'`)).status, 500)
  assert.equal((await send('playqueue-edit?command=add')).status, 400)
  assert.equal(child(await read('playqueue-edit?command=dance'), 'mstt'), 500)
  assert.equal(player.state.nowPlaying, undefined)
})

test('a parameter that is missing or no number is named in the refusal', async (t) => {
  const { send } = await control(t)

  const missing = await send('playqueue-edit?command=playnow')
  const noNumber = await send('setproperty?dmcp.volume=loud')

  assert.match(await missing.text(), /^The request cannot be understood\. \(missing index\) /)
  assert.match(await noNumber.text(), /^The request cannot be understood\. \(parameter dmcp\.volume\) /)
})

test('play with nothing to play says so in words', async (t) => {
  const { send } = await control(t)

  const response = await send('play')

  assert.equal(response.status, 500)
  assert.equal(response.headers.get('tonearm-error'), 'NOTHING_TO_PLAY')
  assert.match(await response.text(), /nothing to play/)
})

// --- what is told

test('the play state has every field, in its order and width', async (t) => {
  const { read, send, player, albumOf, song } = await control(t)
  await send(`playqueue-edit?command=add&query='daap.songalbumid:${albumOf('Aria')}'`)
  await send('setproperty?dacp.playingtime=15000&dacp.shufflestate=1&dacp.repeatstate=2')

  const status = await read('playstatusupdate?revision-number=1')

  assert.deepEqual(
    status.map(([code]) => code).join(' '),
    'mstt cmsr caps cash carp cafs cavs cavc caas caar cafe cave canp cann cana canl cang asai cmmk casa astm casc caks cant cast casu ceGS ceGs',
  )
  const value = (code: Parameters<typeof child>[1]) => child(status, code)
  assert.deepEqual(
    [value('caps'), value('cash'), value('carp'), value('caas'), value('caar'), value('cant'), value('cast')],
    [4, 1, 2, 2, 6, 45_000, 60_000],
  )
  assert.deepEqual(unpackItemSpec(child(status, 'canp') ?? new Uint8Array()), {
    databaseId: 1,
    containerId: 0,
    containerItemId: 0,
    itemId: song('Aria'),
  })
  await player.stop('test')
  assert.doesNotMatch(
    (await read('playstatusupdate?revision-number=1')).map(([code]) => code).join(' '),
    /can|ast|asai/,
  )
})

test('properties come in the order asked, and unknown ones are skipped', async (t) => {
  const { read, send, player } = await control(t)
  await send('setproperty?dmcp.volume=55.000000&no.such.property=1')

  const answer = await read('getproperty?properties=dacp.playerstate,constructor,no.such.thing,dmcp.volume')

  assert.deepEqual(answer, [
    ['mstt', 200],
    ['caps', 2],
    ['cmvo', 55],
  ])
  assert.equal(player.state.cause, 'kitchen phone: volume 55')
  assert.equal((await send('setproperty?dmcp.volume=loud')).status, 400)
  assert.equal((await send(`setproperty?${'&dmcp.volume=9'.repeat(100)}`)).status, 400)
  assert.equal(player.state.volumePercent, 55)
})

test('taps that come at once all count', async (t) => {
  const { send, player } = await control(t)
  const { setVolume, setShuffle } = player
  t.mock.method(player, 'setVolume', (percent: number, cause: string) =>
    nextTurn().then(() => setVolume(percent, cause)),
  )
  t.mock.method(player, 'setShuffle', (isShuffled: boolean, cause: string) =>
    nextTurn().then(() => setShuffle(isShuffled, cause)),
  )
  const taps = (command: string, count: number) =>
    Promise.all(Array.from({ length: count }, () => send(command)))

  await taps('volumeup', 5)
  const louder = player.state.volumePercent
  await taps('mutetoggle', 2)
  const heard = player.state.volumePercent
  await taps('shuffle_songs', 3)

  assert.deepEqual([louder, heard, player.state.isShuffled], [65, 65, true])
})

test('the answer to a command names the revision after it', async (t) => {
  const { send, player } = await control(t)

  const response = await send('setproperty?dacp.shufflestate=1')

  assert.equal(response.headers.get('tonearm-play-revision'), String(player.state.revision))
})

test('the queue is listed in sections, with what was played at negative places', async (t) => {
  const { read, send, song, albumOf } = await control(t)
  await send(`playqueue-edit?command=add&query='daap.songalbumid:${albumOf('Aria')}'`)
  await send(`playqueue-edit?command=add&query='dmap.itemid:${song('Winter')}'&mode=0`)
  await send('nextitem')

  const queue = await read('playqueue-contents?span=50')
  const history = await read('playqueue-contents?span=-50')

  const listed = (answer: DmapContainer) =>
    children(child(answer, 'mlcl') ?? [], 'mlit').map((item) => [child(item, 'ceQI'), child(item, 'ceQn')])
  const sections = children(child(child(queue, 'mlcl') ?? [], 'ceQS') ?? [], 'mlit')
  assert.deepEqual(listed(queue), [
    [1, 'Variatio 1'],
    [2, 'Variatio 2'],
  ])
  assert.deepEqual(listed(history), [[0xffffffff, 'Aria']])
  assert.deepEqual(
    sections.map((section) => [child(section, 'ceQk'), child(section, 'ceQi'), child(section, 'ceQm')]),
    [
      ['hist', 0x1_0000_0000 - 200, 200],
      ['curr', 0, 1],
      ['main', 1, 2],
    ],
  )
})

test('of an endless queue so much is listed at once', async (t) => {
  const { read, player, song } = await control(t)
  const entries = Array.from({ length: 12_000 }, () => ({ songId: song('Aria') }))
  await player.playNow(entries, {}, 'test')

  const queue = await read('playqueue-contents?span=1e9')

  assert.equal(child(queue, 'mrco'), 2000)
  assert.equal(children(child(queue, 'mlcl') ?? [], 'mlit').length, 2000)
})

test('the queue is edited: moved, removed, cleared, played from a place in it or before it', async (t) => {
  const { read, send, queue, albumOf } = await control(t)
  await send(`playqueue-edit?command=add&query='daap.songalbumid:${albumOf('Aria')}'`)

  await send("playqueue-edit?command=move&edit-params='edit-param.move-pair:2,0'")
  const moved = queue()
  await read('playqueue-edit?command=playnow&index=1')
  const played = queue()
  await read('playqueue-edit?command=playnow&index=1&mode=-1')
  const again = queue()
  await send('playqueue-edit?command=remove&items=1')
  const removed = queue()
  await send('playqueue-edit?command=clear&mode=0x68697374')

  assert.deepEqual(moved, ['Aria', 'Variatio 2', 'Variatio 1'])
  assert.deepEqual(played, ['Variatio 2', 'Variatio 1'])
  assert.deepEqual(again, ['Aria', 'Variatio 1'])
  assert.deepEqual(removed, ['Aria'])
  assert.equal((await send('playqueue-edit?command=playnow&index=99')).status, 500)
})

// --- speakers

test('speakers are listed, chosen and made louder on both scales', async (t) => {
  const { read, send, player } = await control(t)
  const kitchen = () => player.state.outputs[1]
  const speakers = children(await read('getspeakers'), 'mdcl')
  assert.deepEqual(
    speakers.map((speaker) => [child(speaker, 'minm'), child(speaker, 'caia'), child(speaker, 'msma')]),
    [
      ['Computer', 1, 0n],
      ['Kitchen', undefined, 0x78ca3946072an],
    ],
  )

  await send('setspeakers?speaker-id=0x78CA3946072A,0')
  assert.deepEqual(
    player.state.outputs.map(({ isOn }) => isOn),
    [true, true],
  )
  await send('setproperty?dmcp.volume=80&speaker-id=0x78CA3946072A')
  assert.deepEqual([player.state.volumePercent, kitchen()?.relativeVolumePercent], [40, 80])
  await send('setproperty?dmcp.volume=60&include-speaker-id=132809939617578')
  assert.deepEqual([player.state.volumePercent, kitchen()?.relativeVolumePercent], [60, 100])
  assert.equal(player.state.outputs[0]?.relativeVolumePercent, 67, 'the computer stays at 40 of 60')

  assert.equal((await send('setspeakers')).status, 400)
  assert.equal((await send('setspeakers?speaker-id=0xBAD')).status, 500)
  assert.equal((await send('setspeakers?speaker-id=')).status, 204)
  assert.deepEqual(
    player.state.outputs.map(({ isOn }) => isOn),
    [false, false],
  )
})

// --- pictures

test('the picture of what plays, and how its absence is told to whom', async (t) => {
  const { send, song } = await control(t)
  assert.equal((await send('nowplayingartwork?mw=320&mh=320')).status, 404)
  assert.equal((await send('nowplayingartwork')).status, 400)
  await send(`playqueue-edit?command=add&query='dmap.itemid:${song('Aria')}'`)

  const picture = await send('nowplayingartwork?mw=320&mh=320')

  assert.equal(picture.headers.get('content-type'), 'image/jpeg')
  assert.deepEqual(new Uint8Array(await picture.arrayBuffer()), fakePicture.bytes)
})

test('pyatv takes 404 for a lost session, so it gets an empty 200', async (t) => {
  const { send } = await control(t, { userAgent: 'Remote/1021' })

  const response = await send('nowplayingartwork?mw=320&mh=320')

  assert.deepEqual([response.status, response.headers.get('content-length')], [200, '0'])
})
