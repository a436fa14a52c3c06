// Never a dead service shown alive, nor a living one dead, for longer than two seconds after a change that could be known.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { announce, listen, twoMachines } from '../../test/fakes/discovering.ts'
import { message, responseFlags } from './dns/message.ts'
import { nameOf, nameText } from './dns/name.ts'
import type { DnsRecord } from './dns/records.ts'
import { goodbyeRecords } from './responder/zone.ts'
import type { ServiceToAnnounce } from './types.ts'

const studio: ServiceToAnnounce = {
  type: '_touch-able._tcp',
  name: 'Studio',
  port: 3689,
  txt: { CtlN: 'Studio' },
}

test('reconfirmed and dead: down within two seconds', async () => {
  const { clock, machines, remote, heard } = await foundStudio()
  machines.host.setConnected(false)
  await clock.advance(60_000)
  assert.deepEqual(heard.downs, [])

  remote.reconfirm({ type: studio.type, name: 'Studio' })
  await clock.advance(2000)

  assert.equal(heard.downs.length, 1)
})

test('reconfirmed and alive: stays, and the question is asked of all, three times at most', async () => {
  const { clock, lan, remote, heard } = await foundStudio()
  const before = lan.heard.length

  remote.reconfirm({ type: studio.type, name: 'Studio' })
  await clock.advance(10_000)

  assert.deepEqual(heard.downs, [])
  const asked = lan.heard.slice(before).filter(({ message: { questions } }) => questions.length > 0)
  assert.ok(asked.length >= 1 && asked.length <= 3, `${asked.length} questions`)
  assert.ok(
    asked.every(({ to, message: { questions } }) => !to && questions.every((one) => !one.wantsUnicast)),
  )
})

test('lost without a word, then there again without a word: looked for, and found', async () => {
  const { clock, machines, remote, heard } = await foundStudio()
  await clock.advance(3_600_000)
  // Out of reach only: its own link stays up, so it has no reason to announce itself.
  machines.host.setOutOfReach(true)
  remote.reconfirm({ type: studio.type, name: 'Studio' })
  await clock.advance(5000)
  assert.equal(heard.downs.length, 1)

  machines.host.setOutOfReach(false)
  await clock.advance(10_000)

  assert.equal(heard.ups.length, 2)
})

test("a stranger's goodbye for one who lives is not believed", async () => {
  const { clock, lan, heard } = await foundStudio()

  for (let i = 0; i < 20; i += 1) {
    lan.inject(message({ flags: responseFlags, answers: goodbyeRecords(studio, nameOf('host.local')) }))
    await clock.advance(700)
  }

  assert.deepEqual(heard.downs, [])
})

test("a relay's goodbye for one who is gone is believed within two seconds", async () => {
  const { clock, lan, machines, heard } = await foundStudio()
  machines.host.setConnected(false)

  lan.inject(message({ flags: responseFlags, answers: goodbyeRecords(studio, nameOf('host.local')) }))
  await clock.advance(2000)

  assert.equal(heard.downs.length, 1)
})

test('after a sleep: who left meanwhile is shown no longer, who stayed is', async () => {
  const { clock, machines, remote, host, heard } = await foundStudio()
  await announce(clock, remote, { ...studio, name: 'Own' })
  machines.host.setConnected(false)

  clock.sleep(3_600_000)
  await clock.advance(8000)

  assert.deepEqual(
    heard.downs.map(({ name }) => name),
    ['Studio'],
  )
  await host.close()
})

test('after a sleep the host probes and announces again', async () => {
  const { clock, lan } = await foundStudio()
  await clock.advance(60_000)
  const before = lan.heard.length

  clock.sleep(3_600_000)
  await clock.advance(6000)

  const ours = lan.heard.slice(before).filter(({ from }) => from === '192.168.1.1')
  const probes = ours.filter(({ message: { authorities } }) => authorities.length > 0)
  const announcements = ours.filter(({ to, message: { answers } }) => !to && answers.length > 0)
  assert.equal(probes.length, 3)
  assert.ok(announcements.length >= 2)
})

test('a clock on the wall that is set back, or forward a little, is no sleep', async () => {
  const { clock, lan } = await foundStudio()
  await clock.advance(60_000)
  const before = lan.heard.length

  for (const jumpMs of [-3_600_000, 4000, -86_400_000]) {
    clock.sleep(jumpMs)
    await clock.advance(5000)
  }

  const probes = lan.heard.slice(before).filter(({ message: { authorities } }) => authorities.length > 0)
  assert.equal(probes.length, 0)
})

test('sockets that lost their group without a word are opened anew, and all is said again', async () => {
  const { clock, lan, machines } = await foundStudio()
  machines.host.loseGroup()
  const before = lan.heard.length

  await clock.advance(660_000)

  const announced = lan.heard
    .slice(before)
    .filter(({ from, message: { answers } }) => from === '192.168.1.1' && answers.some(isSrv))
  assert.ok(announced.length >= 2, `${announced.length} announcements`)
})

test('an address family that is gone is taken back', async () => {
  const { clock, lan, machines } = await foundStudio()
  machines.host.setIpv6('fd00::1')
  await clock.advance(10_000)
  machines.host.setIpv6(undefined)
  await clock.advance(10_000)

  const gone = lan.heard
    .flatMap(({ message: { answers } }) => answers)
    .filter(({ type, ttlSeconds }) => type === 'AAAA' && ttlSeconds === 0)
  assert.equal(gone.length, 1)
})

test('on another network nothing of the old one is shown for long', async () => {
  const { clock, machines, heard } = await foundStudio()
  machines.host.setConnected(false)

  machines.remote.setAddress('192.168.1.77')
  await clock.advance(7000)

  assert.equal(heard.downs.length, 1)
})

test('when the last service goes, the host says goodbye to its name too', async () => {
  const { clock, lan, host } = await foundStudio()

  await host.close()
  await clock.advance(10)

  const last = lan.heard.at(-1)?.message.answers ?? []
  assert.ok(last.every(({ ttlSeconds }) => ttlSeconds === 0))
  assert.deepEqual(
    last.map(({ type, name }) => `${type} ${nameText(name)}`),
    [
      'PTR _touch-able._tcp.local',
      'SRV Studio._touch-able._tcp.local',
      'TXT Studio._touch-able._tcp.local',
      'A host.local',
    ],
  )
})

function isSrv({ type }: DnsRecord): boolean {
  return type === 'SRV'
}

async function foundStudio() {
  const network = await twoMachines()
  const heard = listen(network.remote, studio.type)
  const announcement = await announce(network.clock, network.host, studio)
  await network.clock.advance(10_000)
  return { ...network, heard, announcement }
}
