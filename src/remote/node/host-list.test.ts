// What a person sees of hosts that come and go, with real calls to real sockets.

import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { type TestContext, test } from 'node:test'
import { fakeClock } from '../../../test/fakes/clock.ts'
import { fakeNetwork, touchAble } from '../../../test/fakes/discovery.ts'
import { eventually } from '../../../test/lab/eventually.ts'
import type { KnownHost } from '../memory.ts'
import { type HostListOptions, type ListedHost, listHosts } from './host-list.ts'

const studio: KnownHost = {
  serviceName: '63B5E5C0C201542E',
  name: 'Studio',
  address: '192.168.1.20:3689',
  guid: '00000000000000A1',
  macAddresses: ['d4:9a:20:d1:5e:63'],
  lastSeenAtMs: Date.UTC(2025, 11, 24),
}

test('a host that dies without a goodbye is away when its connection ends, and here again when it takes calls', async (t) => {
  const { network, list, changes } = watching(t)
  const host = await takesCalls(t)
  network.appears(touchAble({ name: 'Attic', port: host.port }))
  await eventually('a call', () => host.calls() === 1)

  await host.dies()
  await eventually('away', () => list.hosts.length === 1 && !list.hosts[0]?.isHere)
  assert.deepEqual(network.reconfirmed, ['63B5E5C0C201542E'])

  // Back before its records ran out: nothing new is heard of it.
  await host.takesCallsAgain()
  await eventually('here again', () => list.hosts[0]?.isHere)
  assert.deepEqual(shown(changes), ['Attic here', 'Attic away', 'Attic here'])
})

test('a goodbye is believed at once, and who is known stays in the list', async (t) => {
  const { network, list, changes, clock } = watching(t, { known: [studio] }, fakeClock())
  const host = await takesCalls(t)
  assert.deepEqual(shown(list.hosts), ['Studio away'])
  assert.equal(list.hosts[0]?.lastSeenAtMs, studio.lastSeenAtMs)

  network.appears(touchAble({ name: 'Studio', port: host.port }))
  network.appears(touchAble({ name: 'Stranger', port: host.port, instance: 'S' }))
  network.disappears(touchAble({ name: 'Studio', port: host.port }))
  network.disappears(touchAble({ name: 'Stranger', port: host.port, instance: 'S' }))

  assert.deepEqual(shown(changes), ['Studio here', 'Stranger here', 'Studio away', 'Stranger away'])
  assert.deepEqual(shown(list.hosts), ['Studio away'])
  assert.equal(list.hosts[0]?.lastSeenAtMs, clock.wallMs())
})

test('one that nobody can call is away, whatever others announce of it', async (t) => {
  const { network, list, changes } = watching(t)
  const host = await takesCalls(t)
  await host.dies()

  network.appears(touchAble({ name: 'Attic', port: host.port }))

  await eventually('away', () => !list.hosts[0]?.isHere)
  assert.deepEqual(shown(changes), ['Attic here', 'Attic away'])
})

test('one that somebody doubts is called anew', async (t) => {
  const { network, list } = watching(t)
  const host = await takesCalls(t)
  network.appears(touchAble({ name: 'Attic', port: host.port }))
  await eventually('a call', () => host.calls() === 1)

  list.doubt('63B5E5C0C201542E')

  await eventually('another call', () => host.calls() === 2)
  assert.deepEqual(shown(list.hosts), ['Attic here'])
})

test('one that hangs up at once is not stormed', async (t) => {
  const { network, list, clock } = watching(t, {}, fakeClock())
  const host = await takesCalls(t, { hangsUp: true })
  network.appears(touchAble({ name: 'Attic', port: host.port }))

  for (const [index, pauseMs] of [250, 500, 1000, 2000].entries()) {
    await eventually('a pause', () => clock.waiting === 1)
    assert.equal(host.calls(), index + 1)
    await clock.advance(pauseMs)
  }
  assert.deepEqual(shown(list.hosts), ['Attic here'])
})

test('however many hosts are announced, some of them are called', async (t) => {
  const { network, list } = watching(t)
  const host = await takesCalls(t)
  for (let i = 0; i < 200; i += 1)
    network.appears(touchAble({ name: `Host ${i}`, port: host.port, instance: `${i}` }))

  await eventually('calls', () => host.calls() >= 64)
  assert.equal(host.calls(), 64)
  assert.equal(list.hosts.length, 200)
  assert.ok(list.hosts.every(({ isHere }) => isHere))
})

test('whom the link announces far away is not called, and keeps no neighbour from being', async (t) => {
  const { network, list } = watching(t)
  const host = await takesCalls(t)
  for (let i = 0; i < 64; i += 1)
    network.appears({
      ...touchAble({ name: `Far ${i}`, port: 3689, instance: `${i}` }),
      addresses: ['198.51.100.1'],
    })

  network.appears(touchAble({ name: 'Attic', port: host.port }))

  await eventually('a call', () => host.calls() === 1)
  assert.ok(list.hosts.every(({ isHere }) => isHere))
})

function watching<Clock extends HostListOptions['clock']>(
  t: TestContext,
  options: Partial<HostListOptions> = {},
  clock?: Clock,
) {
  const network = fakeNetwork()
  const changes: ListedHost[] = []
  const list = listHosts({
    discovery: network,
    ...(clock && { clock }),
    onChange: (host) => changes.push(host),
    ...options,
  })
  t.after(() => list.close())
  return { network, list, changes, clock: clock as NonNullable<Clock> }
}

/** A host, as far as a call can tell. */
async function takesCalls(t: TestContext, { hangsUp = false } = {}) {
  const sockets = new Set<Socket>()
  let calls = 0
  const server = createServer((socket) => {
    calls += 1
    sockets.add(socket)
    socket.on('error', () => {})
    if (hangsUp) socket.end()
  })
  const listen = async (port: number) => {
    server.listen(port, '127.0.0.1')
    await once(server, 'listening')
  }
  const dies = async () => {
    const closed = new Promise((resolve) => server.close(resolve))
    for (const socket of sockets) socket.destroy()
    await closed
  }
  await listen(0)
  const { port } = server.address() as AddressInfo
  t.after(dies)
  return { port, calls: () => calls, dies, takesCallsAgain: () => listen(port) }
}

function shown(hosts: readonly ListedHost[]): string[] {
  return hosts.map(({ name, isHere }) => `${name} ${isHere ? 'here' : 'away'}`)
}
