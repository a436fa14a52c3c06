// Strangers on the link who lie, flood and take names: we stay found, find, and stay quiet.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fakeClock } from '../../test/fakes/clock.ts'
import { announce, join, listen, twoMachines } from '../../test/fakes/discovering.ts'
import { type FakeLan, fakeLan } from '../../test/fakes/lan.ts'
import { type Log, silentLog } from '../log.ts'
import { decode, encode, message, responseFlags } from './dns/message.ts'
import { nameOf, nameText, typeName } from './dns/name.ts'
import { question } from './dns/records.ts'
import { instanceRecords, pointerRecords, withTtl } from './responder/zone.ts'
import type { ServiceToAnnounce } from './types.ts'

const studio: ServiceToAnnounce = {
  type: '_touch-able._tcp',
  name: 'Studio',
  port: 3689,
  txt: { CtlN: 'Studio' },
}
const evil = nameOf('evil.local')

test('a name is refused that takes more than 127 pointers', () => {
  // In the data of the first record: the end of a name at 23, then pointers, each to the one before.
  const chain = Array.from({ length: 200 }, (_, i) => [0xc0 | ((22 + 2 * i) >> 8), (22 + 2 * i) & 0xff])
    .flat()
    .with(1, 23)
  const opaque = [0, 0, 99, 0, 1, 0, 0, 0, 9, chain.length >> 8, (chain.length & 0xff) + 1, 0, ...chain]
  const last = 12 + opaque.length - 2
  const asked = [0xc0 | (last >> 8), last & 0xff, 0, 99, 0, 1, 0, 0, 0, 9, 0, 0]

  assert.throws(() => decode(Uint8Array.of(0, 0, 0x84, 0, 0, 0, 0, 2, 0, 0, 0, 0, ...opaque, ...asked)), {
    code: 'BAD_PACKET',
    details: { offset: 170, reason: 'name has too many pointers' },
  })
})

test('a legacy query with a thousand questions gets a small answer', async () => {
  const { clock, lan, host } = await twoMachines()
  await announce(clock, host, studio)
  const questions = Array.from({ length: 1000 }, () => question(typeName(studio.type), 'PTR'))

  lan.inject(message({ id: 5, questions }), { port: 40_000 })
  await clock.advance(10)

  const reply = lan.heard.find(({ to }) => to !== undefined)
  assert.ok(reply && encode(reply.message).length < 512)
})

test('thousands of pointers to nowhere, once, hide nobody who comes later', async () => {
  const { clock, lan, host, remote } = await twoMachines()
  const heard = listen(remote, studio.type)
  pointToNowhere(lan, 20)
  await clock.advance(100)

  await announce(clock, host, studio)
  await clock.advance(1000)

  assert.deepEqual(
    heard.ups.map(({ name }) => name),
    ['Studio'],
  )
})

test('who was there before a flood is there again half a minute later', async () => {
  const { clock, lan, host, remote } = await twoMachines()
  const heard = listen(remote, studio.type)
  await announce(clock, host, studio)
  await clock.advance(300_000)

  pointToNowhere(lan, 26)
  await clock.advance(32_000)

  assert.equal(heard.ups.length - heard.downs.length, 1)
})

test('services nobody points to are not remembered', async () => {
  const { clock, lan, remote } = await twoMachines()
  const heard = listen(remote, studio.type)
  lan.inject(message({ flags: responseFlags, answers: instanceRecords(studio, evil) }))
  await clock.advance(100)

  lan.inject(message({ flags: responseFlags, answers: pointerRecords(studio) }))
  await clock.advance(100)

  const asked = lan.heard.flatMap(({ message: { questions } }) => questions.map(({ type }) => type))
  assert.ok(asked.includes('SRV'), 'asked for once somebody points there')
  assert.deepEqual(heard.ups, [])
})

test('a stranger who claims every name we try: few packets, and we say so once', async () => {
  const clock = fakeClock()
  const lan = fakeLan(clock)
  const warnings: unknown[] = []
  const log: Log = { ...silentLog, warn: (text, fields) => warnings.push({ text, ...fields }) }
  const host = await join(clock, lan.machine('192.168.1.1'), 'host', { log })
  const announcing = host.announce(studio)
  const ours = () => lan.heard.filter(({ from }) => from === '192.168.1.1')

  // Claims what it hears us probe for, and what we will try next, ten times a second.
  for (let step = 0; step < 1200; step += 1) {
    const wanted = new Set(
      ours()
        .slice(-1)
        .flatMap(({ message: { authorities } }) => authorities.map(labelOf)),
    )
    for (const name of wanted)
      lan.inject(
        message({ flags: responseFlags, answers: instanceRecords({ ...studio, name, port: 1 }, evil) }),
      )
    await clock.advance(100)
  }

  const lastMinute = ours().filter(({ atMs }) => atMs > 60_000).length
  assert.ok(lastMinute <= 40, `${lastMinute} packets in the second minute`)
  assert.equal(warnings.length, 1)
  assert.match(JSON.stringify(warnings), /claims every name.*Studio \(/)

  await clock.advance(10_000)
  assert.match((await announcing).name, /^Studio \(\d+\)$/, 'once it is left in peace')
})

test('a stranger who contests the name we hold makes no storm either', async () => {
  const { clock, lan, host } = await twoMachines()
  const announcement = await announce(clock, host, studio)
  const conflict = message({ flags: responseFlags, answers: instanceRecords({ ...studio, port: 1 }, evil) })
  const beforeMs = clock.nowMs()

  for (let step = 0; step < 1200; step += 1) {
    lan.inject(conflict)
    await clock.advance(100)
  }

  const sent = lan.heard.filter(({ from, atMs }) => from === '192.168.1.1' && atMs > beforeMs).length
  assert.ok(sent <= 240, `${sent} packets in two minutes`)
  await clock.advance(10_000)
  assert.equal(announcement.name, 'Studio (2)')
})

function pointToNowhere(lan: FakeLan, packets: number): void {
  for (let packet = 0; packet < packets; packet += 1) {
    const names = Array.from({ length: 250 }, (_, i) => `x${packet}-${i}`)
    const answers = names.flatMap((name) => pointerRecords({ ...studio, name }).slice(0, 1))
    lan.inject(message({ flags: responseFlags, answers: answers.map((record) => withTtl(record, 86_400)) }))
  }
}

function labelOf({ name }: { name: Parameters<typeof nameText>[0] }): string {
  return nameText(name.slice(0, 1))
}
