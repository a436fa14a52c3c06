// Requests as odd clients send them, and those that no honest client sends: raw bytes on a real socket.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gunzipSync } from 'node:zlib'
import { startHost } from '../../../test/fakes/host.ts'
import { child, children } from '../../protocol/index.ts'

const statusOf = (answer: string) => Number(answer.split(' ')[1])

test('iTunes asks by absolute URL, with any of its schemes', async (t) => {
  const { raw, host } = await startHost(t)
  const here = `127.0.0.1:${host.port}`

  for (const scheme of ['daap', 'http', 'DAAP'])
    assert.equal(
      statusOf(await raw(`GET ${scheme}://${here}/server-info HTTP/1.1\r\nHost: ${here}\r\n\r\n`)),
      200,
    )
})

test('GET, POST and HEAD are equal, with or without a body or its type', async (t) => {
  const { raw, login } = await startHost(t)
  const path = `/ctrl-int/1/getproperty?properties=dmcp.volume&session-id=${await login()}`

  const answers = [
    await raw(`GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`),
    await raw(`POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n`),
    await raw(`POST ${path} HTTP/1.1\r\nHost: x\r\n\r\n`),
    await raw(`POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Type: text/odd\r\nContent-Length: 3\r\n\r\nabc`),
    await raw(`GET ${path} HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc`),
    await raw(`HEAD ${path} HTTP/1.1\r\nHost: x\r\n\r\n`),
  ]

  assert.deepEqual(answers.map(statusOf), [200, 200, 200, 200, 200, 200])
  assert.match(answers[5] ?? '', /Content-Length: 32\r\n/)
  assert.ok(answers[5]?.endsWith('\r\n\r\n'), 'HEAD has no body')
})

test('a connection is kept for the next request, unless the client wants it closed', async (t) => {
  const { raw } = await startHost(t)
  const request = (more = '') => `GET /server-info HTTP/1.1\r\nHost: x\r\n${more}\r\n`

  const two = await raw(request() + request('Connection: close\r\n'))

  assert.equal(two.split('HTTP/1.1 200').length - 1, 2)
  assert.match(two, /Connection: close/)
})

test('no Host, odd escapes, unknown methods and huge requests are answered, and the host lives on', async (t) => {
  const { raw, get } = await startHost(t)

  assert.equal(statusOf(await raw('GET /server-info HTTP/1.1\r\n\r\n')), 200)
  assert.equal(statusOf(await raw('GET /server-info HTTP/1.0\r\n\r\n')), 200)
  assert.equal(statusOf(await raw('GET /server-info?a=%zz&b=%&c HTTP/1.1\r\nHost: x\r\n\r\n')), 200)
  assert.equal(statusOf(await raw('GET /databases/%zz/items HTTP/1.1\r\nHost: x\r\n\r\n')), 400)
  assert.equal(statusOf(await raw('GET //server-info HTTP/1.1\r\nHost: x\r\n\r\n')), 400)
  assert.equal(statusOf(await raw('PROPFIND /server-info HTTP/1.1\r\nHost: x\r\n\r\n')), 400)
  assert.equal(statusOf(await raw('OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n')), 400)
  assert.equal(statusOf(await raw('nonsense\r\n\r\n')), 400)
  assert.equal(statusOf(await raw(`GET /${'x'.repeat(70_000)} HTTP/1.1\r\nHost: x\r\n\r\n`)), 431)
  assert.equal(
    statusOf(await raw('POST /server-info HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999\r\n\r\nabc')),
    413,
  )
  assert.equal((await get('/server-info')).status, 200)
})

test('what this host has not is declined so that nobody logs in again for it', async (t) => {
  const { get, login } = await startHost(t)
  const session = `session-id=${await login()}`
  const leaving = await get('/this_request_is_simply_to_send_a_close_connection_header')

  assert.deepEqual([leaving.status, leaving.headers.get('connection')], [204, 'close'])
  for (const path of ['/fp-setup', '/home-share-verify', `/resolve?${session}`])
    assert.equal((await get(path)).status, 404, path)
  for (const path of [
    '/ctrl-int/1/controlpromptentry?prompt-id=0&',
    '/ctrl-int/1/set-genius-seed?',
    '/ctrl-int/1/genius-shuffle?',
    '/controlpromptupdate?prompt-id=1&',
  ]) {
    assert.equal((await get(path, { method: 'POST' })).status, 403, path)
    assert.equal((await get(path + session, { method: 'POST', body: 'cmbe' })).status, 500, path)
  }
})

