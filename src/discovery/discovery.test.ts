// The whole room on a network without sockets and a clock moved by hand.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fakeClock } from '../../test/fakes/clock.ts'
import { announce, join, listen, twoMachines } from '../../test/fakes/discovering.ts'
import { fakeLan } from '../../test/fakes/lan.ts'
import { message, responseFlags } from './dns/message.ts'
import { nameOf, nameText, typeName } from './dns/name.ts'
import { type DnsRecord, question } from './dns/records.ts'
import type { Link } from './links/link.ts'
import { Responder } from './responder/responder.ts'
import { instanceRecords, pointerRecords, withTtl } from './responder/zone.ts'
import type { FoundService, ServiceToAnnounce } from './types.ts'

const link: Link = {
  name: 'eth0',
  scope: 'eth0',
  addresses: [{ address: '192.168.1.1', family: 'IPv4', prefixLength: 24 }],
}
const studio: ServiceToAnnounce = {
  type: '_touch-able._tcp',
  name: 'Studio',
  port: 3689,
  txt: { txtvers: '1', CtlN: 'Stüdio' },
}

test('announced: three probes 250 ms apart, then three announcements, and it is found with all it says', async () => {
  const { clock, lan, host, remote } = await twoMachines()
  const heard = listen(remote, studio.type)

  await announce(clock, host, studio)
  await clock.advance(5000)

  const probes = lan.heard.filter(({ message: { authorities } }) => authorities.length > 0)
  assert.deepEqual(
    probes.map(({ atMs }) => atMs - (probes[0]?.atMs ?? 0)),
    [0, 250, 500],
  )
  assert.ok(probes.every(({ message: { questions } }) => questions.every(({ wantsUnicast }) => wantsUnicast)))
  assert.ok(probes.every(({ message: { authorities } }) => authorities.every(({ isUnique }) => !isUnique)))
  assert.equal(probes[0]?.message.questions.length, 2)
  const announced = lan.heard.filter(({ message: { answers }, to }) => !to && saysAbout(answers, 'SRV'))
  assert.deepEqual(
    announced.map(({ atMs }) => atMs - (announced[0]?.atMs ?? 0)),
    [0, 1000, 3000],
  )
  const [up] = heard.ups
  assert.equal(heard.ups.length, 1)
  assert.equal(up?.name, 'Studio')
  assert.equal(up?.port, 3689)
  assert.equal(up?.hostName, 'host.local')
  assert.deepEqual(up?.addresses, ['192.168.1.1'])
  assert.deepEqual(up?.txt.get('CtlN'), new TextEncoder().encode('Stüdio'))
})

test('names that start together share their probes, and no service is announced before its host', () => {
  const dice = [0.9, 0.1, 0.5]
  const responder = new Responder({
    hostLabel: 'host',
    random: () => dice.shift() ?? 0,
    asksForUnicast: () => true,
    onKeptOut() {},
    onHostRenamed() {},
  })
  responder.setLinks([link], 0)
  for (const type of ['_touch-able._tcp', '_dacp._tcp'])
    responder.add({ ...studio, type }, { onHeld() {}, onRenamed() {} }, 0)

  const sent = Array.from({ length: 130 }, (_, i) => responder.tick(i * 10)).flat()

  const probes = sent.filter(({ message: { authorities } }) => authorities.length > 0)
  assert.deepEqual(
    probes.map(({ message: { questions } }) => questions.length),
    [3, 3, 3],
  )
  assert.ok(sent.filter(({ message: { answers } }) => saysAbout(answers, 'A')).length === 1)
})

test('a browser that comes later finds it by asking, within a second', async () => {
  const { clock, host, remote } = await twoMachines()
  await announce(clock, host, studio)
  await clock.advance(60_000)

  const heard = listen(remote, studio.type)
  await clock.advance(1000)

  assert.deepEqual(names(heard.ups), ['Studio'])
})

