// The API as the SDK, the page and the command line use it.

import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect } from 'node:net'
import { type TestContext, test } from 'node:test'
import { WebSocket } from 'ws'
import { fakeNetwork, touchRemote } from '../../../test/fakes/discovery.ts'
import { startHost, type TestHost } from '../../../test/fakes/host.ts'
import type { ApiAnswer, ApiError, ApiWatchMessage } from '../../protocol/index.ts'

const songs = [
  { title: 'Aria', artist: 'Bach', durationMs: 60_000 },
  { title: 'Winter', artist: 'Vivaldi', durationMs: 63_000 },
]
const json = async <T>(response: Promise<Response>) => (await (await response).json()) as T

test('anyone may ask which host this is', async (t) => {
  const { api, host, directory } = await startHost(t)

  const about = await json<ApiAnswer<'about'>>(api('GET', '/api/about'))

  assert.deepEqual(about, {
    name: 'Studio',
    version: '0.0.0',
    databaseId: directory.identity().databaseIdHex,
    port: host.port,
    macAddresses: [...directory.identity().macAddresses],
  })
})

test('an owner link gives the token once', async (t) => {
  const { api, owner, directory, host } = await startHost(t)
  const exchange = (code: string) => api('POST', '/api/owner/exchange', { code })
  const link = await json<ApiAnswer<'makeOwnerLink'>>(owner('POST', '/api/owner/links'))
  const printed = new URL(host.makeOwnerLink().url)

  const first = await json<ApiAnswer<'exchangeOwnerCode'>>(exchange(link.code))
  const second = await exchange(link.code)
  const third = await exchange(printed.hash.slice('#owner='.length))

  assert.equal(link.url, `${host.url}/#owner=${link.code}`)
  assert.equal(first.token, directory.ownerToken)
  assert.equal(second.status, 403)
  assert.equal((await json<ApiError>(Promise.resolve(second))).code, 'OWNER_LINK_USED')
  assert.equal(third.status, 200)
  assert.equal((await exchange('guessed')).status, 403)
})

test('tokens and codes cannot be guessed at leisure; the right token always works', async (t) => {
  const { api, owner } = await startHost(t)
  const wrong = { authorization: 'Bearer wrong' }

  for (let attempt = 0; attempt < 20; attempt += 1) await api('GET', '/api/pairings', undefined, wrong)

  assert.equal((await api('GET', '/api/pairings', undefined, wrong)).status, 429)
  assert.equal((await api('POST', '/api/owner/exchange', { code: 'guess' })).status, 429)
  assert.equal((await owner('GET', '/api/pairings')).status, 200)
})

test('pairings are added by guid, listed with their sessions, and removed', async (t) => {
  const { owner, get } = await startHost(t)
  const added = await json<ApiAnswer<'addPairing'>>(
    owner('POST', '/api/pairings', { guid: '0xa1', name: 'old phone' }),
  )
  await get('/login?pairing-guid=0xA1')

  const { pairings } = await json<ApiAnswer<'pairings'>>(owner('GET', '/api/pairings'))
  const removed = await owner('DELETE', '/api/pairings/00000000000000a1')

  assert.equal(added.pairing.guid, '00000000000000A1')
  assert.deepEqual(
    pairings.map(({ name, sessions }) => [name, sessions]),
    [['old phone', 1]],
  )
  assert.ok(pairings[0]?.lastSeenAt)
  assert.equal(removed.status, 200)
  assert.equal((await owner('DELETE', '/api/pairings/a1')).status, 404)
})

test('search needs a session and answers with what the page shows', async (t) => {
  const { api, login } = await startHost(t, { songs })
  const session = await login()

  const found = await json<ApiAnswer<'search'>>(
    api('GET', `/api/search?text=win&limit=1&session-id=${session}`),
  )

  assert.deepEqual(
    found.songs.map(({ title, artist }) => [title, artist]),
    [['Winter', 'Vivaldi']],
  )
  assert.equal(found.total, 1)
  assert.equal((await api('GET', '/api/search?text=win')).status, 403)
})

