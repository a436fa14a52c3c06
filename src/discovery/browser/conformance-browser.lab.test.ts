// RFC 6762, rule by rule, as a stranger on the link sees the packets of the side that browses, and of two that want one name.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startAgent } from '../../../test/lab/discovery-program.ts'
import { eventually } from '../../../test/lab/eventually.ts'
import type { CapturedPacket } from '../../../test/lab/mdns-capture.ts'
import { assertBetween, pairs } from '../../../test/lab/packets.ts'
import { needs, needsNamespaces } from '../../../test/lab/peers.ts'
import { openWire } from '../../../test/lab/wire.ts'
import { flags, responseFlags } from '../dns/message.ts'
import { nameOf, nameText } from '../dns/name.ts'
import { type DnsRecord, question } from '../dns/records.ts'
import { addressRecords, instanceRecords, pointerRecords, withTtl } from '../responder/zone.ts'

const type = '_touch-able._tcp'
const host = nameOf('stranger.local')

test('the side that browses', async (t) => {
  if (!needsNamespaces(t) || !needs(t, 'ping', 'tcpdump')) return
  const { ours, say, said, next } = await openWire(t)
  ours.tell({ browse: type })
  await eventually('the third question', () => asking('PTR', said()).length >= 3, 30_000)

  await t.test(
    'RFC 6762 5.2, 5.4: asked at once with unicast welcome, again a second later, then at twice that',
    () => {
      const [first, second, third] = asking('PTR', said())
      assert.ok(first && second && third)
      assert.deepEqual(
        [first, second, third].map(({ message }) => message?.questions[0]?.wantsUnicast),
        [true, false, false],
      )
      assertBetween(second.atMs - first.atMs, 600, 5000)
      assertBetween(third.atMs - second.atMs, 1500, 9000)
    },
  )

  await t.test('RFC 6762 5.2: what is missing of a pointer is asked for at once', async () => {
    const pointer = await say({ flags: responseFlags, answers: pointerRecords(service('Part')) })
    const asked = await next('questions', pointer, (one) => asking('SRV', [one]).length > 0)
    assert.deepEqual(
      asked.message?.questions.map((one) => one.type),
      ['SRV', 'TXT'],
    )
  })

  await t.test('RFC 6762 10.2: of a set with the flush bit the old goes when the new comes', async () => {
    await say({ flags: responseFlags, answers: whole('Moved', '10.77.0.2') })
    const { up } = await ours.event('up', 'Moved')
    assert.deepEqual(up.addresses, ['10.77.0.2'])
    // Older than a second, or it would count as part of the same announcement.
    await eventually(
      'both addresses, and then the new one alone',
      async () => {
        await say({ flags: responseFlags, answers: addressOf('10.77.0.9') })
        return ours.lines().some((line) => line.includes('"Moved"') && line.includes('["10.77.0.9"]'))
      },
      30_000,
    )
  })

  await t.test('RFC 6762 10.1: a goodbye is believed', async () => {
    await say({ flags: responseFlags, answers: [...whole('Leaving', '10.77.0.2')] })
    await ours.event('up', 'Leaving')
    await say({
      flags: responseFlags,
      answers: pointerRecords(service('Leaving')).map((one) => withTtl(one, 0)),
    })
    await ours.event('down', 'Leaving')
  })

  await t.test(
    'RFC 6762 5.2: asked for again at 80, 85, 90 and 95 % of its life, and then gone',
    async () => {
      const lifeMs = 8000
      const records = whole('Fading', '10.77.0.2').map((one) =>
        one.type === 'SRV' ? withTtl(one, lifeMs / 1000) : one,
      )
      const heard = await say({ flags: responseFlags, answers: records })
      await ours.event('up', 'Fading')
      await ours.event('down', 'Fading')
      const asked = asking('SRV', said(heard)).filter(
        ({ atMs, message }) =>
          atMs < heard.atMs + lifeMs - 50 &&
          message?.questions.some(({ name }) => nameText(name).startsWith('Fading')),
      )
      assertBetween((asked[0]?.atMs ?? 0) - heard.atMs, 0.69 * lifeMs, lifeMs)
      assert.ok(asked.length >= 2 && asked.length <= 4, `${asked.length} questions`)
    },
  )

  await t.test(
    'RFC 6762 10.4: what cannot be reached is asked for again, of all, and then gone',
    async () => {
      await say({ flags: responseFlags, answers: whole('Silent', '10.77.0.2') })
      await ours.event('up', 'Silent')
      const before = said().at(-1)
      ours.tell({ reconfirm: { type, name: 'Silent' } })
      await ours.event('down', 'Silent')
      const asked = asking('SRV', said(before)).filter(({ message }) =>
        message?.questions.some(({ name }) => nameText(name).startsWith('Silent')),
      )
      assert.ok(asked.length >= 2 && asked.length <= 4, `${asked.length} questions`)
      assert.ok(asked.every(({ to }) => to === '224.0.0.251'))
    },
  )

  await t.test(
    'RFC 6762 7.1, 7.2, 10.2: what is known is told, in several packets but for the last marked so, without flush bits',
    async () => {
      const many = Array.from({ length: 120 }, (_, i) => service(`A service of many, number ${i}`))
      const pointers = many.flatMap((one) => pointerRecords(one).slice(0, 1))
      for (let i = 0; i < pointers.length; i += 20)
        await say({
          flags: responseFlags,
          answers: pointers.slice(i, i + 20),
        })
      const last = said().at(-1)
      const asked = await next('the next question', last, (one) => asking('PTR', [one]).length > 0)
      const rest = await eventually(
        'the last packet of known answers',
        () => {
          const since = said().filter(
            ({ atMs, message }) => atMs >= asked.atMs && message?.flags !== responseFlags,
          )
          const end = since.findIndex(({ message }) => ((message?.flags ?? 0) & flags.truncated) === 0)
          return end > 0 && since.slice(0, end + 1)
        },
        30_000,
      )
      const known = rest.flatMap(({ message }) => message?.answers ?? [])
      assert.ok(known.length >= 120, `${known.length} known answers`)
      assert.ok(known.every(({ type: kind, isUnique }) => kind === 'PTR' && !isUnique))
      assert.ok(rest.every(({ bytes }) => bytes.length <= 1472))
      assert.ok(rest.slice(1).every(({ message }) => message?.questions.length === 0))
    },
  )
})

