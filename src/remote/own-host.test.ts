// The same remote at a host of ours: with the API, ranked search and the watch socket.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startHost } from '../../test/fakes/host.ts'
import { eventually } from '../../test/lab/eventually.ts'
import { KnownError } from '../errors.ts'
import { connectRemote, type Remote, type RemoteEvent } from './node.ts'

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
