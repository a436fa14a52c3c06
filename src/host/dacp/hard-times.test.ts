// Remotes at their worst: nothing to play, songs that are gone, two of them at once; and a button that is held.

import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { startHost } from '../../../test/fakes/host.ts'
import { fakeLibrary } from '../../../test/fakes/library.ts'
import { KnownError } from '../../errors.ts'
import { child, children, type DmapContainer } from '../../protocol/index.ts'

const titles = ['Aria', 'Variatio 1', 'Variatio 2', 'Variatio 3', 'Variatio 4', 'Variatio 5']
const songs = titles.map((title) => ({ title, artist: title, genre: 'Baroque', durationMs: 60_000 }))

async function hostWithTwo(t: TestContext) {
  const library = fakeLibrary({ songs })
  const host = await startHost(t, { library })
  const remote = async (name: string) => {
    const session = await host.login(name)
    const url = (request: string) =>
      `/ctrl-int/1/${request}${request.includes('?') ? '&' : '?'}session-id=${session}`
    return {
      send: async (request: string) => (await host.get(url(request))).status,
      read: (request: string) => host.tree(url(request)),
    }
  }
  return {
    ...host,
    one: await remote('one'),
    other: await remote('other'),
    playAll: () =>
      host.player.playNow(
        songs.map((_, at) => ({ songId: at + 11 })),
        {},
        'test',
      ),
    listed: (queue: DmapContainer) =>
      children(child(queue, 'mlcl') ?? [], 'mlit').map((item) => child(item, 'ceQn')),
  }
}

test('with nothing to play every command has an answer, and nothing breaks', async (t) => {
  const { one, player } = await hostWithTwo(t)
  const expected: [request: string, status: number][] = [
    ['play', 500],
    ['playpause', 500],
    ['pause', 204],
    ['discrete-pause', 204],
    ['stop', 204],
    ['beginff', 500],
    ['beginrew', 500],
    ['playresume', 204],
    ['shuffle_songs', 204],
    ['volumeup', 204],
    ['mutetoggle', 204],
    ['setproperty?dacp.playingtime=99999', 500],
    ['setproperty?dacp.userrating=20', 500],
    ['setproperty?com.apple.itunes.liked-state=2', 500],
    ['set-genius-seed', 500],
    ['cue?command=clear', 200],
    ['cue?command=play&index=0', 500],
    ['playqueue-edit?command=clear', 200],
    ["playqueue-edit?command=move&edit-params='edit-param.move-pair:1,0'", 500],
    ['playqueue-edit?command=remove&items=1', 500],
    ['playqueue-edit?command=playnow&index=1', 500],
    ['playqueue-contents?span=-50', 200],
    ['getproperty?properties=dacp.nowplaying,dacp.userrating', 200],
    ['playstatusupdate?revision-number=1', 200],
    ['nowplayingartwork?mw=100&mh=100', 404],
  ]

  const seen = []
  for (const [request] of expected) seen.push([request, await one.send(request)])

  assert.deepEqual(seen, expected)
  assert.equal(player.state.state, 'stopped')
})

test('next and previous with nothing queued leave it stopped', async (t) => {
  const { one, player } = await hostWithTwo(t)

  for (const request of ['nextitem', 'previtem']) assert.ok([204, 500].includes(await one.send(request)))

  assert.deepEqual([player.state.state, player.state.nowPlaying], ['stopped', undefined])
})

test('a held button winds, and the status says which way, until it is let go', async (t) => {
  const { one, other, player, playAll } = await hostWithTwo(t)
  await playAll()
  await player.seek(20_000, 'test')
  const caps = async () => child(await other.read('playstatusupdate?revision-number=1'), 'caps')

  await one.send('beginff')
  const forward = await caps()
  await player.clock.advance(2000)
  const isAhead = player.positionMs() > 22_000
  await one.send('beginrew')
  const back = await caps()
  await one.send('playresume')

  assert.deepEqual([forward, back, await caps()], [5, 6, 4])
  assert.ok(isAhead, `${player.positionMs()}`)
  assert.equal(player.state.winding, undefined)
})