test('a search also finds the albums and artists whose names have all the words', async (t) => {
  const albums = { Winter: 'The Seasons', Gloria: 'Sacred Music' }
  const byVivaldi = Object.entries(albums).map(([title, album]) => ({ title, album, artist: 'Vivaldi' }))
  const { api, login } = await startHost(t, { songs: byVivaldi })
  const session = await login()
  const find = (text: string) =>
    json<ApiAnswer<'search'>>(api('GET', `/api/search?text=${text}&groups=2&session-id=${session}`))

  const found = await find('VALDI')
  const both = await find('valdi+SEA')
  const nothing = await find('valdi+sky')

  assert.deepEqual(
    found.artists?.map(({ name, albumCount }) => [name, albumCount]),
    [['Vivaldi', 2]],
  )
  assert.deepEqual(
    both.albums?.map(({ title, artist }) => [title, artist]),
    [['The Seasons', 'Vivaldi']],
  )
  assert.match(both.albums?.[0]?.id ?? '', /^[0-9A-F]{16}$/)
  assert.deepEqual([nothing.albums, nothing.artists], [[], []])
  assert.deepEqual((await find('+')).albums, [])
})

test('what does not fit the table is refused with its place', async (t) => {
  const { api, owner, login } = await startHost(t)
  const session = await login()

  const tooMany = await json<ApiError>(api('GET', `/api/search?text=a&limit=9999&session-id=${session}`))
  const noJson = await owner('POST', '/api/pairings', undefined)
  const odd = await owner('POST', '/api/pairings', { guid: 'not hex' })

  assert.equal(tooMany.code, 'BAD_REQUEST')
  assert.equal(tooMany.details?.['where'], '/limit')
  assert.equal(noJson.status, 200, 'an empty body is an empty object')
  assert.equal(odd.status, 400)
  assert.equal((await api('GET', '/api/nothing')).status, 404)
  assert.equal((await api('PUT', '/api/about')).status, 400)
  assert.equal((await api('GET', '/api')).status, 400)
})

test('the scan is told to remotes, started by the owner, its failures shown to the owner alone', async (t) => {
  const { api, owner, login } = await startHost(t, { songs })
  const session = await login()

  const progress = await json<ApiAnswer<'scan'>>(api('GET', `/api/scan?session-id=${session}`))
  const started = await json<ApiAnswer<'startScan'>>(owner('POST', '/api/scan', { isFull: true }))
  const failures = await json<ApiAnswer<'scanFailures'>>(owner('GET', '/api/scan/failures'))

  assert.equal(progress.state, 'idle')
  assert.ok(started.libraryRevision >= 2)
  assert.deepEqual(failures, { failures: [] })
  assert.equal((await api('GET', `/api/scan/failures?session-id=${session}`)).status, 403)
  assert.equal((await owner('DELETE', '/api/scan')).status, 200)
  assert.equal((await api('DELETE', `/api/scan?session-id=${session}`)).status, 403)
})

// --- watch

/** Messages as they come; waits for the first that passes. */
async function watch(
  t: TestContext,
  { host }: TestHost,
  query: string,
  headers: Record<string, string> = {},
) {
  const socket = new WebSocket(`ws://127.0.0.1:${host.port}/api/watch${query}`, { headers })
  t.after(() => socket.terminate())
  const messages: ApiWatchMessage[] = []
  const listeners = new Set<() => void>()
  socket.on('message', (data) => {
    messages.push(JSON.parse(String(data)) as ApiWatchMessage)
    for (const listener of listeners) listener()
  })
  const closed = new Promise<number>((resolve) => socket.on('close', resolve))
  const refused = new Promise<number>((resolve) =>
    socket.on('unexpected-response', (_, response) => resolve(response.statusCode ?? 0)),
  )
  socket.on('error', () => {})
  const until = (passes: (message: ApiWatchMessage) => boolean) =>
    new Promise<ApiWatchMessage>((resolve) => {
      const look = () => {
        const message = messages.find(passes)
        if (message) resolve(message)
      }
      listeners.add(look)
      look()
    })
  return { until, closed, refused, messages, say: (text: string) => socket.send(text) }
}

test('watch tells the state at once, then every change with its cause and both revisions', async (t) => {
  const host = await startHost(t, { songs })
  const session = await host.login()
  const { until } = await watch(t, host, `?session-id=${session}`)
  const first = await until(({ type }) => type === 'state')

  await host.player.playNow([{ songId: 12 }], {}, 'kitchen phone: play')
  const told = await until((message) => message.type === 'state' && message.cause === 'kitchen phone: play')

  assert.equal(first.type === 'state' && first.cause, 'connected')
  assert.ok(told.type === 'state')
  assert.equal(told.playRevision, host.player.state.revision)
  assert.deepEqual(
    [told.playback.state, told.playback.track?.title, told.playback.durationMs],
    ['playing', 'Winter', 63_000],
  )
})

