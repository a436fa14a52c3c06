// Services listed by plain DNS: against a DNS server of the test's own, kind and otherwise. Real sockets, on loopback.

import assert from 'node:assert/strict'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { fakeClock } from '../../../test/fakes/clock.ts'
import { eventually } from '../../../test/lab/eventually.ts'
import { type DnsMessage, decode, encode, message } from '../dns/message.ts'
import { labelOf, type Name, nameOf } from '../dns/name.ts'
import { type DnsRecord, internetClass, isAnswerTo } from '../dns/records.ts'
import { txtText } from '../dns/txt.ts'
import type { FoundService } from '../types.ts'
import { searchDomainsIn, systemSearchDomains } from './resolv-conf.ts'
import { serverAddress } from './unicast-dns.ts'
import { openWideArea } from './wide-area.ts'

const type = '_touch-able._tcp'
const attic: Name = [labelOf('Dr. Dre ♪ 1'), ...nameOf(`${type}.home.test`)]
const host = nameOf('attic.home.test')

test('what a domain lists is found, its names whole; so is what comes and goes later', async (t) => {
  const clock = fakeClock()
  const server = await dnsServer(t, services(attic))
  const { found } = watching(t, { domains: ['home.test'], servers: [server.address], clock })

  const service = await eventually('the service', () => found.get('Dr. Dre ♪ 1'))
  assert.equal(service.port, 3689)
  assert.deepEqual(service.addresses, ['10.1.0.20', 'fd77::20'])
  assert.equal(service.domain, 'home.test')
  assert.equal(txtText(service.txt, 'CtlN'), 'Attic')

  server.records.splice(0)
  await eventually('it is gone', async () => {
    await clock.advance(5000)
    return found.size === 0
  })
})

test('the domains to browse are those that the search domain names', async (t) => {
  const records = [...services(attic), pointer('b._dns-sd._udp.office.test', nameOf('home.test'))]
  const server = await dnsServer(t, records)
  const { found } = watching(t, { domains: [], searchDomains: ['office.test'], servers: [server.address] })

  await eventually('the service', () => found.has('Dr. Dre ♪ 1'))
  assert.ok(!server.asked.has('PTR _touch-able._tcp.office.test'), 'a search domain alone is not browsed')
})

test('a list too long for UDP comes by TCP, and no more than a hundred of it', async (t) => {
  const many = Array.from(
    { length: 300 },
    (_, number): Name => [labelOf(`${number}`), ...nameOf(`${type}.home.test`)],
  )
  const server = await dnsServer(
    t,
    many.flatMap((name) => services(name)),
    { longestUdpBytes: 512 },
  )
  const { found } = watching(t, { domains: ['home.test'], servers: [server.address] })

  await eventually('a hundred services', () => found.size === 100, 60_000)
  assert.ok(server.tcpCalls > 0)
})

test('a server that says nothing, refuses, or lies does not hide what the next one knows', async (t) => {
  const good = await dnsServer(t, services(attic))
  const bad = [
    await dnsServer(t, [], { answer: () => undefined }),
    await dnsServer(t, [], { answer: (query) => message({ ...query, flags: 0x8005 }) }),
    await dnsServer(t, [], { answer: (query) => message({ ...query, id: query.id ^ 1, flags: 0x8000 }) }),
    await dnsServer(t, [], { answer: (query) => message({ id: query.id, flags: 0x8000 }) }),
    await dnsServer(t, [], { raw: Uint8Array.of(0xc0, 0x0c, 1, 2, 3) }),
  ]
  const lists = bad.map((server) =>
    watching(t, { domains: ['home.test'], servers: [server.address, good.address] }),
  )

  for (const { found } of lists) await eventually('the service', () => found.has('Dr. Dre ♪ 1'), 60_000)
})

test('records that lead nowhere, to ourselves or round in a circle show nothing', async (t) => {
  const inDomain = (label: string): Name => [labelOf(label), ...nameOf(`${type}.home.test`)]
  const list = nameOf(`${type}.home.test`)
  const server = await dnsServer(t, [
    ...services(attic),
    pointer(list, list),
    pointer(list, nameOf('elsewhere.test')),
    pointer(list, inDomain('no records')),
    ...services(inDomain('loopback'), nameOf('loopback.test')),
    address(nameOf('loopback.test'), '127.0.0.1'),
    ...services(inDomain('no address'), nameOf('nothing.test')),
    ...services(inDomain('itself'), inDomain('itself')),
    { ...common, type: 5, name: inDomain('alias'), data: Uint8Array.of(0xc0, 0x0c) },
  ])
  const { found } = watching(t, { domains: ['home.test'], servers: [server.address] })

  await eventually('the good one', () => found.size > 0)
  assert.deepEqual([...found.keys()], ['Dr. Dre ♪ 1'])
})

test('without servers, without domains, and closed in the middle it is quiet', async (t) => {
  const silent = await dnsServer(t, [], { answer: () => undefined })
  assert.equal(watching(t, { domains: ['home.test'], servers: [] }).found.size, 0)
  assert.equal(watching(t, { domains: [], servers: [silent.address] }).found.size, 0)
  const { close } = watching(t, { domains: ['home.test'], servers: [silent.address] })
  await eventually('the question', () => silent.asked.size > 0)
  close()
})