test('two remotes that edit at the same moment both get what they asked for, and see the same queue', async (t) => {
  const { one, other, player, playAll, listed } = await hostWithTwo(t)
  await playAll()
  const add = (id: number) => `playqueue-edit?command=add&query='dmap.itemid:${id}'&mode=0`

  const statuses = await Promise.all([
    one.send(add(11)),
    other.send(add(12)),
    one.send(add(13)),
    other.send(add(14)),
    one.send('playqueue-edit?command=remove&items=1'),
    other.send('playqueue-edit?command=remove&items=1'),
  ])
  const seenByOne = listed(await one.read('playqueue-contents?span=50'))
  const seenByOther = listed(await other.read('playqueue-contents?span=50'))

  assert.deepEqual([...new Set(statuses)], [204])
  assert.equal(player.state.upNext.length, 5 + 4 - 2, 'nothing added is lost, nothing removed twice')
  assert.deepEqual(seenByOne, seenByOther)
})

test('one remote clears while the other plays from a place that is gone: both answers are true', async (t) => {
  const { one, other, player, playAll } = await hostWithTwo(t)
  await playAll()

  const cleared = await one.send('playqueue-edit?command=clear')
  const played = await other.send('playqueue-edit?command=playnow&index=3')

  assert.deepEqual([cleared, played], [200, 500])
  assert.deepEqual([player.state.upNext.length, player.state.song?.title], [0, 'Aria'])
})

test('a queue whose files were deleted ends with words, not in a circle', async (t) => {
  const { one, player, playAll } = await hostWithTwo(t)
  await playAll()
  for (const at of songs.keys()) if (at !== 4) player.audio.broken.add(`/nowhere/${at}.mp3`)

  const next = await one.send('nextitem')
  const rescued = player.state.song?.title
  player.audio.broken.add('/nowhere/4.mp3')
  const last = await one.send('nextitem')
  const status = await one.read('playstatusupdate?revision-number=1')

  assert.deepEqual([next, rescued, last], [204, 'Variatio 4', 500])
  assert.equal(child(status, 'caps'), 2)
  assert.match(player.state.notice ?? player.state.cause, /Variatio 5/)
})

test('a rating is read as it is now, though nothing else of the player has changed', async (t) => {
  const { one, other, playAll } = await hostWithTwo(t)
  await playAll()

  await one.send('setproperty?dacp.userrating=80&com.apple.itunes.liked-state=2')
  const read = await other.read('getproperty?properties=dacp.userrating,com.apple.itunes.liked-state')

  assert.deepEqual([child(read, 'asur'), child(read, 'aels')], [80, 2])
})

test('what cannot be stored is refused as what is not there: a remote would log in again and repeat all else', async (t) => {
  const library = fakeLibrary({ songs })
  const setRating = () => {
    throw new KnownError('DISK_FULL')
  }
  const { get, login, player } = await startHost(t, {
    library: { ...library, view: library.view, setRating },
  })
  await player.playNow([{ songId: 11 }], {}, 'test')

  const answer = await get(`/ctrl-int/1/setproperty?dacp.userrating=80&session-id=${await login()}`)

  assert.equal(answer.status, 500)
  assert.match(await answer.text(), /^The disk that holds the data directory is full\./)
})

test('of several properties one of which is nonsense, none is set', async (t) => {
  const { one, player } = await hostWithTwo(t)

  const status = await one.send('setproperty?dmcp.volume=77&dacp.repeatstate=often')

  assert.deepEqual([status, player.state.volumePercent], [400, 40])
})

test('Genius plays the seed on and goes on with what is like it', async (t) => {
  const { one, player, playAll } = await hostWithTwo(t)
  await playAll()
  await player.seek(20_000, 'test')

  const status = await one.send("set-genius-seed?item-spec='dmap.itemid:0xb'")
  const playing = [player.state.song?.title, Math.round(player.positionMs()), player.state.upNext.length]
  const told = await one.read('playstatusupdate?revision-number=1')
  await one.send('genius-shuffle?span=$Q')
  const shuffled = await one.read('playstatusupdate?revision-number=1')

  assert.equal(status, 204)
  assert.deepEqual(playing, ['Aria', 20_000, songs.length - 1])
  assert.deepEqual([child(told, 'ceGS'), child(told, 'ceGs'), child(shuffled, 'ceGs')], [1, 0, 1])
})
