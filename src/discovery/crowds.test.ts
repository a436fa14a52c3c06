// Much of everything: services, records, farewells, interfaces that come and go. Nobody crashes, nobody storms.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fakeClock } from '../../test/fakes/clock.ts'
import { announce, join, listen, twoMachines } from '../../test/fakes/discovering.ts'
import { fakeLan } from '../../test/fakes/lan.ts'
import { encode, message, responseFlags } from './dns/message.ts'
import { instanceName, nameOf, typeName } from './dns/name.ts'
import type { DnsRecord } from './dns/records.ts'
import { addressRecords, goodbyeRecords, instanceRecords, pointerRecords } from './responder/zone.ts'
import type { ServiceToAnnounce } from './types.ts'

const studio: ServiceToAnnounce = { type: '_touch-able._tcp', name: 'Studio', port: 3689, txt: {} }
const neighbour = { name: '', scope: '', addresses: [ipv4('192.168.1.99')] }
const far = nameOf('far.local')

test('five thousand services on the link are all found, with few questions', async () => {
  const { clock, lan, remote } = await twoMachines()
  const heard = listen(remote, studio.type)
  await clock.advance(1000)
  const before = lan.heard.length

  for (let i = 0; i < 5000; i += 10) {
    lan.inject(message({ flags: responseFlags, answers: services(i, i + 10) }))
    await clock.advance(2)
  }
  await clock.advance(3000)

  assert.equal(heard.ups.length, 5000)
  const asked = lan.heard.slice(before).filter(({ from }) => from === '192.168.1.2').length
  assert.ok(asked <= 300, `${asked} packets, most of them with what is known already`)
})

test('a packet that claims ten thousand records, and one that is full of them', async () => {
  const { clock, lan, host, remote } = await twoMachines()
  const heard = listen(remote, studio.type)
  await announce(clock, host, studio)
  const full = encode(
    message({ flags: responseFlags, answers: Array.from({ length: 10_000 }, () => cname('x')) }),
  )
  const claims = full.slice(0, 100)

  lan.injectBytes(claims)
  lan.injectBytes(full)
  await clock.advance(1000)

  assert.deepEqual(
    heard.ups.map(({ name }) => name),
    ['Studio'],
  )
})

test('aliases and hosts that refer to themselves lead nowhere, and are not asked for in a storm', async () => {
  const { clock, lan, remote } = await twoMachines()
  const heard = listen(remote, studio.type)
  await clock.advance(5000)
  const before = lan.heard.length
  const instance = instanceName('Studio', studio.type)

  for (let i = 0; i < 50; i += 1) {
    lan.inject(
      message({
        flags: responseFlags,
        answers: [...pointerRecords(studio), ...instanceRecords(studio, instance), cname('Studio')],
      }),
    )
    await clock.advance(1000)
  }

  assert.deepEqual(heard.ups, [])
  const asked = lan.heard.slice(before).filter(({ from }) => from === '192.168.1.2').length
  assert.ok(asked <= 20, `${asked} questions`)
})

test('a flood of farewells: those who live stay, and the owner answers once a second at most', async () => {
  const { clock, lan, host, remote } = await twoMachines()
  const heard = listen(remote, studio.type)
  await announce(clock, host, studio)
  await clock.advance(10_000)
  const before = lan.heard.length
  const farewell = goodbyeRecords(studio, nameOf('host.local'))

  for (let i = 0; i < 1000; i += 1) {
    lan.inject(message({ flags: responseFlags, answers: farewell }))
    await clock.advance(10)
  }
  await clock.advance(3000)

  assert.deepEqual(heard.downs, [])
  const sent = lan.heard.slice(before).filter(({ from }) => from !== '192.168.1.99').length
  assert.ok(sent <= 60, `${sent} packets in thirteen seconds`)
})

test('a link that comes and goes a hundred times: still found in the end, few packets each time', async () => {
  const { clock, lan, machines, host, remote } = await twoMachines()
  const heard = listen(remote, studio.type)
  await announce(clock, host, studio)

  for (let i = 0; i < 100; i += 1) {
    machines.host.setConnected(i % 2 === 1)
    await clock.advance(2500)
  }
  await clock.advance(5000)

  assert.equal(heard.ups.at(-1)?.name, 'Studio')
  assert.equal(heard.ups.length - heard.downs.length >= 1, true)
  const sent = lan.heard.filter(({ from }) => from === '192.168.1.1').length
  assert.ok(sent <= 50 * 12, `${sent} packets for fifty arrivals`)
})

test('five who start at the same instant under one name end with five names, hosts too', async () => {
  const clock = fakeClock()
  const lan = fakeLan(clock)
  const five = await Promise.all(
    [1, 2, 3, 4, 5].map((n) => join(clock, lan.machine(`192.168.1.${n}`), 'twin')),
  )
  const heard = listen(five[0] as (typeof five)[number], studio.type)

  const announcing = Promise.all(five.map((one, index) => one.announce({ ...studio, port: 4000 + index })))
  await clock.advance(30_000)
  const names = (await announcing).map(({ name }) => name)

  assert.equal(new Set(names).size, 5)
  const hosts = new Map(heard.ups.map(({ name, hostName }) => [name, hostName]))
  assert.equal(new Set(hosts.values()).size, 5)
})

function services(from: number, to: number): DnsRecord[] {
  return Array.from({ length: to - from }, (_, i) => service(`s${from + i}`)).flat()
}

function service(name: string): DnsRecord[] {
  const one = { ...studio, name }
  return [...pointerRecords(one).slice(0, 1), ...instanceRecords(one, far), ...addressRecords(far, neighbour)]
}

/** An alias of itself (type 5, which we do not follow). */
function cname(label: string): DnsRecord {
  const name = [new TextEncoder().encode(label), ...typeName(studio.type)]
  return { name, type: 5, classCode: 1, isUnique: true, ttlSeconds: 120, data: Uint8Array.of(0xc0, 0x0c) }
}

function ipv4(address: string) {
  return { address, family: 'IPv4', prefixLength: 24 } as const
}
