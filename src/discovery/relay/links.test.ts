// Relays that meet by a code, know each other from then on, and keep strangers out. Real sockets, on loopback.

import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect } from 'node:net'
import { type TestContext, test } from 'node:test'
import { connect as connectTls } from 'node:tls'
import { eventually } from '../../../test/lab/eventually.ts'
import { systemClock } from '../../clock.ts'
import { KnownError } from '../../errors.ts'
import { silentLog } from '../../log.ts'
import { type End, shownTo } from './exchange.ts'
import { callRelay } from './link-caller.ts'
import type { LinkEvent } from './link-join.ts'
import type { LinkKey, LinkKeys } from './link-keys.ts'
import { openLinkPort } from './link-port.ts'
import type { Relay } from './relay.ts'
import { keyOf, type RelayedService } from './relayed-service.ts'

const types = ['_touch-able._tcp']

test('two relays meet by a code, show each other what they have, and need no code again', async (t) => {
  const home = place(t, 'Attic')
  const office = place(t, 'Desk')
  const door = await home.open()
  const { port } = door

  await office.call(port, door.invite()).linked
  await eventually('each shown what the other has', () => office.shown('Attic') && home.shown('Desk'))
  assert.equal(home.keys.all.length, 1)
  assert.deepEqual(home.keys.all[0]?.key, office.keys.all[0]?.key)

  await door.close()
  await eventually('nothing left of the other', () => !office.shown('Attic') && !home.shown('Desk'))
  await home.open(port)
  await eventually('linked again by itself', () => office.shown('Attic') && home.shown('Desk'))
})

test('a code is good once, and a wrong one is refused with words', async (t) => {
  const home = place(t, 'Attic')
  const door = await home.open()
  const code = door.invite()
  await place(t, 'Desk').call(door.port, code).linked

  for (const other of [code, '0000-0000-0000-0000', 'nonsense'])
    await assert.rejects(
      place(t, 'Stranger').call(door.port, other).ended,
      (error) => error instanceof KnownError && error.code === 'WRONG_LINK_CODE',
    )
  assert.equal(home.keys.all.length, 1)
  assert.equal(home.shown('Stranger'), false)
})

test('the code is typed as people type', async (t) => {
  const home = place(t, 'Attic')
  const door = await home.open()
  const typed = ` ${door.invite().toLowerCase().replaceAll('-', ' ').replaceAll('1', 'l').replaceAll('0', 'o')} `

  await place(t, 'Desk').call(door.port, typed).linked
})

test('both ends call each other at once: both are linked, and nothing is there twice', async (t) => {
  const home = place(t, 'Attic')
  const office = place(t, 'Desk')
  const [homeDoor, officeDoor] = [await home.open(), await office.open()]
  const key: LinkKey = { id: 'both', key: new Uint8Array(32).fill(7) }
  home.keys.add(key, `127.0.0.1:${officeDoor.port}`)
  office.keys.add(key, `127.0.0.1:${homeDoor.port}`)

  await Promise.all([home.call(officeDoor.port).linked, office.call(homeDoor.port).linked])
  await eventually('each shown what the other has', () => office.shown('Attic') && home.shown('Desk'))
  assert.deepEqual(office.shownNames(), ['Attic'])
  assert.deepEqual(home.shownNames(), ['Desk'])
})

test('three in a row: what comes from one relay is not told to the next', async (t) => {
  const [west, middle, east] = [place(t, 'West'), place(t, 'Middle'), place(t, 'East')]
  const door = await middle.open()
  await west.call(door.port, door.invite()).linked
  await east.call(door.port, door.invite()).linked

  await eventually('the middle shown both', () => middle.shown('West') && middle.shown('East'))
  await eventually('both shown the middle', () => west.shown('Middle') && east.shown('Middle'))
  assert.deepEqual(west.shownNames(), ['Middle'])
  assert.deepEqual(east.shownNames(), ['Middle'])
})

