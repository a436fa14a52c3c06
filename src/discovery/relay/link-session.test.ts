// Two relays at the ends of one wire, in time that is moved by hand.

import assert from 'node:assert/strict'
import { type Duplex, duplexPair } from 'node:stream'
import { test } from 'node:test'
import { type FakeClock, fakeClock } from '../../../test/fakes/clock.ts'
import { eventually } from '../../../test/lab/eventually.ts'
import { KnownError } from '../../errors.ts'
import { message, responseFlags } from '../dns/message.ts'
import { typeName } from '../dns/name.ts'
import { question } from '../dns/records.ts'
import { frameOf } from './link-frames.ts'
import { newsOf } from './link-messages.ts'
import { type LinkSession, linkSession } from './link-session.ts'
import { keyOf, type RelayedService } from './relayed-service.ts'

const types = ['_touch-able._tcp']

test('services arrive whole, change, and go', async () => {
  const { ours, theirs } = pair()
  const attic: RelayedService = {
    ...serviceOf(1),
    name: 'Dr. Dre ♪',
    txt: new Map<string, Uint8Array | true>([
      ['CtlN', Buffer.from('Attic')],
      ['flag', true],
      ['raw', Uint8Array.of(0, 255)],
    ]),
    addresses: ['10.1.0.20', 'fd77::20'],
  }

  ours.show([attic])
  const found = await eventually('the service', () => theirs.offers.get(keyOf(attic)))
  assert.equal(found.name, 'Dr. Dre ♪')
  assert.deepEqual(found.addresses, attic.addresses)
  assert.deepEqual(
    [...found.txt].map(([key, value]) => [key, value === true ? true : [...value]]),
    [...attic.txt].map(([key, value]) => [key, value === true ? true : [...value]]),
  )

  ours.show([{ ...attic, port: 4000 }])
  await eventually('the new port', () => theirs.offers.get(keyOf(attic))?.port === 4000)
  ours.show([])
  await eventually('nothing left', () => theirs.offers.size === 0)
})

test('of 5,000 services 200 are said, and no more are taken', async () => {
  const { clock, ours, theirs } = pair()
  ours.show(Array.from({ length: 5000 }, (_, number) => serviceOf(number)))
  await clock.advance(20_000)
  assert.equal(theirs.offers.size, 200)
  assert.ok(theirs.offers.has(keyOf(serviceOf(0))))

  const { session, wire } = rawEnd()
  for (let number = 0; number < 500; number += 1) wire.write(frameOf(newsOf(serviceOf(number))))
  wire.write(frameOf(newsOf({ ...serviceOf(0), port: 4000 })))
  await eventually('the last of it', () => session.offers.get(keyOf(serviceOf(0)))?.port === 4000)
  assert.equal(session.offers.size, 200)
})

test('what flaps is said as fast as is allowed, and the connection holds', async () => {
  const { clock, ours, theirs } = pair()
  for (let i = 0; i < 100; i += 1) {
    ours.show(i % 2 === 0 ? Array.from({ length: 200 }, (_, number) => serviceOf(number)) : [])
    await clock.advance(200)
  }
  ours.show([serviceOf(7)])
  await clock.advance(20_000)

  assert.deepEqual([...theirs.offers.keys()], [keyOf(serviceOf(7))])
})

test('a relay that floods is cut off', async () => {
  const { session, wire } = rawEnd()
  for (let i = 0; i < 2000; i += 1) wire.write(Uint8Array.of(0, 0))

  const reason = await session.ended
  assert.ok(reason instanceof KnownError && reason.code === 'RELAY_FLOODS')
})

test('silence ends it; a beat now and then is enough', async () => {
  const { clock, ours, theirs } = pair()
  ours.show([serviceOf(1)])
  await clock.advance(60_000)
  assert.equal(theirs.offers.size, 1)

  const silent = rawEnd(clock)
  await clock.advance(15_000)
  const reason = await silent.session.ended
  assert.ok(reason instanceof KnownError && reason.code === 'RELAY_GONE')
})

test('what somebody asks for at one end is asked for at the other', async () => {
  const clock = fakeClock()
  const [left, right] = duplexPair()
  const asked: string[] = []
  const theirs = sessionOn(right, clock, (key) => asked.push(key))

  sessionOn(left, clock).reconfirm(serviceOf(1))
  await eventually('the question', () => asked.length > 0)

  assert.deepEqual(asked, [keyOf(serviceOf(1))])
  theirs.close()
})

test('what no relay of ours would send ends it with words', async () => {
  const type = question(typeName('_touch-able._tcp'), 'PTR')
  const bad: [what: string, bytes: Uint8Array][] = [
    ['a frame longer than any', Uint8Array.of(0xff, 0xff, 1, 2, 3)],
    ['no DNS message', Uint8Array.of(0, 4, 1, 2, 3, 4)],
    ['a question', frameOf(message({ questions: [type] }))],
    ['another type', frameOf(newsOf({ ...serviceOf(1), type: '_ssh._tcp' }))],
    ['an address of its own machine', frameOf(newsOf({ ...serviceOf(1), addresses: ['127.0.0.1'] }))],
    ['a link-local address', frameOf(newsOf({ ...serviceOf(1), addresses: ['fe80::1'] }))],
    ['no address', frameOf(newsOf({ ...serviceOf(1), addresses: [] }))],
    ['what was relayed already', frameOf(newsOf({ ...serviceOf(1), txt: new Map([['Relayed', true]]) }))],
    ['no SRV', withoutSrv()],
  ]
  for (const [what, bytes] of bad) {
    const { session, wire } = rawEnd()
    wire.write(bytes)
    const reason = await session.ended
    assert.ok(reason instanceof KnownError && reason.code === 'BAD_PACKET', `${what}: ${reason}`)
    assert.equal(session.offers.size, 0, what)
  }
})

test('frames in pieces and several at once are the same frames', async () => {
  const { session, wire } = rawEnd()
  const bytes = Buffer.concat([1, 2, 3].map((number) => frameOf(newsOf(serviceOf(number)))))
  for (const byte of bytes) wire.write(Uint8Array.of(byte))
  await eventually('three services', () => session.offers.size === 3)
})

function pair(clock: FakeClock = fakeClock()) {
  const [left, right] = duplexPair()
  return { clock, ours: sessionOn(left, clock), theirs: sessionOn(right, clock) }
}

/** A session, and the other end of its wire. */
function rawEnd(clock: FakeClock = fakeClock()): { session: LinkSession; wire: Duplex } {
  const [left, right] = duplexPair()
  right.resume()
  right.on('error', () => undefined)
  return { session: sessionOn(left, clock), wire: right }
}

function sessionOn(stream: Duplex, clock: FakeClock, onAsked = (_key: string) => {}): LinkSession {
  return linkSession(stream, { name: '10.1.0.1', types, clock, onChange() {}, onAsked })
}

function serviceOf(number: number): RelayedService {
  return {
    type: '_touch-able._tcp',
    name: `Host ${number}`,
    port: 3689,
    txt: new Map(),
    addresses: ['10.1.0.20'],
  }
}

function withoutSrv(): Uint8Array {
  const { answers } = newsOf(serviceOf(1))
  return frameOf(message({ flags: responseFlags, answers: answers.filter(({ type }) => type !== 'SRV') }))
}
