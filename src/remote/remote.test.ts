import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type ItunesHost, type ItunesOptions, startItunesHost } from '../../test/fakes/itunes-host.ts'
import { eventually } from '../../test/lab/eventually.ts'
import { KnownError } from '../errors.ts'
import { connectRemote, nodeConnection, type Remote, type RemoteEvent } from './node.ts'
import { fetchConnection } from './talk/connection.ts'

type Test = { after(work: () => unknown): void }

async function pairedRemote(t: Test, options?: ItunesOptions): Promise<{ host: ItunesHost; remote: Remote }> {
  const host = await startItunesHost(t, options)
  const remote = await connectRemote({ address: host.address, guid: host.guid })
  return { host, remote }
}

/** The events of a watch, kept until the test ends. */
function watched(t: Test, remote: Remote): RemoteEvent[] {
  const events: RemoteEvent[] = []
  const ending = new AbortController()
  const watching = (async () => {
    for await (const event of remote.watch({ signal: ending.signal })) events.push(event)
  })()
  t.after(async () => {
    ending.abort()
    await watching
  })
  return events
}

const titles = (events: readonly RemoteEvent[]) =>
  events.flatMap((event) => (event.event === 'status' ? [event.status.track?.title ?? '-'] : []))

const fails = (code: string) => (error: unknown) => error instanceof KnownError && error.code === code

for (const [way, connect] of [
  ['fetch', fetchConnection],
  ['node:http', nodeConnection],
] as const) {
  test(`by ${way} a remote logs in at an old iTunes and lists its songs`, async (t) => {
    const host = await startItunesHost(t)
    const remote = await connectRemote({ address: host.address, guid: host.guid, connect })

    const songs = await remote.songs()

    assert.equal(remote.host.name, 'Old Mac')
    assert.equal(remote.host.quirks.kind, 'itunes')
    assert.deepEqual(
      songs.items.map((song) => song.title),
      ['One', 'Two'],
    )
    assert.equal(songs.items[0]?.albumId, 'FFFFFFFFFFFFFFF0')
  })
}

test('a guid the host does not know is told as not paired', async (t) => {
  const host = await startItunesHost(t)

  await assert.rejects(connectRemote({ address: host.address, guid: 'B2' }), fails('NOT_PAIRED'))
})

test('nobody at the address is told as a host that is gone', async (t) => {
  const host = await startItunesHost(t)
  await host.goesAway()

  await assert.rejects(connectRemote({ address: host.address, guid: host.guid }), fails('HOST_GONE'))
  await host.comesBack()
})

test('a session that the host forgot is opened again, once for all who wait', async (t) => {
  const { host, remote } = await pairedRemote(t)
  await remote.songs()
  host.forgetsSessions()

  await Promise.all([remote.status(), remote.songs(), remote.next()])

  assert.equal(host.logins, 2)
})

test('"not now" is an answer, not a lost session', async (t) => {
  const { host, remote } = await pairedRemote(t)

  await assert.rejects(remote.play(), fails('HOST_REFUSED'))

  assert.equal(host.logins, 1)
})

test('an album is cued on a host without a play queue', async (t) => {
  const { host, remote } = await pairedRemote(t)
  const [song] = (await remote.songs()).items
  assert.ok(song)

  await remote.playItem(song)

  assert.deepEqual(
    host.requests.filter((request) => request.includes('/cue')),
    [
      '/ctrl-int/1/cue?command=clear',
      "/ctrl-int/1/cue?command=play&query='dmap.itemid:1'&sort=album&index=0",
    ],
  )
  await assert.rejects(remote.queue(), fails('NO_QUEUE'))
})

test('with a play queue it is put there, with the album around it', async (t) => {
  const { host, remote } = await pairedRemote(t, { hasPlayQueue: true })
  const [song] = (await remote.songs()).items
  assert.ok(song)

  await remote.playItem(song)

  assert.equal(
    host.requests.at(-1),
    "/ctrl-int/1/playqueue-edit?command=add&query='dmap.itemid:1'&sort=album" +
      '&queuefilter=album:18446744073709551600&mode=1',
  )
})

test('some songs are shuffled when that is asked for, however they are sent', async (t) => {
  const { host, remote } = await pairedRemote(t, { hasPlayQueue: true })

  await remote.playSongs([1, 2], { isShuffled: true })

  assert.equal(
    host.requests.at(-1),
    "/ctrl-int/1/playqueue-edit?command=add&query='dmap.itemid:1','dmap.itemid:2'&mode=2",
  )
})

