// The same remote at a host of ours: with the API, ranked search and the watch socket.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startHost } from '../../test/fakes/host.ts'
import { eventually } from '../../test/lab/eventually.ts'
import { KnownError } from '../errors.ts'
import {
  connectRemote,
  fetchConnection,
  parseAddress,
  type Remote,
  type RemoteEvent,
  useOwnerLink,
} from './node.ts'

const songs = [
  { title: 'So What', artist: 'Miles Davis', album: 'Kind of Blue' },
  { title: 'Blue in Green', artist: 'Miles Davis', album: 'Kind of Blue' },
  { title: 'River', artist: 'Joni Mitchell', album: 'Blue' },
]

const fails = (code: string) => (error: unknown) => error instanceof KnownError && error.code === code

async function ownerAndRemote(t: Parameters<typeof startHost>[0]) {
  const host = await startHost(t, { songs })
  const address = `127.0.0.1:${host.host.port}`
  const owner = await connectRemote({ address, ownerToken: host.directory.ownerToken })
  const remote = await connectRemote({ address, guid: await host.pair('phone') })
  return { host, owner, remote }
}

function watched(t: { after(work: () => unknown): void }, remote: Remote) {
  const events: RemoteEvent[] = []
  const ending = new AbortController()
  const watching = (async () => {
    for await (const event of remote.watch({ signal: ending.signal })) events.push(event)
  })()
  t.after(async () => {
    ending.abort()
    await watching.catch(() => {})
  })
  return { events, watching }
}

test('none of a list, and none of a search, is how many there are', async (t) => {
  const { remote } = await ownerAndRemote(t)

  const pages = [await remote.songs({ count: 0 }), await remote.search('Blue in', { count: 0 })]

  assert.deepEqual(
    pages.map(({ total, items }) => [total, items.length]),
    [
      [3, 0],
      [1, 0],
    ],
  )
})

test('a paired remote browses, searches and plays an album', async (t) => {
  const { remote } = await ownerAndRemote(t)

  const albums = await remote.albums()
  const kindOfBlue = albums.items.find((album) => album.title === 'Kind of Blue')
  assert.ok(kindOfBlue)
  await remote.playItem(kindOfBlue)
  const status = await remote.status()

  assert.equal(albums.total, 2)
  assert.deepEqual(
    (await remote.songs({ albumId: kindOfBlue.id })).items.map((song) => song.title).toSorted(),
    ['Blue in Green', 'So What'],
  )
  assert.deepEqual(
    (await remote.search('river')).items.map((song) => song.title),
    ['River'],
  )
  assert.equal(status.state, 'playing')
  assert.equal(status.track?.album, 'Kind of Blue')
})

test('what is found as one types comes in one answer, and from a host without it in three', async (t) => {
  const host = await startHost(t, { songs })
  const asked: string[] = []
  const connectTo = async (known: (path: string) => string) =>
    connectRemote({
      address: `127.0.0.1:${host.host.port}`,
      guid: await host.pair('phone'),
      connect(address) {
        const connection = fetchConnection(address)
        const request: typeof connection.request = (path, options) => {
          asked.push(path.split('?')[0] ?? '')
          return connection.request(known(path), options)
        }
        return { ...connection, request }
      },
    })
  const remote = await connectTo((path) => path)
  const remoteOfOlder = await connectTo((path) => path.replace(/&groups=\d+/, ''))
  asked.length = 0

  const found = await remote.find('blue')
  const askedAtOnce = asked.splice(0)
  const foundInOlder = await remoteOfOlder.find('blue')

  assert.deepEqual(askedAtOnce, ['/api/search'])
  assert.deepEqual(
    found.songs.items.map(({ title }) => title),
    ['Blue in Green'],
  )
  assert.deepEqual(found.artists, [])
  assert.deepEqual(foundInOlder, found)
})