test('goodbye: gone a second later', async () => {
  const { clock, host, remote } = await twoMachines()
  const heard = listen(remote, studio.type)
  await announce(clock, host, studio)
  await clock.advance(5000)

  await host.close()
  await clock.advance(1100)

  assert.deepEqual(names(heard.downs), ['Studio'])
})

test('gone without goodbye: asked after, then given up when its time has run out', async () => {
  const { clock, lan, machines, host, remote } = await twoMachines()
  const heard = listen(remote, studio.type)
  await announce(clock, host, studio)
  await clock.advance(5000)

  machines.host.setConnected(false)
  await clock.advance(130_000)

  assert.deepEqual(names(heard.downs), ['Studio'])
  const refreshes = lan.heard.filter(({ message: { questions } }) =>
    questions.some(({ name, type }) => type === 'SRV' && nameText(name) === 'Studio._touch-able._tcp.local'),
  )
  assert.ok(refreshes.length >= 4)
})

test('what is still there stays, through all refreshes', async () => {
  const { clock, host, remote } = await twoMachines()
  const heard = listen(remote, studio.type)
  await announce(clock, host, studio)

  await clock.advance(3 * 3_600_000)

  assert.equal(heard.ups.length, 1)
  assert.deepEqual(heard.downs, [])
})

test('a changed TXT is told without probing, a service on another port replaces the old one', async () => {
  const { clock, lan, machines, host, remote } = await twoMachines()
  const heard = listen(remote, studio.type)
  const announcement = await announce(clock, host, studio)
  await clock.advance(5000)
  const probesBefore = lan.heard.filter(({ message: { authorities } }) => authorities.length > 0).length

  announcement.updateTxt({ CtlN: 'New' })
  await clock.advance(100)

  assert.equal(heard.ups.at(-1)?.txt.size, 1)
  assert.equal(
    lan.heard.filter(({ message: { authorities } }) => authorities.length > 0).length,
    probesBefore,
  )

  machines.host.setConnected(false)
  const second = await join(clock, lan.machine('192.168.1.3'), 'other')
  await announce(clock, second, { ...studio, port: 4000 })

  assert.equal(heard.ups.at(-1)?.port, 4000)
  assert.equal(heard.ups.at(-1)?.hostName, 'other.local')
})

test('a name that is taken: the next one is used and the caller hears of it', async () => {
  const { clock, host, remote } = await twoMachines()
  await announce(clock, host, studio)
  const renames: string[] = []

  const second = await announce(clock, remote, { ...studio, port: 4000 }, (name) => renames.push(name))

  assert.equal(second.name, 'Studio (2)')
  assert.deepEqual(renames, ['Studio (2)'])
})

test('two who start at once do not both get the name', async () => {
  const { clock, host, remote } = await twoMachines()

  const [first, second] = await Promise.all([
    announce(clock, host, studio),
    announce(clock, remote, { ...studio, port: 4000 }),
  ])

  assert.deepEqual([first.name, second.name].toSorted(), ['Studio', 'Studio (2)'])
})

test('two networks that are joined: one of the equal names gives way', async () => {
  const { clock, machines, host, remote } = await twoMachines()
  machines.remote.setConnected(false)
  await clock.advance(3000)
  const first = await announce(clock, host, studio)
  const second = await announce(clock, remote, { ...studio, port: 4000 })
  assert.equal(second.name, 'Studio')

  machines.remote.setConnected(true)
  await clock.advance(10_000)

  assert.deepEqual([first.name, second.name].toSorted(), ['Studio', 'Studio (2)'])
})

test('a host name that is taken becomes "-2", and the services point to it', async () => {
  const clock = fakeClock()
  const lan = fakeLan(clock)
  const first = await join(clock, lan.machine('192.168.1.1'), 'twin')
  const second = await join(clock, lan.machine('192.168.1.2'), 'twin')
  const heard = listen(first, studio.type)
  await announce(clock, first, studio)

  await announce(clock, second, { ...studio, name: 'Kitchen' })
  await clock.advance(3000)

  const kitchen = heard.ups.findLast(({ name }) => name === 'Kitchen')
  assert.equal(kitchen?.hostName, 'twin-2.local')
  assert.deepEqual(kitchen?.addresses, ['192.168.1.2'])
})

