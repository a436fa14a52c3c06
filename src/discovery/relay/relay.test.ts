// A relay between two networks without sockets, in time that is moved by hand.

import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { type FakeClock, fakeClock } from '../../../test/fakes/clock.ts'
import { type FakeLan, fakeLan, type LanMachine } from '../../../test/fakes/lan.ts'
import { silentLog } from '../../log.ts'
import { startDiscovery } from '../discovery.ts'
import { type DnsMessage, isResponse, message, responseFlags } from '../dns/message.ts'
import { instanceName, nameOf, nameText, typeName } from '../dns/name.ts'
import { type DnsRecord, internetClass, question } from '../dns/records.ts'
import { txtText } from '../dns/txt.ts'
import type { Discovery, FoundService, ServiceToAnnounce } from '../types.ts'
import { startRelay } from './relay.ts'

const types = ['_touch-able._tcp', '_touch-remote._tcp']
const host: ServiceToAnnounce = {
  type: '_touch-able._tcp',
  name: 'Dr. Dre ♪',
  port: 3689,
  txt: { CtlN: 'Attic', raw: Uint8Array.of(0, 255) },
}
/** How long a relay listens before it says anything, and a moment more. */
const settleMs = 6000

test('what is at home on one link is found on the other, whole, with a mark and ten seconds to live', async (t) => {
  const { clock, home, office, relay, machine } = house(t)
  await relay()
  const attic = await machine(home, '192.168.1.20')
  const desk = watching(await machine(office, '192.168.1.30'))
  await announced(clock, attic, host)

  await clock.advance(settleMs)

  const [service] = desk.there
  assert.equal(service?.name, 'Dr. Dre ♪')
  assert.equal(service?.port, 3689)
  assert.deepEqual(service?.addresses, ['192.168.1.20'])
  assert.equal(textOf(service, 'CtlN'), 'Attic')
  assert.deepEqual(service?.txt.get('raw'), Uint8Array.of(0, 255))
  assert.equal(textOf(service, 'relayed'), '00000001')
  const relayed = recordsAbout(office)
  assert.ok(relayed.length > 0)
  assert.ok(relayed.every(({ ttlSeconds }) => ttlSeconds <= 10))
})

test('it works both ways at once, pairing requests too; other types stay where they are', async (t) => {
  const { clock, home, office, relay, machine } = house(t)
  await relay()
  const attic = await machine(home, '192.168.1.20')
  const desk = await machine(office, '192.168.1.30')
  const atHome = watching(attic, '_touch-remote._tcp')
  const atWork = watching(desk)
  const printers = watching(desk, '_ipp._tcp')
  await announced(clock, attic, host)
  await announced(clock, attic, { ...host, type: '_ipp._tcp' })
  await announced(clock, desk, { type: '_touch-remote._tcp', name: 'a1b2', port: 49_160, txt: { Pair: '1' } })

  await clock.advance(settleMs)

  assert.deepEqual(namesOf(atWork.there), ['Dr. Dre ♪'])
  assert.deepEqual(namesOf(atHome.there), ['a1b2'])
  assert.deepEqual(printers.there, [])
})

test('goodbye passes through; so does the silence of a host that was cut off; so does its return', async (t) => {
  const { clock, home, office, relay, machine } = house(t)
  await relay()
  const attic = await machine(home, '192.168.1.20')
  const cellar = home.machine('192.168.1.21')
  const cut = await machine(home, '192.168.1.21', cellar)
  const desk = watching(await machine(office, '192.168.1.30'))
  const leaving = await announced(clock, attic, host)
  await announced(clock, cut, { ...host, name: 'Cellar' })
  await clock.advance(settleMs)
  assert.deepEqual(namesOf(desk.there), ['Cellar', 'Dr. Dre ♪'])

  await leaving.withdraw()
  await clock.advance(4000)
  assert.deepEqual(namesOf(desk.there), ['Cellar'])

  cellar.setConnected(false)
  // Somebody watches, and asks every eight seconds: the relay does not answer from what it has known for two minutes.
  await clock.advance(30_000)
  assert.deepEqual(namesOf(desk.there), [])

  cellar.setConnected(true)
  await clock.advance(settleMs)
  assert.deepEqual(namesOf(desk.there), ['Cellar'])
})

