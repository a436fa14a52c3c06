// Who comes in, through the real port: paired remotes, the owner, plain players, and nobody else.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startHost } from '../../../test/fakes/host.ts'
import { child, decode } from '../../protocol/index.ts'

test('the host says who it is before anybody has logged in', async (t) => {
  const { get, tree } = await startHost(t)

  const response = await get('/server-info')
  const info = await tree('/server-info')

  assert.equal(response.headers.get('content-type'), 'application/x-dmap-tagged')
  assert.match(response.headers.get('daap-server') ?? '', /^Tonearm\//)
  assert.ok(Number(response.headers.get('content-length')) > 0)
  assert.equal(child(info, 'minm'), 'Studio')
})

test('a paired remote logs in however it spells its guid', async (t) => {
  const { pair, tree } = await startHost(t)
  const guid = await pair()

  for (const spelling of [`0x${guid}`, guid.toLowerCase(), `0X${guid.toLowerCase()}`]) {
    const answer = await tree(`/login?pairing-guid=${spelling}&hasFP=1`)

    assert.ok((child(answer, 'mlid') ?? 0) >= 100)
  }
})

test('a guid that nobody was given is refused with 503, as a phone expects', async (t) => {
  const { get } = await startHost(t)

  for (const query of ['?pairing-guid=0x00000000000000A1', '?pairing-guid=nonsense', '?pairing-guid=', '']) {
    const response = await get(`/login${query}`)

    assert.equal(response.status, 503)
    assert.equal(response.headers.get('tonearm-error'), 'NOT_PAIRED')
  }
})

test('an unknown guid may be tried so often, a known one always', async (t) => {
  const { get, pair, tree } = await startHost(t)
  const guid = await pair()

  const statuses = []
  for (let attempt = 0; attempt < 25; attempt += 1)
    statuses.push((await get(`/login?pairing-guid=0x${attempt}`)).status)
  const answer = await tree(`/login?pairing-guid=0x${guid}`)

  assert.equal(statuses[0], 503)
  assert.equal(statuses.at(-1), 429)
  assert.ok(child(answer, 'mlid'))
})

test('the owner logs in with the token, and only with the right one', async (t) => {
  const { get, directory } = await startHost(t)
  const withToken = (token: string) => get('/login', { headers: { authorization: `Bearer ${token}` } })

  assert.equal((await withToken(directory.ownerToken)).status, 200)
  assert.equal((await withToken('something-else')).status, 403)
})

test('without a session nothing of the library or the player is told', async (t) => {
  const { get } = await startHost(t)

  for (const path of [
    '/databases',
    '/update',
    '/ctrl-int/1/playstatusupdate?revision-number=1',
    '/ctrl-int/1/play',
  ])
    assert.equal((await get(path)).status, 403, path)
  assert.equal((await get('/databases?session-id=12345')).status, 403)
  assert.equal((await get('/nobody/knows/this')).status, 400)
})

test('a session that has logged out is refused', async (t) => {
  const { get, login } = await startHost(t)
  const session = await login()

  const bye = await get(`/logout?session-id=${session}`)
  const after = await get(`/databases?session-id=${session}`)

  assert.equal(bye.status, 204)
  assert.equal(after.status, 403)
})

test('of 33 sessions of one remote the one idle longest ends', async (t) => {
  const { get, pair, tree } = await startHost(t)
  const guid = await pair()
  const sessions: number[] = []
  for (let count = 0; count < 32; count += 1)
    sessions.push(child(await tree(`/login?pairing-guid=${guid}`), 'mlid') ?? 0)

  await get(`/activity?session-id=${sessions[0]}`)
  await tree(`/login?pairing-guid=${guid}`)

  assert.equal((await get(`/activity?session-id=${sessions[0]}`)).status, 204)
  assert.equal((await get(`/activity?session-id=${sessions[1]}`)).status, 403)
  assert.equal((await get(`/activity?session-id=${sessions[2]}`)).status, 204)
})

// --- sharing

const basic = (text: string) => ({ headers: { authorization: `Basic ${btoa(text)}` } })

test('a shared library lets a player look and listen, never control', async (t) => {
  const { get, tree } = await startHost(t, { share: 'open', songs: [{ title: 'Aria' }] })

  const session = child(await tree('/login'), 'mlid')

  assert.equal((await get(`/databases?session-id=${session}`)).status, 200)
  assert.equal((await get(`/databases/1/items?session-id=${session}`)).status, 200)
  assert.equal((await get(`/ctrl-int/1/play?session-id=${session}`)).status, 403)
  assert.equal((await get(`/databases/1/edit?action=add&session-id=${session}`)).status, 403)
  assert.equal((await get(`/api/search?text=a&session-id=${session}`)).status, 403)
})

test('a password lets a player in, whatever name it comes with, even one with a colon', async (t) => {
  const { get } = await startHost(t, { share: { password: 'open: sesame' } })

  const asked = await get('/login')

  assert.equal(asked.status, 401)
  assert.equal(asked.headers.get('www-authenticate'), 'Basic realm="Studio"')
  assert.equal((await get('/login', basic('anybody:open: sesame'))).status, 200)
  assert.equal((await get('/login', basic('Music/1.4 (dt:1):open: sesame'))).status, 200)
  assert.equal((await get('/login', basic('anybody:wrong'))).status, 401)
  assert.equal((await get('/databases', basic('x:open: sesame'))).status, 200)
  assert.equal((await get('/databases')).status, 401)
  // A remote must log in again instead of asking its user for a password.
  assert.equal((await get('/databases', { headers: { 'viewer-only-client': '1' } })).status, 403)
  assert.equal((await get('/ctrl-int/1/play', basic('x:open: sesame'))).status, 403)
})

test('a password may be guessed only so often', async (t) => {
  const { get } = await startHost(t, { share: { password: 'sesame' } })

  for (let attempt = 0; attempt < 20; attempt += 1) await get('/login', basic(`x:${attempt}`))

  assert.equal((await get('/login', basic('x:sesame'))).status, 429)
})

test('the session stands also in a header, for who cannot wait for the body', async (t) => {
  const { get, pair } = await startHost(t)

  const answer = await get(`/login?pairing-guid=0x${await pair()}`)
  const body = decode(new Uint8Array(await answer.arrayBuffer()))

  assert.equal(answer.headers.get('tonearm-session'), String(child(child(body, 'mlog') ?? [], 'mlid')))
})