test('several services under one name share the host and are no conflict', async () => {
  const { clock, host, remote } = await twoMachines()
  const types = ['_touch-able._tcp', '_daap._tcp', '_dacp._tcp']
  const heard = types.map((type) => listen(remote, type))

  const announced = await Promise.all(types.map((type) => announce(clock, host, { ...studio, type })))
  await clock.advance(2000)

  assert.deepEqual(
    announced.map(({ name }) => name),
    ['Studio', 'Studio', 'Studio'],
  )
  assert.deepEqual(
    heard.map(({ ups }) => names(ups)),
    [['Studio'], ['Studio'], ['Studio']],
  )
})

test('a plain DNS client gets its answer by unicast, with its id and question, short-lived, without flush bits', async () => {
  const { clock, lan, host } = await twoMachines()
  await announce(clock, host, studio)
  await clock.advance(5000)

  lan.inject(message({ id: 77, questions: [question(typeName(studio.type), 'PTR')] }), { port: 40_000 })
  await clock.advance(10)

  const reply = lan.heard.find(({ message: { id, flags } }) => id === 77 && flags !== 0)
  assert.equal(reply?.to, '192.168.1.99')
  assert.equal(reply?.message.questions.length, 1)
  const records = [...(reply?.message.answers ?? []), ...(reply?.message.additionals ?? [])]
  assert.ok(records.length >= 4)
  assert.ok(records.every(({ ttlSeconds, isUnique }) => ttlSeconds <= 10 && !isUnique))
})

test('known answers are not repeated, and one record is not multicast twice within a second', async () => {
  const { clock, lan, host } = await twoMachines()
  await announce(clock, host, studio)
  await clock.advance(10_000)
  const asked = question(typeName(studio.type), 'PTR')
  const [pointer] = pointerRecords(studio)
  assert.ok(pointer)
  const answersAfter = async (known: DnsRecord[]) => {
    const before = lan.heard.length
    lan.inject(message({ questions: [asked], answers: known }))
    await clock.advance(200)
    return lan.heard.slice(before).filter(({ from }) => from === '192.168.1.1').length
  }

  assert.equal(await answersAfter([pointer]), 0)
  assert.equal(await answersAfter([{ ...pointer, ttlSeconds: 2000 }]), 1)
  assert.equal(await answersAfter([]), 0)
  await clock.advance(1000)
  assert.equal(await answersAfter([]), 1)
})

test('a type our name does not have is denied, a name that is not ours is met with silence', async () => {
  const { clock, lan, host } = await twoMachines()
  await announce(clock, host, studio)
  await clock.advance(10_000)
  const before = lan.heard.length

  lan.inject(
    message({ questions: [question(nameOf('host.local'), 'AAAA'), question(nameOf('else.local'), 'A')] }),
  )
  await clock.advance(200)

  const answers = lan.heard.slice(before).filter(({ from }) => from === '192.168.1.1')
  assert.equal(answers.length, 1)
  assert.deepEqual(
    answers[0]?.message.answers.map(({ type }) => type),
    ['NSEC'],
  )
})

test("somebody else's goodbye for what we hold is put right", async () => {
  const { clock, lan, host, remote } = await twoMachines()
  const heard = listen(remote, studio.type)
  await announce(clock, host, studio)
  await clock.advance(10_000)

  const goodbye = pointerRecords(studio).map((record) => withTtl(record, 0))
  lan.inject(message({ flags: responseFlags, answers: goodbye }))
  await clock.advance(5000)

  assert.deepEqual(heard.downs, [])
})

