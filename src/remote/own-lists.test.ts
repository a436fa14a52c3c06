// Lists as a page with letters, orders and choices needs them, against our own host.

import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { startHost } from '../../test/fakes/host.ts'
import { connectRemote } from './node.ts'

const songs = [
  { title: 'Blue', artist: 'Joni Mitchell', album: 'Blue', genre: 'Folk' },
  { title: 'Carey', artist: 'Joni Mitchell', album: 'Blue', genre: 'Folk' },
  { title: 'So What', artist: 'Miles Davis', album: 'Kind of Blue', genre: 'Jazz' },
  { title: 'Zebra', artist: 'Beach House', album: 'Teen Dream', genre: "Rock 'n' Roll" },
]

async function remoteOf(t: TestContext) {
  const host = await startHost(t, { songs })
  return connectRemote({ address: host.url, guid: await host.pair('page') })
}

type Remote = Awaited<ReturnType<typeof remoteOf>>
const next = async (remote: Remote) => (await remote.queue()).songs.map(({ title }) => title)
async function songNamed(remote: Remote, title: string) {
  const song = (await remote.songs()).items.find((one) => one.title === title)
  assert.ok(song)
  return song
}

test('the first part of a list says the letters of all of it', async (t) => {
  const remote = await remoteOf(t)

  const { items, letters } = await remote.songs({ offset: 0, count: 1, withLetters: true })

  assert.equal(items.length, 1)
  assert.deepEqual(
    letters.filter(({ count }) => count > 0).map(({ letter, offset }) => `${letter} ${offset}`),
    ['B 0', 'C 1', 'S 2', 'Z 3'],
  )
})

test('genres by name, and what belongs to one', async (t) => {
  const remote = await remoteOf(t)

  const { items } = await remote.genres()
  const folk = await remote.songs({ genre: 'Folk' })
  const rock = await remote.albums({ genre: "Rock 'n' Roll" })

  assert.deepEqual(items, ['Folk', 'Jazz', "Rock 'n' Roll"])
  assert.deepEqual(
    folk.items.map(({ title }) => title),
    ['Blue', 'Carey'],
  )
  assert.deepEqual(
    rock.items.map(({ title }) => title),
    ['Teen Dream'],
  )
})

test('a song brings what follows it in the list it stands in', async (t) => {
  const remote = await remoteOf(t)

  await remote.playSongOf(await songNamed(remote, 'Carey'), {}, { order: 'title' })
  const afterAll = await next(remote)
  await remote.playSongOf(await songNamed(remote, 'Zebra'), { genre: "Rock 'n' Roll" })
  const afterGenre = await next(remote)

  assert.deepEqual(afterAll, ['So What', 'Zebra'])
  assert.deepEqual(afterGenre, [])
  assert.equal((await remote.status()).track?.title, 'Zebra')
})

test('what was put up by hand stays when other songs are played', async (t) => {
  const remote = await remoteOf(t)
  const [blue, carey, soWhat, zebra] = (await remote.songs()).items.map(({ id }) => id)
  assert.ok(blue && carey && soWhat && zebra)
  await remote.setQueue({ songIds: [blue] })
  await remote.playSongs([carey], { place: 'next' })

  await remote.setQueue({ songIds: [soWhat, zebra], keepsUpNext: true, from: 'Most played' })

  const { from, songs: upNext } = await remote.queue()
  assert.equal(from, 'Most played')
  assert.deepEqual(
    upNext.map(({ title }) => title),
    ['Carey', 'Zebra'],
  )
})

test('the status says all of the song that plays, and a command the revision it led to', async (t) => {
  const remote = await remoteOf(t)
  const carey = await songNamed(remote, 'Carey')

  await remote.playSongOf(carey, {})
  const status = await remote.status()

  assert.equal(status.own?.song?.persistentId, carey.persistentId)
  assert.equal(status.own?.song?.artistId, carey.artistId)
  assert.ok(status.revision >= remote.commandRevision && remote.commandRevision > 0)
})
