// RFC 6762 and 6763, rule by rule, as a stranger on the link sees the packets of the side that announces.
// One machine tells its whole life; times are those of the wire, with room for a busy machine.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { CapturedPacket } from '../../../test/lab/mdns-capture.ts'
import { assertBetween, isAnswer, isOption, pairs, probesIn, recordsOf } from '../../../test/lab/packets.ts'
import { needs, needsNamespaces } from '../../../test/lab/peers.ts'
import { openWire } from '../../../test/lab/wire.ts'
import { responseFlags } from '../dns/message.ts'
import { instanceName, nameOf, nameText, typeName } from '../dns/name.ts'
import { ownerOf } from '../dns/owner-option.ts'
import { type PtrRecord, question, typeCodes } from '../dns/records.ts'
import { instanceRecords, pointerRecords, withTtl } from './zone.ts'

const studio = {
  type: '_touch-able._tcp',
  name: 'Dr. Dre’s ♪ Studio',
  port: 3689,
  subtypes: ['_music'],
  txt: { txtvers: '1', CtlN: 'Studio' },
}
const library = { type: '_daap._tcp', name: 'Library', port: 3689, txt: { txtvers: '1' } }
const host = nameOf('ours.local')
const instance = instanceName(studio.name, studio.type)
const enumeration = nameOf('_services._dns-sd._udp.local')
const stranger = nameOf('stranger.local')