test('two that want one name', async (t) => {
  if (!needsNamespaces(t) || !needs(t, 'ping', 'tcpdump')) return
  const { network, ours, say, said } = await openWire(t, ['twin'])

  await t.test(
    'RFC 6762 8.2: of two that probe at once the lesser waits a second and probes again; left in peace, it has the name',
    async () => {
      // Later in every way: a port above ours.
      const greater = instanceRecords({ ...service('Contested'), port: 65_000 }, nameOf('zzz.local')).map(
        withoutFlush,
      )
      const probe = { questions: [question(greater[0]?.name ?? [], 'ANY', true)], authorities: greater }
      ours.tell({ announce: service('Contested') })
      await eventually(
        'a probe that had to wait',
        async () => {
          await say(probe)
          const own = probes('Contested', said())
          return own.some(({ atMs }, i) => atMs - (own[i - 1]?.atMs ?? atMs) > 900)
        },
        30_000,
      )
      await ours.event('announced', 'Contested')

      const last = probes('Contested', said()).slice(-3)
      assert.ok(pairs(last).every(([earlier, later]) => later.atMs - earlier.atMs < 3000))
      assert.ok(!ours.lines().some((line) => line.startsWith('{"renamed"')))
    },
  )

  await t.test(
    'RFC 6762 8, 9: two hosts of one name that start at the same instant end with two names, for all to see',
    async () => {
      // One of them beside another program of ours: unicast answers may go to that one.
      const twins = ['twin', 'ours'].map((machine) => startAgent(network.machine(machine), 'twins'))
      await Promise.all(twins.map((agent) => agent.event('ready')))
      for (const [index, agent] of twins.entries())
        agent.tell({ announce: { ...service('Twin'), port: 4000 + index } })
      ours.tell({ browse: type })
      for (const name of ['Twin', 'Twin (2)']) await ours.event('up', name)

      await eventually(
        'two names, two hosts',
        () => {
          const ups = ours.lines().flatMap((line) => JSON.parse(line).up ?? [])
          const hosts = ['Twin', 'Twin (2)'].map((name) => ups.findLast((up) => up.name === name)?.hostName)
          return new Set(hosts).size === 2
        },
        30_000,
      )
    },
  )
})

function service(name: string) {
  return { type, name, port: 3689, txt: { CtlN: name } }
}

function addressOf(address: string): DnsRecord[] {
  return addressRecords(host, {
    name: '',
    scope: '',
    addresses: [{ address, family: 'IPv4', prefixLength: 24 }],
  })
}

function whole(name: string, address: string): DnsRecord[] {
  return [
    ...pointerRecords(service(name)).slice(0, 1),
    ...instanceRecords(service(name), host),
    ...addressOf(address),
  ]
}

function asking(kind: DnsRecord['type'], packets: readonly CapturedPacket[]): CapturedPacket[] {
  return packets.filter(
    ({ message }) =>
      message !== undefined &&
      message.authorities.length === 0 &&
      message.questions.some((one) => one.type === kind),
  )
}

function probes(name: string, packets: readonly CapturedPacket[]): CapturedPacket[] {
  return packets.filter(({ message }) =>
    message?.authorities.some((one) => nameText(one.name).startsWith(name)),
  )
}

function withoutFlush(record: DnsRecord): DnsRecord {
  return { ...record, isUnique: false }
}