test('a key that is not known, or is another one, opens nothing; it is told, not tried in a hurry', async (t) => {
  const home = place(t, 'Attic')
  const office = place(t, 'Desk')
  const door = await home.open()
  home.keys.add({ id: 'shared-id', key: new Uint8Array(32).fill(1) })
  for (const id of ['shared-id', 'forgotten']) {
    office.keys.forget()
    office.keys.add({ id, key: new Uint8Array(32).fill(2) }, `127.0.0.1:${door.port}`)
    const calling = office.call(door.port)
    const told = await eventually('the refusal', () =>
      office.events.find(({ reason }) => reason !== undefined),
    )
    assert.ok(told.reason instanceof KnownError && told.reason.code === 'LINK_REFUSED')
    assert.equal(home.events.length, 0)
    calling.stop()
    office.events.length = 0
  }
})

test('strangers at the port get nothing, and keep friends neither out nor from staying', async (t) => {
  const home = place(t, 'Attic')
  const door = await home.open()
  const office = place(t, 'Office')
  await office.call(door.port, door.invite()).linked
  for (let i = 0; i < 100; i += 1) {
    const stranger = connect(door.port, '127.0.0.1')
    stranger.on('error', () => undefined)
    t.after(() => stranger.destroy())
    if (i % 2 === 0) stranger.write('GET / HTTP/1.1\r\n\r\n')
  }
  const withCertificate = connectTls({ port: door.port, host: '127.0.0.1', rejectUnauthorized: false })
  await assert.rejects(once(withCertificate, 'secureConnect'))

  await place(t, 'Desk').call(door.port, door.invite()).linked
  assert.deepEqual(
    office.events.map(({ event }) => event),
    ['linked'],
  )
})

/** A relay whose links are only a list. */
function place(t: TestContext, serviceName: string) {
  const side = sideWith(serviceName)
  const ends = new Set<End>([side])
  const events: LinkEvent[] = []
  const keys = keysInMemory()
  const exchange = () => {
    for (const end of ends) end.show([...shownTo(end, ends).values()].map(({ service }) => service))
  }
  const relay: Relay = {
    sides: ['eth0'],
    add(peer) {
      ends.add(peer)
      exchange()
    },
    changed: exchange,
    asked() {},
    remove(peer) {
      ends.delete(peer)
      exchange()
    },
    async close() {},
  }
  const options = { relay, types, keys, log: silentLog, clock: systemClock }
  const onEvent = (event: LinkEvent) => void events.push(event)
  return {
    keys,
    events,
    shown: (name: string) => side.shown.some((service) => service.name === name),
    shownNames: () => side.shown.map(({ name }) => name),
    async open(port = 0) {
      const door = await openLinkPort({ ...options, port, onEvent })
      t.after(() => door.close())
      return door
    },
    call(port: number, code?: string) {
      const stopping = new AbortController()
      t.after(() => stopping.abort())
      const linked = Promise.withResolvers<void>()
      const askCode = async () => code ?? assert.fail('no code should be asked for')
      const ended = callRelay(
        {
          ...options,
          ...{ host: '127.0.0.1', port, address: `127.0.0.1:${port}`, askCode },
          onEvent(event) {
            onEvent(event)
            if (event.event === 'linked') linked.resolve()
          },
        },
        stopping.signal,
      )
      ended.catch(linked.reject)
      linked.promise.catch(() => undefined)
      return { linked: linked.promise, ended, stop: () => stopping.abort() }
    },
  }
}

function sideWith(name: string): End & { shown: readonly RelayedService[] } {
  const service = { type: '_touch-able._tcp', name, port: 3689, txt: new Map(), addresses: ['10.1.0.20'] }
  return {
    kind: 'side',
    name: 'eth0',
    offers: new Map([[keyOf(service), service]]),
    taken: new Set(),
    shown: [],
    show(services) {
      this.shown = services
    },
    reconfirm() {},
  }
}

function keysInMemory(): LinkKeys & { all: readonly LinkKey[]; forget(): void } {
  const kept: { key: LinkKey; address: string | undefined }[] = []
  return {
    get all() {
      return kept.map(({ key }) => key)
    },
    forget: () => void kept.splice(0),
    find: (id) => kept.find(({ key }) => key.id === id)?.key,
    at: (address) => kept.find((one) => one.address === address)?.key,
    add: (key, address) => void kept.push({ key, address }),
  }
}