test('a watcher who asks is told again how things stand; whatever else it says is passed over', async (t) => {
  const host = await startHost(t, { songs })
  const watcher = await watch(t, host, `?session-id=${await host.login()}`)
  await watcher.until(({ type }) => type === 'state')
  await host.player.playNow([{ songId: 12 }], {}, 'kitchen phone: play')

  watcher.say('what plays?')
  watcher.say('again')
  await watcher.until(
    (message) =>
      message.type === 'state' && message.cause === 'connected' && message.playback.state === 'playing',
  )

  assert.equal(watcher.messages.filter(({ type }) => type === 'state').length, 3)
})

test('the owner is told who asks to be paired', async (t) => {
  const network = fakeNetwork()
  const host = await startHost(t, { discovery: network })
  const { until } = await watch(t, host, '', { authorization: `Bearer ${host.directory.ownerToken}` })
  await until(({ type }) => type === 'pairing-requests')

  network.appears(touchRemote({ name: 'iPhone', pair: '00000000000000A1', port: 1 }))
  const told = await until((message) => message.type === 'pairing-requests' && message.requests.length === 1)

  assert.equal(told.type === 'pairing-requests' && told.requests[0]?.name, 'iPhone')
})

test('a watcher without a session, or on a page from elsewhere, is refused', async (t) => {
  const host = await startHost(t)
  const session = await host.login()

  assert.equal(await (await watch(t, host, '?session-id=1234')).refused, 403)
  assert.equal(await (await watch(t, host, '')).refused, 403)
  const foreign = await watch(t, host, `?session-id=${session}`, { origin: 'http://evil.example.com' })
  assert.equal(await foreign.refused, 403)
})

test('a watcher is let go when its session ends, and when the host does', async (t) => {
  const host = await startHost(t)
  const session = await host.login()
  const one = await watch(t, host, `?session-id=${session}`)
  const two = await watch(t, host, `?session-id=${await host.login()}`)
  await one.until(({ type }) => type === 'state')
  await two.until(({ type }) => type === 'state')

  await host.get(`/logout?session-id=${session}`)
  const first = await one.closed
  await host.host.close()

  assert.equal(first, 4403)
  assert.equal(await two.closed, 1001)
})

test('one remote cannot take the room of the others, nor of the owner', async (t) => {
  const host = await startHost(t)
  const greedy = await host.login('greedy')
  for (let count = 0; count < 16; count += 1) {
    const { until } = await watch(t, host, `?session-id=${greedy}`)
    await until(({ type }) => type === 'state')
  }

  assert.equal(await (await watch(t, host, `?session-id=${greedy}`)).refused, 429)
  const other = await watch(t, host, `?session-id=${await host.login('other')}`)
  const owner = await watch(t, host, '', { authorization: `Bearer ${host.directory.ownerToken}` })
  await other.until(({ type }) => type === 'state')
  await owner.until(({ type }) => type === 'state')
})

test('a watcher that never says goodbye does not keep the host from ending', async (t) => {
  const host = await startHost(t)
  const silent = connect(host.host.port, '127.0.0.1')
  t.after(() => silent.destroy())
  const gone = once(silent, 'close')
  silent.on('error', () => {})
  silent.write(
    `GET /api/watch?session-id=${await host.login()} HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
      'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n',
  )
  await once(silent, 'data')

  const closing = host.host.close().then(() => 'ended')
  const deadline = AbortSignal.timeout(10_000)
  const outcome = await Promise.race([closing, once(deadline, 'abort').then(() => 'still waiting')])

  assert.equal(outcome, 'ended')
  silent.resume()
  await gone
})

test('a watcher that was refused, and keeps its side of the connection open, is let go', async (t) => {
  const host = await startHost(t)
  const stubborn = connect({ port: host.host.port, host: '127.0.0.1', allowHalfOpen: true })
  stubborn.on('error', () => {})
  stubborn.write('GET /api/watch HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n')
  const [answer] = await once(stubborn.setEncoding('utf8'), 'data')

  const closing = host.host.close().then(() => 'ended')
  const deadline = AbortSignal.timeout(10_000)
  const outcome = await Promise.race([closing, once(deadline, 'abort').then(() => 'still waiting')])

  stubborn.destroy()
  assert.match(answer, /^HTTP\/1.1 403 /)
  assert.equal(outcome, 'ended')
})