test('from the door to the first albums it is two round trips', async (t) => {
  const host = await startHost(t, { songs })
  const trips: string[][] = []
  let open = 0
  const remote = await connectRemote({
    address: `127.0.0.1:${host.host.port}`,
    guid: await host.pair('phone'),
    about: { name: 'Attic', version: '0.1.0', macAddresses: [] },
    connect(address) {
      const connection = fetchConnection(address)
      return {
        ...connection,
        async request(path, options) {
          if (open === 0) trips.push([])
          trips.at(-1)?.push(path.split('?')[0] ?? '')
          open += 1
          try {
            return await connection.request(path, options)
          } finally {
            open -= 1
          }
        },
      }
    },
  })

  const albums = await remote.albums({ offset: 0, count: 100 })

  assert.equal(albums.total, 2)
  assert.deepEqual(trips, [['/login'], ['/databases/1/groups']])
})

test('a page says the total and where it begins', async (t) => {
  const { remote } = await ownerAndRemote(t)

  const page = await remote.songs({ offset: 1, count: 1 })

  assert.equal(page.total, 3)
  assert.equal(page.offset, 1)
  assert.equal(page.items.length, 1)
})

test('what one remote does, another sees with its cause', async (t) => {
  const { owner, remote } = await ownerAndRemote(t)
  const { events } = watched(t, owner)
  await eventually('connected', () => events.some((event) => event.event === 'status'))
  const [album] = (await remote.albums()).items
  assert.ok(album)

  await remote.playItem(album)
  await remote.setVolume(33)

  await eventually('playing, 33 %', () =>
    events.some(
      (event) =>
        event.event === 'status' &&
        event.status.state === 'playing' &&
        event.status.volumePercent === 33 &&
        event.cause.startsWith('phone'),
    ),
  )
})

test('no status read after a command is older than the command', async (t) => {
  const { remote } = await ownerAndRemote(t)

  for (const percent of [10, 20, 30]) {
    await remote.setVolume(percent)

    assert.equal((await remote.status()).volumePercent, percent)
  }
})

test('a revoked remote is told so, in the middle of its watch', async (t) => {
  const { owner, remote } = await ownerAndRemote(t)
  const { events, watching } = watched(t, remote)
  await eventually('connected', () => events.some((event) => event.event === 'status'))
  const [pairing] = await owner.pairings()
  assert.ok(pairing)

  await owner.removePairing(pairing.guid)

  await assert.rejects(watching, fails('NOT_PAIRED'))
})

test('a remote is not the owner', async (t) => {
  const { owner, remote } = await ownerAndRemote(t)

  await assert.rejects(remote.pairings(), fails('NOT_OWNER'))

  assert.equal((await owner.pairings())[0]?.sessions, 1, 'a refusal is no reason to log in again')
})

test('wrong digits are sent once', async (t) => {
  const { host, owner } = await ownerAndRemote(t)
  const asked = await host.api('POST', '/api/pairing-requests', { name: 'page' })
  const { id, digits } = (await asked.json()) as { id: string; digits: string }
  const wrong = String((Number(digits) + 1) % 10_000).padStart(4, '0')

  await assert.rejects(owner.acceptPairing(id, wrong), fails('WRONG_PIN'))

  assert.equal((await owner.acceptPairing(id, digits)).name, 'page')
})

test('a wrong owner token opens nothing', async (t) => {
  const host = await startHost(t, { songs })

  await assert.rejects(
    connectRemote({ address: `127.0.0.1:${host.host.port}`, ownerToken: 'wrong' }),
    fails('NOT_OWNER'),
  )
})

test('a song read from the queue is the one that is moved, whatever another remote did meanwhile', async (t) => {
  const { owner, remote } = await ownerAndRemote(t)
  const all = (await remote.songs()).items.map(({ id }) => id)
  await remote.setQueue({ songIds: [...all, ...all], from: 'Everything twice' })
  const { songs: before, from, total } = await remote.queue()
  const [first, second] = before
  assert.ok(first && second)

  await owner.removeQueueSongs([first])
  await remote.moveQueueSong(second, 0)
  await assert.rejects(remote.playQueueSong(first), fails('NOT_FOUND'))

  const after = (await remote.queue()).songs
  assert.deepEqual([from, total], ['Everything twice', 5])
  assert.deepEqual(after[0]?.entryId, second.entryId)
  assert.equal(after.length, 4)
})

