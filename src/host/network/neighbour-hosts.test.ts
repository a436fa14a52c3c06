// A host learns of others on its link while they are awake, and wakes one of them for a paired remote.

import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { fakeNetwork } from '../../../test/fakes/discovery.ts'
import { startHost, type TestHost } from '../../../test/fakes/host.ts'
import { eventually } from '../../../test/lab/eventually.ts'
import { systemClock } from '../../clock.ts'
import type { FoundService } from '../../discovery/index.ts'
import { KnownError } from '../../errors.ts'
import { openSqlite } from '../../library/index.ts'
import { silentLog } from '../../log.ts'
import { type ApiAnswer, encode, magicPacket, msmaOf } from '../../protocol/index.ts'
import { openNeighbourHosts } from './neighbour-hosts.ts'

/** Something that answers /server-info with these addresses; its port. */
async function sleeperWith(t: TestContext, body: Uint8Array): Promise<number> {
  const server = createServer((_request, response) => response.end(body))
  t.after(() => server.close())
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}

const serverInfo = (...macs: string[]) =>
  encode([
    'msrv',
    [
      ['mstt', 200],
      ['msml', macs.map((mac) => ['msma', msmaOf(mac)] as const)],
    ],
  ])

function service(name: string, port: number, rest: Partial<FoundService> = {}): FoundService {
  return {
    type: '_touch-able._tcp',
    name,
    hostName: 'studio.local',
    port,
    txt: new Map([['CtlN', new TextEncoder().encode(`Library ${name}`)]]),
    addresses: ['127.0.0.1'],
    interfaceName: 'lo',
    ...rest,
  }
}

async function known(host: TestHost): Promise<ApiAnswer<'neighbours'>['hosts']> {
  const answer = await host.owner('GET', '/api/neighbours')
  return ((await answer.json()) as ApiAnswer<'neighbours'>).hosts
}

test('a host that is seen is known from then on, also when it has gone; strangers may not ask', async (t) => {
  const network = fakeNetwork()
  const host = await startHost(t, { discovery: network })
  const port = await sleeperWith(t, serverInfo('d4:9a:20:d1:5e:63'))

  network.appears(service('AA', port))
  await eventually('it is known', async () => (await known(host)).length === 1)
  assert.equal((await known(host))[0]?.isHere, true)
  network.disappears(service('AA', port))

  const [learned] = await known(host)
  assert.equal(learned?.isHere, false)
  assert.equal(learned?.name, 'Library AA')
  assert.equal(learned.port, port)
  assert.equal((await host.get('/api/neighbours')).status, 403)
  const stranger = await host.api('POST', '/api/neighbours/wake', { host: 'AA' })
  assert.equal(stranger.status, 403)
})

test('only what was learned is woken: no other name, and never an address that somebody names', async (t) => {
  const network = fakeNetwork()
  const host = await startHost(t, { discovery: network })

  for (const wanted of ['Nobody', 'd4:9a:20:d1:5e:63', '192.168.1.255']) {
    const answer = await host.owner('POST', '/api/neighbours/wake', { host: wanted })
    assert.equal(answer.status, 404, wanted)
    assert.match(await answer.text(), /NO_HARDWARE_ADDRESS/)
  }
})

test('what answers nonsense, lies off the link or is ourselves is not learned', async (t) => {
  const network = fakeNetwork()
  const host = await startHost(t, { discovery: network })
  const nonsense = await sleeperWith(t, Buffer.from('msrv\xff\xff\xff\xff nonsense'))
  const groups = await sleeperWith(t, serverInfo('ff:ff:ff:ff:ff:ff', '01:00:5e:00:00:fb'))
  const endless = await sleeperWith(t, Buffer.alloc(200_000))
  const good = await sleeperWith(t, serverInfo('d4:9a:20:d1:5e:63'))

  network.appears(service('nonsense', nonsense))
  network.appears(service('groups', groups))
  network.appears(service('endless', endless))
  network.appears(service('gone', 1))
  network.appears(service('far', good, { addresses: ['203.0.113.9'] }))
  network.appears(service(host.directory.identity().instanceName, good))
  network.appears(service('good', good))

  await eventually('the good one', async () => (await known(host)).length > 0)
  assert.deepEqual(
    (await known(host)).map(({ serviceName }) => serviceName),
    ['good'],
  )
})

test('few packets a minute, whoever asks; the link hears three rounds of one', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'tonearm-neighbours-'))
  const database = openSqlite(join(folder, 'library.db'))
  const network = fakeNetwork()
  const sent: Uint8Array[] = []
  const hosts = openNeighbourHosts({
    ...{ database, discovery: network, log: silentLog, serviceName: () => 'ours' },
    clock: { ...systemClock, until: async () => {} }, // the rounds follow at once
    link: {
      destinationsFor: () => ['192.168.1.255'],
      async send(packet) {
        sent.push(packet)
      },
    },
  })
  t.after(() => {
    hosts.close()
    database.close()
    rmSync(folder, { recursive: true })
  })
  const mac = 'd4:9a:20:d1:5e:63'
  network.appears(service('AA', 3689, { owner: { sequence: 0, macAddress: mac, wakeAddress: mac } }))
  await eventually('it is known', () => hosts.list().length === 1)

  const packets: number[] = []
  for (let count = 0; count < 3; count += 1) packets.push((await hosts.wake('library aa')).packets)

  await assert.rejects(
    hosts.wake('AA'),
    (error) => error instanceof KnownError && error.code === 'WOKEN_LATELY',
  )
  assert.deepEqual(packets, [3, 3, 3])
  await eventually('all of them', () => sent.length === 9)
  assert.deepEqual(sent[8], magicPacket(mac))
})

test('a host that goes while the disk is full is away all the same', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'tonearm-neighbours-'))
  const database = openSqlite(join(folder, 'library.db'))
  const network = fakeNetwork()
  const ours = { serviceName: () => 'ours', log: silentLog, clock: systemClock }
  const hosts = openNeighbourHosts({ database, discovery: network, ...ours })
  t.after(() => {
    hosts.close()
    database.close()
    rmSync(folder, { recursive: true })
  })
  const mac = 'd4:9a:20:d1:5e:63'
  const studio = service('AA', 3689, { owner: { sequence: 0, macAddress: mac, wakeAddress: mac } })
  network.appears(studio)
  await eventually('it is known', () => hosts.list().length === 1)
  t.mock.method(database, 'run', () => {
    throw new KnownError('DISK_FULL')
  })

  network.disappears(studio)

  assert.equal(hosts.list()[0]?.isHere, false)
})
