// RFC 6762 5.4 and 7, as a stranger on the link sees it: what is not said, because somebody knows it, has just said it or has
// just asked for it; and what is said to all again, because they may have forgotten it.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { eventually } from '../../test/lab/eventually.ts'
import type { CapturedPacket } from '../../test/lab/mdns-capture.ts'
import { assertBetween, isAnswer, recordsOf } from '../../test/lab/packets.ts'
import { needs, needsNamespaces } from '../../test/lab/peers.ts'
import { openWire } from '../../test/lab/wire.ts'
import { flags, responseFlags } from './dns/message.ts'
import { nameKey, nameOf, typeName } from './dns/name.ts'
import { question } from './dns/records.ts'
import { pointerRecords, ttlSeconds, withTtl } from './responder/zone.ts'

const studio = { type: '_touch-able._tcp', name: 'Studio', port: 3689, txt: { txtvers: '1' } }
const library = { type: '_daap._tcp', name: 'Library', port: 3689, txt: { txtvers: '1' } }
const host = nameOf('ours.local')
const group = '224.0.0.251'
/** Nobody offers it, so that every question stays one. */
const sought = '_nobody._tcp'

test('what is said once, and what is said again', async (t) => {
  if (!needsNamespaces(t) || !needs(t, 'ping', 'tcpdump')) return
  const { ours, say, said, next, saidWithin } = await openWire(t)
  ours.tell({ announce: studio })
  ours.tell({ announce: library })
  await ours.event('announced', studio.name)
  await next('the third announcement', undefined, () => announcements(said()).length >= 3)

  await t.test('RFC 6762 7.1: what the asker knows is not told; what it half forgot is', async () => {
    const [pointer] = pointerRecords(studio)
    assert.ok(pointer)
    const asked = [question(typeName(studio.type), 'PTR')]
    const known = await say({ questions: asked, answers: [pointer] })
    assert.deepEqual((await saidWithin(1100, known)).filter(isAnswer), [])
    const halfForgotten = await say({ questions: asked, answers: [withTtl(pointer, 2000)] })
    await next('an answer', halfForgotten, isAnswer)
  })

  await t.test(
    'RFC 6762 7.2: known answers may follow; without any the answer comes 400 ms late',
    async () => {
      const [pointer] = pointerRecords(library)
      assert.ok(pointer)
      const asked = [question(typeName(library.type), 'PTR')]
      const alone = await say({ flags: flags.truncated, questions: asked })
      const answer = await next('an answer', alone, isAnswer)
      assertBetween(answer.atMs - alone.atMs, 395, 3000)

      await saidWithin(1100, answer)
      const truncated = await say({ flags: flags.truncated, questions: asked })
      const rest = await say({ answers: [pointer] })
      const answers = (await saidWithin(1000, truncated)).filter(isAnswer)
      // Had the machine stood still for so long, the answer would rightly have gone out.
      if (rest.atMs - truncated.atMs < 350) assert.deepEqual(answers, [])
    },
  )

  await t.test('RFC 6762 7.4: what another has just answered is not said again', async () => {
    const [pointer] = pointerRecords(library)
    assert.ok(pointer)
    const asked = await askAfterASecond(question(typeName(library.type), 'PTR'), flags.truncated)
    const other = await say({ flags: responseFlags, answers: [pointer] })
    const answers = (await saidWithin(1000, asked)).filter(isAnswer)
    if (other.atMs - asked.atMs < 350) assert.deepEqual(answers, [])
  })

  await t.test('RFC 6762 7.4: an answer that lives shorter than ours does not stand for it', async () => {
    const [pointer] = pointerRecords(library)
    assert.ok(pointer)
    const asked = await askAfterASecond(question(typeName(library.type), 'PTR'), flags.truncated)
    await say({ flags: responseFlags, answers: [withTtl(pointer, ttlSeconds.other - 1)] })
    await next('an answer', asked, isAnswer)
  })

  await t.test('RFC 6762 7.3: what somebody else has just asked of all is not asked again', async () => {
    ours.tell({ browse: sought })
    const questions = () => said().filter(isQuestion)
    await eventually('the second question', () => questions().length >= 2)
    for (;;) {
      const [before, last] = questions().slice(-2) as [CapturedPacket, CapturedPacket]
      // Twice as long as before (RFC 6762 5.2).
      const dueMs = last.atMs + 2 * (last.atMs - before.atMs)
      await onTheWire(dueMs - 600)
      const other = await say({ questions: [question(typeName(sought), 'PTR')] })
      await onTheWire(dueMs + 1500)
      const again = questions().filter(({ atMs }) => atMs > last.atMs && atMs < dueMs + 1500)
      // Had the machine stood still, somebody asked too late or we too early: then the next time counts.
      const isInTime = other.atMs > dueMs - 900 && other.atMs < dueMs - 200
      if (isInTime) return assert.deepEqual(again, [])
      await eventually('the next question', () => questions().at(-1) !== last, 120_000)
    }
  })

  await t.test(
    'RFC 6762 5.4: a question that welcomes unicast is answered to all, when all last heard it a quarter of its life ago',
    async () => {
      const lastMs = said().findLast(tellsAddress)?.atMs ?? 0
      await onTheWire(lastMs + (ttlSeconds.host / 4) * 1000 + 500)
      const asked = await say({ questions: [question(host, 'A', true)] })
      const answer = await next('an answer', asked, isAnswer)
      assert.equal(answer.to, group)
      assert.ok(tellsAddress(answer))

      const soon = await say({ questions: [question(host, 'A', true)] })
      const alone = await next('an answer to the asker alone', soon, isAnswer)
      assert.notEqual(alone.to, group)
    },
  )

  /** Once nothing that was said before keeps the answer back. */
  async function askAfterASecond(asked: ReturnType<typeof question>, bits = 0): Promise<CapturedPacket> {
    const last = said().at(-1)
    if (last) await saidWithin(1050, last)
    return say({ flags: bits, questions: [asked] })
  }
})

/** Packets are stamped with the time of this machine. */
async function onTheWire(atMs: number): Promise<void> {
  await eventually('a time on the wire', () => Date.now() > atMs, 60_000)
}

function isQuestion({ message }: CapturedPacket): boolean {
  const wanted = nameKey(typeName(sought))
  return message?.questions.some(({ name, type }) => type === 'PTR' && nameKey(name) === wanted) ?? false
}

function announcements(packets: readonly CapturedPacket[]): CapturedPacket[] {
  return packets.filter(
    (one) => isAnswer(one) && one.to === group && recordsOf(one).some(({ type }) => type === 'SRV'),
  )
}

/** To all. */
function tellsAddress(packet: CapturedPacket): boolean {
  return packet.to === group && recordsOf(packet).some(({ type }) => type === 'A')
}