test('a remote is told which list to read again, and by whose doing', async (t) => {
  const { owner, remote } = await ownerAndRemote(t)
  const { events } = watched(t, owner)
  await eventually('connected', () => events.some((event) => event.event === 'status'))
  const lists = () => events.filter((event) => event.event === 'queue' || event.event === 'speakers')

  await remote.playSongs((await remote.songs()).items.map(({ id }) => id))
  await eventually('the queue', () => lists().length === 1)
  await remote.setReplayGain('track')
  await remote.setSpeakerVolume('0000000000000000', 30)
  await eventually('the speakers', () => lists().length === 2)

  assert.deepEqual(
    lists().map((event) => [event.event, 'cause' in event && event.cause.split(':')[0]]),
    [
      ['queue', 'phone'],
      ['speakers', 'phone'],
    ],
  )
})

test('a page of the queue, the history, and what the status says besides', async (t) => {
  const { remote } = await ownerAndRemote(t)
  const all = (await remote.songs()).items.map(({ id }) => id)
  await remote.setQueue({ songIds: [...all, ...all], startIndex: 1, positionMs: 500, isPaused: true })
  await remote.setSleepTimer({ afterMs: 60_000 })
  await remote.toggleMute()
  await remote.next()

  const { songs } = await remote.queue({ span: 2, skip: 1 })
  const history = (await remote.queue({ span: -10 })).songs
  const { own, volumePercent } = await remote.status()

  assert.deepEqual(
    songs.map(({ offset, songId }) => [offset, songId]),
    [
      [2, all[1]],
      [3, all[2]],
    ],
  )
  assert.deepEqual(
    history.map(({ offset, section, songId }) => [offset, section, songId]),
    [[-1, 'history', all[1]]],
  )
  assert.deepEqual([own?.isMuted, volumePercent], [true, 0])
  assert.ok(typeof own?.sleep === 'object')
})

test('two dragged controls end where the fingers stopped', async (t) => {
  const { remote } = await ownerAndRemote(t)
  const [master, kitchen] = [remote.volumeSlider(), remote.speakerSlider('0000078CA3946072A'.slice(-16))]

  for (const percent of [10, 20, 35, 60]) master.moveTo(percent)
  await master.settled()
  for (const percent of [5, 15, 30]) kitchen.moveTo(percent)
  await kitchen.settled()

  const speakers = await remote.speakers()
  assert.equal(await remote.volume(), 60)
  assert.equal(speakers.find(({ name }) => name === 'Kitchen')?.volumePercent, 30)
})

test('an owner link makes an owner, once', async (t) => {
  const host = await startHost(t)
  const connection = fetchConnection(parseAddress(host.url))
  const code = new URL(host.host.makeOwnerLink().url).hash.replace('#owner=', '')

  const ownerToken = await useOwnerLink({ connection, code })
  const owner = await connectRemote({ address: host.url, ownerToken })

  assert.deepEqual((await owner.pairings()).length, 0)
  await assert.rejects(useOwnerLink({ connection, code }), fails('OWNER_LINK_USED'))
})

test('pictures have paths that an <img> can load, with the session of now', async (t) => {
  const { host, remote } = await ownerAndRemote(t)
  const pathOf = await remote.artworkPaths()
  const [album] = (await remote.albums()).items
  assert.ok(album)

  const path = pathOf(album, 200)
  const answer = await fetch(host.url + path)

  assert.match(
    path,
    /^\/databases\/1\/groups\/\d+\/extra_data\/artwork\?session-id=\d+&mw=200&mh=200&group-type=albums$/,
  )
  assert.equal(answer.status, 204, 'let in; it has no picture')
})