test('addresses of servers as the system says them', () => {
  assert.deepEqual(serverAddress('192.168.1.1'), { address: '192.168.1.1', port: 53 })
  assert.deepEqual(serverAddress('192.168.1.1:5353'), { address: '192.168.1.1', port: 5353 })
  assert.deepEqual(serverAddress('fd00::1'), { address: 'fd00::1', port: 53 })
  assert.deepEqual(serverAddress('[fd00::1]:5353'), { address: 'fd00::1', port: 5353 })
})

test('resolv.conf is read as it is, however odd', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'tonearm-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  const file = join(folder, 'resolv.conf')
  writeFileSync(file, 'nameserver 10.0.0.1\r\nsearch Home.Test. office.test local\r\n', { mode: 0o444 })

  assert.deepEqual(systemSearchDomains(file), ['home.test', 'office.test'])
  assert.deepEqual(systemSearchDomains(join(folder, 'missing')), [])
  assert.deepEqual(systemSearchDomains(folder), [], 'a directory')
  assert.deepEqual(systemSearchDomains('/dev/zero'), [], 'a device without end')
  assert.deepEqual(searchDomainsIn('search a.test\ndomain b.test'), ['b.test'], 'the last line counts')
  assert.deepEqual(searchDomainsIn('search ../../etc a..b -- \0 x.test'), ['--', 'x.test'])
  assert.deepEqual(searchDomainsIn(`search ${'a.'.repeat(200)}test`), [])
  assert.equal(
    searchDomainsIn(`search ${Array.from({ length: 50 }, (_, i) => `d${i}.test`).join(' ')}`).length,
    6,
  )
})

const common = { classCode: internetClass, isUnique: false, ttlSeconds: 60 } as const

function pointer(name: Name | string, target: Name): DnsRecord {
  return { ...common, type: 'PTR', name: typeof name === 'string' ? nameOf(name) : name, target }
}

function address(name: Name, text: string): DnsRecord {
  return { ...common, type: text.includes(':') ? 'AAAA' : 'A', name, address: text }
}

function services(instance: Name, target = host): DnsRecord[] {
  return [
    pointer(instance.slice(1), instance),
    { ...common, type: 'SRV', name: instance, priority: 0, weight: 0, port: 3689, target },
    { ...common, type: 'TXT', name: instance, strings: [Buffer.from('CtlN=Attic')] },
    ...(target === host ? [address(host, '10.1.0.20'), address(host, 'fd77::20')] : []),
  ]
}

interface ServerManners {
  readonly longestUdpBytes?: number
  readonly answer?: (query: DnsMessage) => DnsMessage | undefined
  /** Says this, whatever is asked. */
  readonly raw?: Uint8Array
}

/** UDP and TCP on one port of loopback. */
async function dnsServer(t: TestContext, records: DnsRecord[], manners: ServerManners = {}) {
  const asked = new Set<string>()
  const state = { tcpCalls: 0 }
  const answer = (bytes: Uint8Array): Uint8Array | undefined => {
    const query = decode(bytes)
    const [one] = query.questions
    if (!one) return undefined
    asked.add(`${one.type} ${one.name.map((label) => Buffer.from(label).toString()).join('.')}`)
    if (manners.raw) return manners.raw
    const answers = [...new Map(records.map((record) => [JSON.stringify(record), record])).values()].filter(
      (record) => isAnswerTo(record, one),
    )
    const reply = manners.answer
      ? manners.answer(query)
      : message({ id: query.id, flags: 0x8180, questions: query.questions, answers })
    return reply && encode(reply)
  }
  const tcp = createServer((socket) => {
    state.tcpCalls += 1
    socket.on('error', () => undefined)
    socket.once('data', (data) => {
      const reply = answer(data.subarray(2)) ?? new Uint8Array()
      const head = Buffer.alloc(2)
      head.writeUInt16BE(reply.length)
      socket.end(Buffer.concat([head, reply]))
    })
  })
  tcp.listen(0, '127.0.0.1')
  await once(tcp, 'listening')
  const { port } = tcp.address() as { port: number }
  const udp = createSocket('udp4')
  udp.on('message', (bytes, from) => {
    const reply = answer(bytes)
    if (!reply) return
    const isLong = reply.length > (manners.longestUdpBytes ?? 9000)
    const query = decode(bytes)
    const sent = isLong ? encode(message({ id: query.id, flags: 0x8380, questions: query.questions })) : reply
    udp.send(sent, from.port, from.address)
  })
  udp.bind(port, '127.0.0.1')
  await once(udp, 'listening')
  t.after(() => {
    udp.close()
    tcp.close()
  })
  return {
    address: `127.0.0.1:${port}`,
    records,
    asked,
    get tcpCalls() {
      return state.tcpCalls
    },
  }
}

function watching(
  t: TestContext,
  options: Omit<Parameters<typeof openWideArea>[0], 'clock'> & { clock?: ReturnType<typeof fakeClock> },
) {
  const found = new Map<string, FoundService>()
  const wideArea = openWideArea({ clock: fakeClock(), ...options })
  wideArea.browse(type, {
    onUp: (service) => found.set(service.name, service),
    onDown: ({ name }) => found.delete(name),
  })
  t.after(() => wideArea.close())
  return { found, close: () => wideArea.close() }
}