test('a host that died while nobody looked is shown to the next who looks for two seconds at most', async (t) => {
  const { clock, home, office, relay, machine } = house(t)
  await relay()
  const cellar = home.machine('192.168.1.21')
  await announced(clock, await machine(home, '192.168.1.21', cellar), host)
  await clock.advance(settleMs + 20_000)
  cellar.setConnected(false)
  const desk = watching(await machine(office, '192.168.1.30'))
  await clock.advance(5000)
  assert.deepEqual(desk.there, [])
})

test('two relays between the same links: one speaks, nothing goes round, and the other goes on when it ends', async (t) => {
  const { clock, home, office, relay, machine } = house(t)
  const attic = await machine(home, '192.168.1.20')
  const desk = watching(await machine(office, '192.168.1.30'))
  await announced(clock, attic, host)
  const first = await relay('00000001', '192.168.1.1')
  await relay('00000002', '192.168.1.2')
  await clock.advance(20_000)
  assert.equal(textOf(desk.there[0], 'relayed'), '00000001')

  const before = { home: home.heard.length, office: office.heard.length }
  await clock.advance(60_000)

  const speakers = new Set(
    office.heard
      .slice(before.office)
      .flatMap(({ from, message: { answers } }) =>
        answers.some(({ type }) => type === 'SRV') ? [from] : [],
      ),
  )
  assert.deepEqual([...speakers], ['192.168.1.1'])
  assert.ok(home.heard.length - before.home < 20, `${home.heard.length - before.home} packets at home`)
  assert.ok(
    office.heard.length - before.office < 90,
    `${office.heard.length - before.office} packets at work`,
  )
  assert.equal(recordsAbout(home).filter(isMarked).length, 0, 'nothing came back')

  await first.close()
  await clock.advance(15_000)
  assert.equal(textOf(desk.there[0], 'relayed'), '00000002')
})

test('whoever is at home on a link keeps its name there: the relay gives way', async (t) => {
  const { clock, home, office, relay, machine } = house(t)
  await relay()
  const attic = await machine(home, '192.168.1.20')
  const desk = watching(await machine(office, '192.168.1.30'))
  await announced(clock, attic, host)
  await clock.advance(settleMs)
  assert.equal(textOf(desk.there[0], 'relayed'), '00000001')

  const moved = await announced(clock, await machine(office, '192.168.1.31'), host)
  await clock.advance(20_000)

  assert.equal(moved.name, 'Dr. Dre ♪')
  assert.deepEqual(
    desk.there.map(({ addresses }) => addresses),
    [['192.168.1.31']],
  )
  assert.equal(textOf(desk.there[0], 'relayed'), undefined)
})

test('plain DNS clients on the link are answered; those who ask from another link are not', async (t) => {
  const { clock, home, office, relay, machine } = house(t)
  await relay()
  await announced(clock, await machine(home, '192.168.1.20'), host)
  await clock.advance(settleMs)
  const asked = message({ id: 77, questions: [question(typeName(host.type), 'PTR')] })
  const asks = async (from: { address: string; port: number }) => {
    const before = office.heard.length
    office.inject(asked, from)
    await clock.advance(3000)
    return office.heard.slice(before).filter(({ message: heard }) => heard.answers.length > 0)
  }

  const [plain] = await asks({ address: '192.168.1.40', port: 50_000 })
  assert.equal(plain?.to, '192.168.1.40')
  assert.equal(plain?.message.id, 77)
  assert.ok(plain?.message.additionals.some(({ type }) => type === 'SRV'))
  assert.deepEqual(await asks({ address: '10.9.9.9', port: 50_000 }), [])
  assert.deepEqual(await asks({ address: '10.9.9.9', port: 5353 }), [])
})

test('of 5,000 services 200 are relayed, and they stay the same ones', async (t) => {
  const { clock, home, office, relay } = house(t)
  await relay()
  for (let number = 0; number < 5000; number += 50) home.inject(announcementOf(range(number, 50)))
  await clock.advance(settleMs)
  const first = shownNames(office)
  assert.equal(first.size, 200)

  home.inject(announcementOf(range(5000, 50)))
  await clock.advance(5000)
  assert.deepEqual(shownNames(office), first)
})