test("Java's offer of HTTP/2 is an ordinary request", async (t) => {
  const { raw } = await startHost(t)

  const answer = await raw(
    'GET /server-info HTTP/1.1\r\nHost: x\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAEAA\r\n\r\n',
  )

  assert.equal(statusOf(answer), 200)
})

test('a long answer is zipped for those who ask for it, and only for them', async (t) => {
  const songs = Array.from({ length: 40 }, (_, index) => ({ title: `Song ${index}` }))
  const { raw, login, tree } = await startHost(t, { songs })
  const path = `/databases/1/items?meta=dmap.itemname&session-id=${await login()}`

  const plain = await raw(`GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`)
  const zipped = await raw(`GET ${path} HTTP/1.1\r\nHost: x\r\nAccept-Encoding: gzip, deflate\r\n\r\n`)
  const refused = await raw(`GET ${path} HTTP/1.1\r\nHost: x\r\nAccept-Encoding: gzip;q=0\r\n\r\n`)
  const short = await raw('GET /logout HTTP/1.1\r\nHost: x\r\nAccept-Encoding: gzip\r\n\r\n')

  const bodyOf = (answer: string) => Buffer.from(answer.slice(answer.indexOf('\r\n\r\n') + 4), 'latin1')
  assert.match(zipped, /Content-Encoding: gzip/)
  assert.doesNotMatch(plain + refused + short, /Content-Encoding/)
  assert.deepEqual(gunzipSync(bodyOf(zipped)), bodyOf(plain))
  const list = child(await tree(path), 'mlcl') ?? []
  assert.equal(children(list, 'mlit').length, 40)
})

test('a very long list is zipped on its way', async (t) => {
  const songs = Array.from({ length: 3000 }, (_, index) => ({ title: `Song ${index}` }))
  const { get, login } = await startHost(t, { songs })
  const path = `/databases/1/items?session-id=${await login()}`
  const fetched = async (encoding: string) => get(path, { headers: { 'accept-encoding': encoding } })

  const plain = await fetched('identity')
  const zipped = await fetched('gzip')

  assert.equal(zipped.headers.get('content-encoding'), 'gzip')
  assert.equal(plain.headers.get('content-encoding'), null)
  assert.deepEqual(await zipped.bytes(), await plain.bytes())
})

// --- names and origins

test('the host answers under its own names, and under none that a stranger chose for it', async (t) => {
  const { raw } = await startHost(t, { allowedHosts: ['music.example.org'] })
  const under = async (host: string) =>
    statusOf(await raw(`GET /server-info HTTP/1.1\r\nHost: ${host}\r\n\r\n`))

  for (const host of [
    '127.0.0.1:3689',
    '[::1]:80',
    'localhost',
    'studio.local',
    'STUDIO.LOCAL.',
    'nas',
    'music.example.org',
  ])
    assert.equal(await under(host), 200, host)
  for (const host of ['evil.example.com', 'music.example.org.evil.com', 'a b', 'x@127.0.0.1', ''])
    assert.equal(await under(host), 421, host)
})

test("an absolute target's name counts as the header's does", async (t) => {
  const { raw } = await startHost(t)

  const answer = await raw('GET http://evil.example.com/server-info HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n')

  assert.equal(statusOf(answer), 421)
})

test('a page from elsewhere gets nothing, our own page does', async (t) => {
  const { raw } = await startHost(t)
  const from = async (origin: string) =>
    statusOf(await raw(`GET /server-info HTTP/1.1\r\nHost: nas:3689\r\nOrigin: ${origin}\r\n\r\n`))

  assert.equal(await from('http://nas:3689'), 200)
  for (const origin of ['http://evil.example.com', 'http://nas', 'http://nas:3690', 'null', 'file://'])
    assert.equal(await from(origin), 403, origin)
})

test('the page says whose library this is, and lets nothing foreign in', async (t) => {
  const { get } = await startHost(t, { songs: [{ title: 'Aria' }] })

  const page = await get('/')

  assert.match(await page.text(), /<h1>Studio<\/h1>[^]*1 song/)
  const policy = page.headers.get('content-security-policy') ?? ''
  assert.match(policy, /default-src 'none'/)
  assert.doesNotMatch(policy, /unsafe/)
  assert.equal((await get('/welcome.css')).headers.get('content-type'), 'text/css; charset=utf-8')
})