test('the side that announces', async (t) => {
  if (!needsNamespaces(t) || !needs(t, 'ping', 'tcpdump')) return
  const wire = await openWire(t)
  const { ours, say, said, next, saidWithin } = wire
  ours.tell({ announce: studio })
  ours.tell({ announce: library })
  await ours.event('announced', studio.name)
  await next('the third announcement', undefined, () => announcements(said()).length >= 3)
  const start = said()
  const announced = announcements(start).flatMap(recordsOf)

  await t.test(
    'RFC 6762 8.1: three probes 250 ms apart, of type ANY, answerable by unicast, with what is proposed',
    () => {
      const probes = probesIn(start)
      assert.equal(probes.length, 3)
      for (const [earlier, later] of pairs(probes)) assertBetween(later.atMs - earlier.atMs, 150, 3000)
      for (const { message } of probes) {
        assert.ok(message?.questions.every(({ type, wantsUnicast }) => type === 'ANY' && wantsUnicast))
        const proposed = message?.authorities.map(({ type }) => type) ?? []
        assert.deepEqual(proposed.toSorted(), ['A', 'SRV', 'SRV', 'TXT', 'TXT'])
      }
    },
  )

  await t.test('RFC 6762 8.2: what is proposed carries no flush bit', () => {
    assert.ok(probesIn(start).every(({ message }) => message?.authorities.every(({ isUnique }) => !isUnique)))
  })

  await t.test(
    'RFC 6762 8.3: announced at least twice, the second time a second later, then at least twice that',
    () => {
      const [first, second, third] = announcements(start)
      assert.ok(first && second && third)
      assertBetween(second.atMs - first.atMs, 600, 5000)
      assertBetween(third.atMs - second.atMs, 1500, 9000)
      const kinds = new Set(recordsOf(first).map(({ type }) => type))
      for (const kind of ['PTR', 'SRV', 'TXT', 'A'] as const) assert.ok(kinds.has(kind), kind)
    },
  )

  await t.test('RFC 6762 10: 120 s for what names the host, 75 minutes for the rest', () => {
    const wanted = { PTR: 4500, SRV: 120, TXT: 4500, A: 120 } as const
    for (const [kind, ttl] of Object.entries(wanted))
      assert.deepEqual(
        [...new Set(announced.filter(({ type }) => type === kind).map(({ ttlSeconds }) => ttlSeconds))],
        [ttl],
      )
  })

  await t.test('RFC 6762 10.2: the flush bit on what is ours alone, never on what is shared', () => {
    assert.ok(announced.every(({ type, isUnique }) => isUnique === (type !== 'PTR')))
  })

  await t.test(
    'RFC 6762 11, 18: from port 5353 with 255 hops, id 0; responses say QR and AA, questions nothing',
    () => {
      for (const { hops, fromPort, message } of start) {
        assert.equal(hops, 255)
        assert.equal(fromPort, 5353)
        assert.equal(message?.id, 0)
        assert.ok([0, responseFlags].includes(message?.flags ?? -1))
      }
    },
  )

  await t.test('RFC 6762 17, 18.14: no packet beyond one frame, each name written once', () => {
    const [first] = announcements(start)
    assert.ok(start.every(({ bytes }) => bytes.length <= 1472))
    assert.equal(occurrences(first, '_touch-able'), 1)
  })

  await t.test(
    'draft-cheshire-edns0-owner-option: probes and announcements end with the address that wakes us',
    async () => {
      const path = '/sys/class/net/eth0/address'
      const macAddress = (await wire.network.machine('ours').run('cat', path)).trim()
      const spoken = [...probesIn(start), ...announcements(start)]
      assert.ok(spoken.length >= 6)
      for (const { message } of spoken) {
        assert.ok(message)
        assert.deepEqual(ownerOf(message), { sequence: 0, macAddress, wakeAddress: macAddress })
        assert.equal(message.additionals.findIndex(isOption), message.additionals.length - 1)
      }
    },
  )

  await t.test('RFC 6762 6.1: a type that our name does not have is denied by NSEC', async () => {
    const asked = await askAfterASecond(question(host, 'AAAA'))
    const [denial] = recordsOf(await next('a denial', asked, isAnswer))
    assert.ok(denial?.type === 'NSEC')
    assert.deepEqual(denial.types, [typeCodes.A])
    assert.equal(nameText(denial.next), 'ours.local')
  })

  await t.test('RFC 6762 6: a name that is not ours is met with silence', async () => {
    const asked = await say({ questions: [question(stranger, 'A')] })
    assert.deepEqual(await saidWithin(500, asked), [])
  })

  await t.test('RFC 6762 5.4: a question that welcomes unicast is answered to the asker alone', async () => {
    const asked = await say({ questions: [question(typeName(studio.type), 'PTR', true)] })
    const answer = await next('an answer', asked, isAnswer)
    assert.equal(answer.to, wire.strangerAt)
    assert.equal(answer.toPort, 5353)
    assert.ok(recordsOf(answer).some(({ type, isUnique }) => type === 'SRV' && isUnique))
  })

  await t.test('RFC 6762 5.5: asked directly, it answers directly', async () => {
    // Within a quarter of its life a record need not be told to all again; TXT lives 75 minutes.
    const asked = await say({ questions: [question(instance, 'TXT')] }, { to: wire.oursAt })
    const answer = await next('an answer', asked, isAnswer)
    assert.equal(answer.to, wire.strangerAt)
  })

  await t.test('RFC 6762 6: answers that others may share wait 20 to 120 ms, ours alone do not', async () => {
    const shared = await say({ questions: [question(typeName(library.type), 'PTR')] })
    const later = await next('a shared answer', shared, isAnswer)
    assertBetween(later.atMs - shared.atMs, 19, 2000)
  })

  await t.test('RFC 6763 12.1: a pointer brings SRV, TXT and addresses along', async () => {
    const asked = await askAfterASecond(question(typeName(library.type), 'PTR'))
    const answer = await next('an answer', asked, isAnswer)
    assert.deepEqual(
      answer.message?.answers.map(({ type }) => type),
      ['PTR'],
    )
    const along = new Set(answer.message?.additionals.map(({ type }) => type))
    for (const kind of ['SRV', 'TXT', 'A', 'NSEC'] as const) assert.ok(along.has(kind), kind)
  })

  await t.test(
    'RFC 6762 6: no record is multicast twice within a second, but for the defence of a name',
    async () => {
      const first = await askAfterASecond(question(instance, 'TXT'))
      const answer = await next('the first answer', first, isAnswer)
      const again = await say({ questions: [question(instance, 'TXT')] })
      const repeated = (await saidWithin(900, answer)).filter(isAnswer)
      if (again.atMs - answer.atMs < 900) assert.deepEqual(repeated, [])
      const late = await askAfterASecond(question(instance, 'TXT'))
      await next('an answer a second later', late, isAnswer)
    },
  )

  await t.test('RFC 6762 6.5: ANY is answered with all there is of the name', async () => {
    const asked = await askAfterASecond(question(instance, 'ANY'))
    const answer = await next('an answer', asked, isAnswer)
    assert.deepEqual(answer.message?.answers.map(({ type }) => type).toSorted(), ['SRV', 'TXT'])
  })

  await t.test(
    'RFC 6762 6.7, 18.14: a plain DNS client gets id and question back, short lives, no flush bits, SRV written out',
    async () => {
      const asked = await say({ id: 0x1234, questions: [question(instance, 'SRV')] }, { port: 0 })
      const answer = await next('an answer', asked, ({ toPort }) => toPort === asked.fromPort)
      assert.equal(answer.message?.id, 0x1234)
      assert.deepEqual(
        answer.message?.questions.map(({ name }) => nameText(name)),
        [nameText(instance)],
      )
      assert.ok(recordsOf(answer).every(({ ttlSeconds, isUnique }) => ttlSeconds <= 10 && !isUnique))
      assert.ok(!answer.message?.additionals.some(isOption), 'it did not say that it knows options')
      assert.equal(occurrences(answer, 'local'), 2, 'in the question, and in the target')
    },
  )

  await t.test('RFC 6762 6.6: a farewell in our name is put right', async () => {
    const [pointer] = pointerRecords(studio)
    assert.ok(pointer)
    const farewell = await say({ flags: responseFlags, answers: [withTtl(pointer, 0)] })
    const answer = await next('a correction', farewell, (one) => isAnswer(one) && has(one, pointer))
    assert.equal(answer.to, '224.0.0.251')
  })

  await t.test('RFC 6763 9: the list of all types names both, and no subtype', async () => {
    const asked = await askAfterASecond(question(enumeration, 'PTR'))
    const answer = await next('an answer', asked, isAnswer)
    const types = answer.message?.answers.map((record) => nameText((record as PtrRecord).target))
    assert.deepEqual(types?.toSorted(), ['_daap._tcp.local', '_touch-able._tcp.local'])
  })

  await t.test('RFC 6763 7.1: a part of a type leads to the same instance', async () => {
    const asked = await say({ questions: [question(nameOf('_music._sub._touch-able._tcp.local'), 'PTR')] })
    const answer = await next('an answer', asked, isAnswer)
    assert.equal(nameText(firstPointer(answer).target), nameText(instance))
  })

  await t.test('RFC 6762 11: who is not on the link gets no answer, by multicast or directly', async () => {
    await wire.network.machine('stranger').run('ip', 'address', 'add', '192.0.2.9/32', 'dev', 'eth0')
    const asked = [question(instance, 'SRV')]
    const first = await say({ questions: asked }, { from: '192.0.2.9' })
    await say({ questions: asked }, { from: '192.0.2.9', port: 0 })
    assert.deepEqual((await saidWithin(600, first)).filter(isAnswer), [])
    assert.ok(said(first).every(({ to }) => to !== '192.0.2.9'))
  })

  await t.test('RFC 6762 8.4: changed data is announced, not probed', async () => {
    const before = said().at(-1)
    ours.tell({ updateTxt: { txtvers: '1', CtlN: 'Renamed' }, of: studio.type })
    const told = await next('an announcement', before, (one) => isAnswer(one) && one.bytes.includes(0x52))
    assert.ok(recordsOf(told).some(({ type, isUnique }) => type === 'TXT' && isUnique))
    assert.deepEqual(probesIn(said(before)), [])
  })

  await t.test(
    'RFC 6762 9: a name that is contested is probed for again; lost, it is changed once, and told',
    async () => {
      const claim = { flags: responseFlags, answers: instanceRecords({ ...studio, port: 1 }, stranger) }
      const contested = await say(claim)
      await next('a probe', contested, (one) => probesIn([one]).length > 0)
      // Whatever is said of a name while it is probed for, it is lost.
      while (!ours.lines().some((line) => line.startsWith('{"renamed"'))) {
        await say(claim)
        await saidWithin(100, await say({ questions: [question(stranger, 'A')] }))
      }
      const { renamed } = await ours.event('renamed')
      assert.equal(renamed, `${studio.name} (2)`)
      assert.equal(ours.lines().filter((line) => line.startsWith('{"renamed"')).length, 1)
    },
  )

  await t.test('RFC 6762 10.1: goodbye is all that was ours with TTL 0, and then silence', async () => {
    const before = said().at(-1)
    ours.tell({ close: true })
    await ours.event('closed')
    await next('a goodbye', before, (one) =>
      recordsOf(one).some(({ type, ttlSeconds }) => type === 'A' && ttlSeconds === 0),
    )
    const gone = said(before)
      .filter(isAnswer)
      .flatMap(recordsOf)
      .filter(({ ttlSeconds }) => ttlSeconds === 0)
    assert.deepEqual([...new Set(gone.map(({ type }) => type))].toSorted(), ['A', 'PTR', 'SRV', 'TXT'])
    assert.ok(
      gone.some((record) => record.type === 'PTR' && nameText(record.name).startsWith('_music._sub.')),
    )
    assert.equal(
      recordsOf(said().at(-1)).some(({ ttlSeconds }) => ttlSeconds > 0),
      false,
    )
  })

  /** Once nothing that was said before keeps the answer back. */
  async function askAfterASecond(asked: ReturnType<typeof question>, bits = 0): Promise<CapturedPacket> {
    const last = said().at(-1)
    if (last) await saidWithin(1050, last)
    return say({ flags: bits, questions: [asked] })
  }
})

function announcements(packets: readonly CapturedPacket[]): CapturedPacket[] {
  return packets.filter(
    (one) => isAnswer(one) && one.to === '224.0.0.251' && recordsOf(one).some(({ type }) => type === 'SRV'),
  )
}

function has(packet: CapturedPacket, pointer: PtrRecord): boolean {
  return recordsOf(packet).some(
    (record) =>
      record.type === 'PTR' && record.ttlSeconds > 0 && nameText(record.name) === nameText(pointer.name),
  )
}

/** How often these letters stand in the packet as a label. */
function occurrences(packet: CapturedPacket | undefined, label: string): number {
  const text = Buffer.from(packet?.bytes ?? []).toString('latin1')
  return text.split(`${String.fromCharCode(label.length)}${label}`).length - 1
}

function firstPointer(packet: CapturedPacket): PtrRecord {
  const [record] = packet.message?.answers ?? []
  assert.ok(record?.type === 'PTR')
  return record
}
