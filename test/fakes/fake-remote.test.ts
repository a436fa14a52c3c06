// The fake remote against our own words for the same protocol.

import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { type TestContext, test } from 'node:test'
import type { Discovery, ServiceToAnnounce } from '../../src/discovery/index.ts'
import { child, decode, pairingCode } from '../../src/protocol/index.ts'
import { fakeRemote } from './fake-remote.ts'

test('the host that knows the digits gets the guid; the remote learns its service name', async (t) => {
  const { remote, announced } = remoteOnNoNetwork(t)
  const screen = await remote.showsPairingScreen()

  const answer = await call(screen.port, codeOf(announced, screen.pin), 'Attic mini')

  assert.equal(answer.status, 200)
  const body = child(decode(new Uint8Array(await answer.arrayBuffer())), 'cmpa')
  assert.equal(child(body ?? [], 'cmpg'), BigInt(`0x${remote.guid}`))
  assert.equal(child(body ?? [], 'cmnm'), "Elke's iPhone")
  assert.equal(await screen.paired, 'Attic mini')
})

test('a wrong code is refused; after five the right one is too', async (t) => {
  const { remote, announced } = remoteOnNoNetwork(t)
  const screen = await remote.showsPairingScreen()

  const wrong: number[] = []
  for (let count = 0; count < 5; count++) wrong.push((await call(screen.port, '0'.repeat(32), 'X')).status)
  const right = await call(screen.port, codeOf(announced, screen.pin), 'X')

  assert.deepEqual(wrong, [404, 404, 404, 404, 404])
  assert.equal(right.status, 404)
})

test('the hostile one takes any code', async (t) => {
  const { remote } = remoteOnNoNetwork(t)
  const screen = await remote.saysYesToAnyPin()

  assert.equal((await call(screen.port, 'F'.repeat(32), 'X')).status, 200)
})

function remoteOnNoNetwork(t: TestContext) {
  const announced: ServiceToAnnounce[] = []
  const discovery: Discovery = {
    async announce(service) {
      announced.push(service)
      return { name: service.name, updateTxt() {}, async withdraw() {} }
    },
    browse: () => ({ close() {} }),
    reconfirm() {},
    async close() {},
  }
  const remote = fakeRemote(discovery)
  t.after(() => remote.closesScreen())
  return { remote, announced }
}

function codeOf(announced: readonly ServiceToAnnounce[], pin: string): string {
  const pair = announced[0]?.txt['Pair']
  assert.ok(typeof pair === 'string')
  return pairingCode(pair, pin, (bytes) => createHash('md5').update(bytes).digest())
}

function call(port: number, code: string, serviceName: string): Promise<Response> {
  const query = `pairingcode=${code}&servicename=${encodeURIComponent(serviceName)}`
  return fetch(`http://127.0.0.1:${port}/pair?${query}`)
}
