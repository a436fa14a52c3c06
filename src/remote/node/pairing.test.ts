import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { connect } from 'node:net'
import { type TestContext, test } from 'node:test'
import { fakeNetwork } from '../../../test/fakes/discovery.ts'
import { KnownError } from '../../errors.ts'
import { child, decode, pairingCode } from '../../protocol/index.ts'
import { startPairing } from './pairing.ts'

const wrongCode = '0'.repeat(32)

async function openWindow(t: TestContext) {
  const network = fakeNetwork()
  const wrong: number[] = []
  const window = await startPairing({
    name: 'Kitchen laptop',
    discovery: network,
    onWrongCode: (left) => wrong.push(left),
  })
  t.after(() => window.close())
  const [announced] = network.announced
  assert.ok(announced)
  const code = pairingCode(String(announced.txt['Pair']), window.pin, (bytes) =>
    createHash('md5').update(bytes).digest(),
  )
  const call = (given: string) =>
    fetch(`http://127.0.0.1:${window.port}/pair?pairingcode=${given}&servicename=63B5E5C0C201542E`)
  return { network, window, announced, code, call, wrong }
}

test('the host that knows the digits gets a guid, and the remote its name', async (t) => {
  const { window, announced, code, call } = await openWindow(t)

  const answer = await call(code.toLowerCase())
  const body = child(decode(new Uint8Array(await answer.arrayBuffer())), 'cmpa') ?? []
  const paired = await window.paired

  assert.equal(announced.type, '_touch-remote._tcp')
  assert.match(announced.name, /^[0-9a-f]{40}$/)
  assert.equal(announced.txt['DvNm'], 'Kitchen laptop')
  assert.equal(answer.status, 200)
  assert.equal(child(body, 'cmnm'), 'Kitchen laptop')
  assert.equal(BigInt(`0x${paired.guid}`), child(body, 'cmpg'))
  assert.notEqual(paired.guid, announced.txt['Pair'], 'what is announced to everyone is no secret')
  assert.equal(paired.serviceName, '63B5E5C0C201542E')
})

test('a wrong code is refused, and the right one then works', async (t) => {
  const { window, code, call, wrong } = await openWindow(t)

  assert.equal((await call(wrongCode)).status, 404)
  assert.equal((await call(code)).status, 200)

  assert.deepEqual(wrong, [4])
  assert.equal((await window.paired).serviceName, '63B5E5C0C201542E')
})

test('after five wrong codes not even the right one is heard', async (t) => {
  const { window, code, call } = await openWindow(t)

  for (let index = 0; index < 5; index += 1) await call(wrongCode)

  assert.equal((await call(code)).status, 404)
  await assert.rejects(
    window.paired,
    (error) => error instanceof KnownError && error.code === 'PAIRING_CLOSED',
  )
})

test('a call without a Host header is answered: OwnTone sends none', async (t) => {
  const { window, code } = await openWindow(t)

  const socket = connect(window.port, '127.0.0.1')
  socket.write(`GET /pair?pairingcode=${code}&servicename=A HTTP/1.1\r\n\r\n`)
  const chunks: Buffer[] = []
  for await (const chunk of socket) chunks.push(chunk as Buffer)

  assert.match(Buffer.concat(chunks).toString('latin1'), /^HTTP\/1\.1 200 /)
})

test('a stranger who holds many silent connections does not keep the host out', async (t) => {
  const { window, code, call } = await openWindow(t)
  const silent = Array.from({ length: 20 }, () => connect(window.port, '127.0.0.1').on('error', () => {}))
  t.after(() => silent.forEach((socket) => socket.destroy()))
  await Promise.all(silent.slice(-16).map((socket) => once(socket, 'connect')))

  assert.equal((await call(code)).status, 200)
})

test('closing withdraws the announcement', async (t) => {
  const { network, window } = await openWindow(t)

  await window.close()

  assert.equal(network.announced.length, 0)
})