test('off-link senders, forged ports and rubbish change nothing', async () => {
  const { clock, lan, host, remote } = await twoMachines()
  const heard = listen(remote, studio.type)
  const announcement = await announce(clock, host, studio)
  await clock.advance(10_000)
  const before = lan.heard.length
  const conflict = message({
    flags: responseFlags,
    answers: instanceRecords({ ...studio, port: 1 }, nameOf('evil.local')),
  })

  lan.inject(conflict, { address: '10.0.0.9' })
  lan.inject(conflict, { port: 4444 })
  lan.inject({ ...conflict, flags: responseFlags | 3 })
  lan.injectBytes(Uint8Array.of(1, 2, 3))
  lan.inject(message({ questions: [question(typeName(studio.type), 'PTR')] }), { address: '10.0.0.9' })
  await clock.advance(5000)

  assert.equal(announcement.name, 'Studio')
  assert.equal(lan.heard.slice(before).filter(({ from }) => from === '192.168.1.1').length, 0)
  assert.equal(heard.ups.length, 1)
})

test('a service of which only the pointer is heard is asked for, and not told of before it is whole', async () => {
  const { clock, lan, remote } = await twoMachines()
  const heard = listen(remote, studio.type)
  await clock.advance(500)
  lan.inject(message({ flags: responseFlags, answers: pointerRecords(studio) }))
  await clock.advance(10)

  const asked = lan.heard.at(-1)?.message.questions.map(({ type }) => type)
  assert.deepEqual(asked, ['SRV', 'TXT'])
  assert.deepEqual(heard.ups, [])

  lan.inject(message({ flags: responseFlags, answers: instanceRecords(studio, nameOf('far.local')) }))
  await clock.advance(10)
  assert.deepEqual(
    lan.heard.at(-1)?.message.questions.map(({ type }) => type),
    ['A', 'AAAA'],
  )
})

test('without a network: announced at once, and told when the cable is in', async () => {
  const { clock, machines, host, remote } = await twoMachines()
  machines.host.setConnected(false)
  await clock.advance(2100)
  const heard = listen(remote, studio.type)

  const announcement = await host.announce(studio)
  assert.equal(announcement.name, 'Studio')
  machines.host.setConnected(true)
  await clock.advance(4000)

  assert.deepEqual(names(heard.ups), ['Studio'])
})

test('a new address is announced, and the old one forgotten', async () => {
  const { clock, machines, host, remote } = await twoMachines()
  const heard = listen(remote, studio.type)
  await announce(clock, host, studio)
  await clock.advance(5000)

  machines.host.setAddress('192.168.1.50')
  await clock.advance(4000)

  assert.deepEqual(heard.ups.at(-1)?.addresses, ['192.168.1.50'])
  assert.deepEqual(heard.downs, [])
})

test('a network of other addresses is asked and told anew', async () => {
  const { clock, lan, machines, host } = await twoMachines()
  listen(host, '_touch-remote._tcp')
  await announce(clock, host, studio)
  await clock.advance(600_000)
  const before = lan.heard.length

  machines.host.setAddress('192.168.1.50')
  await clock.advance(2500)

  const after = lan.heard.slice(before).map(({ message: heard }) => heard)
  assert.ok(after.some(({ answers }) => saysAbout(answers, 'PTR')))
  assert.ok(after.some(({ flags, questions }) => flags === 0 && questions.some(({ type }) => type === 'PTR')))
})

test('closing leaves nothing that waits, and ends announcements that were under way', async () => {
  const { clock, host, remote } = await twoMachines()
  const pending = host.announce(studio)

  await Promise.all([host.close(), remote.close()])

  await assert.rejects(pending, /closed/)
  await clock.advance(10)
  assert.equal(clock.waiting, 0)
})

function names(services: readonly FoundService[]): string[] {
  return services.map(({ name }) => name)
}

function saysAbout(records: readonly DnsRecord[], type: DnsRecord['type']): boolean {
  return records.some((record) => record.type === type)
}