test('watching tells each change, with the volume', async (t) => {
  const { host, remote } = await pairedRemote(t)
  const events = watched(t, remote)
  await eventually('the first status', () => titles(events).includes('-'))

  host.plays({ title: 'One' })
  await eventually('One', () => titles(events).includes('One'))
  host.setsVolume(20)
  await eventually('the volume', () =>
    events.some((event) => event.event === 'status' && event.status.volumePercent === 20),
  )
  host.libraryChanges()
  await eventually('the library', () => events.some((event) => event.event === 'library'))

  assert.equal(events[0]?.event, 'connected')
  assert.equal(host.logins, 1)
})

test('a song that starts again is seen, though the host says nothing, and the session lives on', async (t) => {
  const { host, remote } = await pairedRemote(t)
  host.plays({ title: 'One', positionMs: 90_000 })
  const events = watched(t, remote)
  await eventually('One', () => titles(events).includes('One'))

  await remote.previous()

  await eventually('the beginning', () =>
    events.some((event) => event.event === 'status' && event.status.positionMs === 0),
  )
  host.plays({ title: 'Two' })
  await eventually('Two', () => titles(events).includes('Two'))
  assert.equal(host.logins, 1)
})

test('what a command’s own answer overtakes is told all the same', async (t) => {
  const { host, remote } = await pairedRemote(t)
  host.plays({ title: 'One', positionMs: 90_000 })
  const events = watched(t, remote)
  await eventually('One', () => titles(events).includes('One'))
  const told = () => events.filter(({ event }) => event === 'queue').length
  await eventually('the first look', () => events.at(-1)?.event === 'speakers')
  const before = told()

  host.queueChangesUnheard()
  await remote.previous()

  await eventually('the queue', () => told() > before)
})

test('a host that goes away is an event, and its return is one', async (t) => {
  const { host, remote } = await pairedRemote(t)
  const events = watched(t, remote)
  await eventually('the first status', () => titles(events).length > 0)

  await host.goesAway()
  await eventually('gone', () => events.some((event) => event.event === 'gone'))
  await host.comesBack()
  host.plays({ title: 'Back again' })

  await eventually('back', () => titles(events).includes('Back again'))
  assert.equal(events.filter((event) => event.event === 'connected').length, 2)
})

test('a host that never answers /update is followed all the same', async (t) => {
  const { host, remote } = await pairedRemote(t, { software: 'owntone/29.0' })
  host.neverAnswersUpdate()
  const events = watched(t, remote)

  host.plays({ title: 'One' })

  await eventually('One', () => titles(events).includes('One'))
})

test('nonsense among the answers is asked again, and ends nothing', async (t) => {
  const { host, remote } = await pairedRemote(t)
  host.talksNonsense(2)
  const events = watched(t, remote)

  host.plays({ title: 'One' })

  await eventually('One', () => titles(events).includes('One'))
  assert.ok(!events.some((event) => event.event === 'gone'))
  assert.ok(host.requests.filter((request) => request.includes('playstatusupdate')).length < 8)
})

test('what an old iTunes lacks is done by what it has, or refused with words', async (t) => {
  const { host, remote } = await pairedRemote(t, { hasPlayQueue: true })
  host.plays({ title: 'One' })

  await remote.wind('forward')
  await remote.endWind()
  await remote.louder()
  await remote.toggleMute()
  await remote.setFeeling(1, 'liked')
  await remote.playSimilar(1)
  await remote.setQueue({ songIds: [1, 2], startIndex: 1, positionMs: 1500, isPaused: true })

  const database = "database-spec='dmap.persistentid:0xFEDCBA9876543210'"
  const song = "item-spec='dmap.itemid:1'"
  assert.deepEqual(
    host.requests.filter((request) => /^\/ctrl-int\/1\/(?!getproperty)/.test(request)).map(bare),
    [
      'beginff',
      'playresume',
      'setproperty?dmcp.volume=55',
      'setproperty?dmcp.volume=0',
      `setproperty?com.apple.itunes.liked-state=2&${database}&${song}`,
      `set-genius-seed?${database}&${song}`,
      "playqueue-edit?command=add&query='dmap.itemid:1','dmap.itemid:2'&mode=1",
      'playqueue-edit?command=playnow&index=1',
      'setproperty?dacp.playingtime=1500',
      'pause',
    ],
  )
  await assert.rejects(remote.undo(), fails('HOST_REFUSED'))
  await assert.rejects(remote.setSleepTimer('endOfSong'), fails('HOST_REFUSED'))
  await assert.rejects(remote.similarSongs(1), fails('HOST_REFUSED'))
})

const bare = (request: string) => request.replace('/ctrl-int/1/', '')
