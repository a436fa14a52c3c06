// Making friends, from the host's side: remotes on the link with their four digits, and browsers.

import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type Socket } from 'node:net'
import { type TestContext, test } from 'node:test'
import { fakeNetwork, touchRemote } from '../../../test/fakes/discovery.ts'
import { startHost, type TestHost } from '../../../test/fakes/host.ts'
import { type ApiPairingRequest, child, encode, pairingCode } from '../../protocol/index.ts'

const pair = '7D1324235F535AE7'
const guid = 0xfedc_ba98_7654_3210n

/** A phone with its pairing screen open; reads only what has arrived when it first looks, as TunesRemote does. */
async function phone(t: TestContext, answer: (target: string) => Uint8Array | string) {
  const calls: string[] = []
  const server = createServer((socket: Socket) => {
    socket.on('error', () => {})
    socket.once('data', (data) => {
      const target = data.toString('latin1').split(' ')[1] ?? ''
      assert.ok(data.toString('latin1').endsWith('\r\n\r\n'), 'the whole request in one write')
      calls.push(target)
      socket.end(answer(target))
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => server.close())
  return { port: (server.address() as { port: number }).port, calls, close: () => server.close() }
}

const yes = (name = 'Ann’s iPhone', cmpg = guid) => {
  const body = encode([
    'cmpa',
    [
      ['cmpg', cmpg],
      ['cmnm', name],
      ['cmty', 'iPhone'],
    ],
  ])
  const head = `HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\n\r\n`
  return Buffer.concat([Buffer.from(head), body])
}
const no = 'HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n'
const md5 = (bytes: Uint8Array) => createHash('md5').update(bytes).digest()

/** Says yes to one PIN, as a phone does. */
const honest = (pin: string) => (target: string) =>
  target.includes(`pairingcode=${pairingCode(pair, pin, md5)}`) ? yes() : no

async function whoAsks({ owner }: TestHost): Promise<ApiPairingRequest[]> {
  return ((await (await owner('GET', '/api/pairing-requests')).json()) as { requests: ApiPairingRequest[] })
    .requests
}

async function accept(host: TestHost, id: string | undefined, pin: string) {
  const response = await host.owner('POST', `/api/pairing-requests/${id}/accept`, { pin })
  return { status: response.status, answer: (await response.json()) as Record<string, unknown> }
}

test('a phone asks, a wrong PIN is refused, the right one pairs it by the guid of its answer', async (t) => {
  const network = fakeNetwork()
  const host = await startHost(t, { discovery: network })
  const { port, calls } = await phone(t, honest('1234'))
  network.appears(touchRemote({ name: 'iPhone', pair, port }))
  const [request] = await whoAsks(host)

  const wrong = await accept(host, request?.id, '4321')
  const right = await accept(host, request?.id, '1234')
  const login = await host.tree(`/login?pairing-guid=0x${guid.toString(16)}`)

  assert.deepEqual(
    { ...request, ageSeconds: 0 },
    { id: '1', kind: 'remote', name: 'iPhone', address: '127.0.0.1', ageSeconds: 0 },
  )
  assert.deepEqual([wrong.status, wrong.answer['code']], [403, 'WRONG_PIN'])
  assert.equal(right.status, 200)
  assert.ok(child(login, 'mlid'))
  assert.equal((await host.get(`/login?pairing-guid=0x${pair}`)).status, 503, 'Pair is not the guid')
  assert.deepEqual(await whoAsks(host), [])
  const instance = network.announced.find(({ type }) => type === '_touch-able._tcp')?.name
  assert.ok(calls.every((target) => target.includes(`servicename=${instance}`)))
})

test('of two that ask, only the one named is called, and a hostile one pairs only itself', async (t) => {
  const network = fakeNetwork()
  const host = await startHost(t, { discovery: network })
  const good = await phone(t, honest('1234'))
  const bad = await phone(t, () => yes('Ann’s iPhone', 0x666n))
  network.appears(touchRemote({ name: 'Ann’s iPhone', pair, port: bad.port, instance: 'bad' }))
  network.appears(touchRemote({ name: 'Ann’s iPhone', pair, port: good.port, instance: 'good' }))
  const [, request] = await whoAsks(host)

  const { answer } = await accept(host, request?.id, '1234')

  assert.equal(bad.calls.length, 0)
  assert.equal(good.calls.length, 1)
  assert.match(JSON.stringify(answer), /FEDCBA9876543210/)
  assert.equal((await host.get('/login?pairing-guid=0x666')).status, 503)
})

test('a phone that went away, one that talks nonsense and one without end: each has its own words', async (t) => {
  const network = fakeNetwork()
  const host = await startHost(t, { discovery: network })
  const gone = await phone(t, () => yes())
  gone.close()
  const endless = `HTTP/1.1 200 OK\r\n\r\n${'x'.repeat(100_000)}`
  const cases: [port: number, code: string][] = [
    [gone.port, 'REMOTE_GONE'],
    [(await phone(t, () => '')).port, 'REMOTE_GONE'],
    [(await phone(t, () => 'nonsense\r\n\r\n')).port, 'BAD_REMOTE_ANSWER'],
    [(await phone(t, () => 'HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc')).port, 'BAD_REMOTE_ANSWER'],
    [(await phone(t, () => endless)).port, 'BAD_REMOTE_ANSWER'],
  ]
  for (const [port] of cases) network.appears(touchRemote({ name: 'Phone', pair, port }))

  const codes = []
  for (const { id } of await whoAsks(host)) codes.push((await accept(host, id, '1234')).answer['code'])

  assert.deepEqual(
    codes,
    cases.map(([, code]) => code),
  )
})

test('the owner may have one machine asked alone: on the link, and not without end', async (t) => {
  const host = await startHost(t)
  const look = async (address: string) => {
    const response = await host.owner('POST', '/api/pairing-requests/look', { address })
    return [response.status, ((await response.json()) as { code: string }).code]
  }

  assert.deepEqual(await look('203.0.113.9'), [409, 'REMOTE_ELSEWHERE'])
  assert.deepEqual(await look('studio.local:3689'), [400, 'BAD_ADDRESS'])
  assert.deepEqual(await look('x'.repeat(65)), [400, 'BAD_REQUEST'])
  for (let i = 0; i < 18; i += 1) await look('203.0.113.9')
  assert.deepEqual(await look('203.0.113.9'), [429, 'TOO_MANY_ATTEMPTS'])
  const stranger = await host.get('/api/pairing-requests/look', { method: 'POST', body: '{}' })
  assert.equal(stranger.status, 403)
})

test('a phone that comes back on another port without a goodbye is called there', async (t) => {
  const network = fakeNetwork()
  const host = await startHost(t, { discovery: network })
  const { port } = await phone(t, honest('0001'))
  network.appears(touchRemote({ name: 'Phone', pair, port: 1, instance: 'same' }))
  network.appears(touchRemote({ name: 'Phone', pair, port, instance: 'same' }))
  const [request, ...others] = await whoAsks(host)

  const { status } = await accept(host, request?.id, '0001')

  assert.equal(status, 200)
  assert.equal(others.length, 0)
})

test('who takes over the name of one that asks is not called under its number', async (t) => {
  const network = fakeNetwork()
  const host = await startHost(t, { discovery: network })
  const bad = await phone(t, () => yes('Phone', 0x666n))
  network.appears(touchRemote({ name: 'Phone', pair, port: 1, instance: 'same', addresses: ['127.0.0.9'] }))
  const [seen] = await whoAsks(host)
  network.appears(
    touchRemote({ name: 'Phone', pair, port: bad.port, instance: 'same', addresses: ['127.0.0.1'] }),
  )

  const { answer } = await accept(host, seen?.id, '1234')

  assert.equal(answer['code'], 'NO_SUCH_PAIRING_REQUEST')
  assert.equal(bad.calls.length, 0)
  assert.deepEqual(
    (await whoAsks(host)).map(({ address }) => address),
    ['127.0.0.1'],
  )
})

test('records that no remote sends, and remotes that are not on this link, are not listed', async (t) => {
  const network = fakeNetwork()
  const host = await startHost(t, { discovery: network })

  network.appears(touchRemote({ name: 'far', pair, port: 80, addresses: ['203.0.113.9'], instance: 'a' }))
  network.appears(touchRemote({ name: 'odd', pair: 'not hex', port: 80, instance: 'b' }))
  network.appears(touchRemote({ name: '', pair, port: 80, instance: 'c' }))
  network.appears(touchRemote({ name: 'bell\u0007\u001b[2J', pair, port: 80, instance: 'd' }))

  assert.deepEqual(
    (await whoAsks(host)).map(({ name }) => name),
    ['bell  [2J'],
  )
})

test('one machine cannot fill the list, and who found no room is listed when there is some', async (t) => {
  const network = fakeNetwork()
  const host = await startHost(t, { discovery: network })
  const remotes = Array.from({ length: 11 }, (_, i) =>
    touchRemote({ name: `Phone ${i}`, pair, port: 100 + i }),
  )
  for (const remote of remotes) network.appears(remote)
  network.appears(touchRemote({ name: 'No door', pair, port: 0, instance: 'asleep' }))
  const namesNow = async () => (await whoAsks(host)).map(({ name }) => name)

  const before = await namesNow()
  if (remotes[3]) network.disappears(remotes[3])
  const after = await namesNow()

  assert.equal(before.length, 10)
  assert.ok(!before.includes('Phone 10'))
  assert.ok(after.includes('Phone 10') && !after.includes('Phone 3') && !after.includes('No door'))
})

test('accepted twice at once, it is called once', async (t) => {
  const network = fakeNetwork()
  const host = await startHost(t, { discovery: network })
  const { port, calls } = await phone(t, honest('0007'))
  network.appears(touchRemote({ name: 'Phone', pair, port }))
  const [request] = await whoAsks(host)

  const answers = await Promise.all([accept(host, request?.id, '0007'), accept(host, request?.id, '0007')])

  assert.deepEqual(answers.map(({ status }) => status).toSorted(), [200, 404])
  assert.equal(calls.length, 1)
})

test('where one address refuses, the next is called, and it is the one remembered', async (t) => {
  const network = fakeNetwork()
  const host = await startHost(t, { discovery: network })
  const { port } = await phone(t, honest('1234'))
  network.appears(touchRemote({ name: 'Phone', pair, port, addresses: ['127.0.0.9', '127.0.0.1'] }))
  const [request] = await whoAsks(host)

  const { answer } = await accept(host, request?.id, '1234')

  assert.match(JSON.stringify(answer), /"address":"127\.0\.0\.1"/)
})

test('what a relay brings from another network is called where its own requests would be answered, nowhere else', async (t) => {
  const network = fakeNetwork()
  const host = await startHost(t, { discovery: network })
  const at = (name: string, port: number, address: string, relayed: boolean) => {
    const remote = touchRemote({ name, pair, port, addresses: [address] })
    const txt = new Map([...remote.txt, ...(relayed ? [['relayed', Buffer.from('1')] as const] : [])])
    network.appears({ ...remote, txt })
  }

  at('Office', 5001, '10.99.1.2', true)
  at('Anywhere', 5002, '203.0.113.7', true)
  at('No relay', 5003, '10.99.1.2', false)

  assert.deepEqual(
    (await whoAsks(host)).map(({ name, address }) => [name, address]),
    [['Office', '10.99.1.2']],
  )
})

// --- browsers

const asJson = async <T>(response: Promise<Response>) => (await (await response).json()) as T
interface Asked {
  id: string
  digits: string
  secret: string
}

test('a browser is paired by its digits, and only the holder of its secret gets the guid', async (t) => {
  const host = await startHost(t)
  const { id, digits, secret } = await asJson<Asked>(
    host.api('POST', '/api/pairing-requests', { name: 'Firefox' }),
  )
  const state = (own: string) =>
    host.api('GET', `/api/pairing-requests/${id}`, undefined, { 'pairing-secret': own })
  const before = await asJson<{ state: string }>(state(secret))
  const wrong = await accept(host, id, digits === '0000' ? '1111' : '0000')
  const right = await accept(host, id, digits)
  const after = await asJson<{ state: string; guid: string }>(state(secret))

  assert.deepEqual(before, { state: 'waiting' })
  assert.equal(wrong.answer['code'], 'WRONG_PIN')
  assert.equal(right.status, 200)
  assert.equal((await state('somebody-else')).status, 404)
  assert.ok(child(await host.tree(`/login?pairing-guid=0x${after.guid}`), 'mlid'))
})

test('one address may have three requests open', async (t) => {
  const { api } = await startHost(t)

  const statuses = []
  for (let count = 0; count < 4; count += 1)
    statuses.push((await api('POST', '/api/pairing-requests', { name: 'Browser' })).status)

  assert.deepEqual(statuses, [200, 200, 200, 429])
})

test('only the owner sees who asks, accepts, and lists the paired', async (t) => {
  const { api } = await startHost(t)

  for (const [method, path] of [
    ['GET', '/api/pairing-requests'],
    ['POST', '/api/pairing-requests/1/accept'],
    ['GET', '/api/pairings'],
    ['POST', '/api/pairings'],
    ['DELETE', '/api/pairings/1'],
    ['POST', '/api/owner/links'],
  ] as const)
    assert.equal((await api(method, path, method === 'POST' ? {} : undefined)).status, 403, path)
})