test('what flaps on one link is told to the other in few packets', async (t) => {
  const { clock, home, office, relay, machine } = house(t)
  await relay()
  const desk = watching(await machine(office, '192.168.1.30'))
  await clock.advance(settleMs)
  const before = office.heard.length

  for (let i = 0; i < 200; i += 1) {
    home.inject(announcementOf([1], i % 2 === 0 ? 120 : 0))
    await clock.advance(50)
  }
  home.inject(announcementOf([1]))
  await clock.advance(5000)

  assert.ok(office.heard.length - before < 100, `${office.heard.length - before} packets`)
  assert.deepEqual(namesOf(desk.there), ['Host 1'])
})

/** Two networks, and what it takes to fill them. */
function house(t: TestContext) {
  const clock = fakeClock(1000)
  const home = fakeLan(clock)
  const office = fakeLan(clock)
  const closers: (() => Promise<void>)[] = []
  t.after(async () => {
    for (const close of closers.toReversed()) await close()
  })
  return {
    clock,
    home,
    office,
    async relay(mark = '00000001', address = '192.168.1.1') {
      const links = new Map([
        ['home', home.machine(address)],
        ['office', office.machine(address)],
      ])
      const relay = await startRelay({
        types,
        linkNames: () => [...links.keys()],
        makeNetwork: (link, onPacket) => {
          const network = links.get(link)?.makeNetwork(onPacket)
          assert.ok(network)
          return network
        },
        mark,
        log: silentLog,
        clock,
        random: () => 0.5,
      })
      closers.push(() => relay.close())
      return relay
    },
    async machine(lan: FakeLan, address: string, machine: LanMachine = lan.machine(address)) {
      const discovery = await startDiscovery({
        makeNetwork: (onPacket) => machine.makeNetwork(onPacket),
        log: silentLog,
        clock,
        hostLabel: `machine-${address.replaceAll('.', '-')}`,
        random: () => 0.5,
      })
      closers.push(() => discovery.close())
      return discovery
    },
  }
}

/** Announced, and a second later. */
async function announced(clock: FakeClock, discovery: Discovery, service: ServiceToAnnounce) {
  const announcing = discovery.announce(service)
  await clock.advance(2000)
  return announcing
}

function watching(discovery: Discovery, type = host.type) {
  const found = new Map<string, FoundService>()
  discovery.browse(type, {
    onUp: (service) => found.set(service.name, service),
    onDown: ({ name }) => found.delete(name),
  })
  return {
    get there() {
      return [...found.values()]
    },
  }
}

function namesOf(services: readonly FoundService[]): string[] {
  return services.map(({ name }) => name).toSorted()
}

function textOf(service: FoundService | undefined, key: string): string | undefined {
  return txtText(service?.txt ?? new Map(), key)
}

/** Records that say something of a service, in answers. */
function recordsAbout(lan: FakeLan): DnsRecord[] {
  return lan.heard
    .filter(({ message: heard }) => isResponse(heard))
    .flatMap(({ message: { answers, additionals } }) => answers.concat(additionals))
}

function isMarked(record: DnsRecord): boolean {
  return (
    record.type === 'TXT' &&
    record.strings.some((text) => Buffer.from(text).toString().startsWith('relayed='))
  )
}

function shownNames(lan: FakeLan): Set<string> {
  return new Set(
    recordsAbout(lan).flatMap((record) => (record.type === 'SRV' ? [nameText(record.name)] : [])),
  )
}

function announcementOf(numbers: readonly number[], ttlSeconds = 120): DnsMessage {
  const unique = { classCode: internetClass, isUnique: true, ttlSeconds }
  const target = nameOf('stranger.local')
  const services = numbers.flatMap((number): DnsRecord[] => {
    const name = instanceName(`Host ${number}`, host.type)
    return [
      { ...unique, isUnique: false, type: 'PTR', name: typeName(host.type), target: name },
      { ...unique, type: 'SRV', name, priority: 0, weight: 0, port: 3689, target },
      { ...unique, type: 'TXT', name, strings: [] },
    ]
  })
  const address: DnsRecord = { ...unique, type: 'A', name: target, address: '192.168.1.99' }
  return message({ flags: responseFlags, answers: [...services, address] })
}

function range(start: number, length: number): number[] {
  return Array.from({ length }, (_, index) => start + index)
}
