// A part of a type (RFC 6763 7.1).

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { announce, listen, twoMachines } from '../../test/fakes/discovering.ts'
import { nameText } from './dns/name.ts'
import type { ServiceToAnnounce } from './types.ts'

const printer: ServiceToAnnounce = {
  type: '_ipp._tcp',
  name: 'Dr. Ink',
  port: 631,
  subtypes: ['_color', '_universal'],
  txt: {},
}
const plain: ServiceToAnnounce = { type: '_ipp._tcp', name: 'Plain', port: 632, txt: {} }

test('who browses for a part of a type hears of those alone that belong to it; the others hear of all', async () => {
  const { clock, host, remote } = await twoMachines()
  const colored = listen(remote, '_color._sub._ipp._tcp')
  const all = listen(remote, '_ipp._tcp')

  await Promise.all([announce(clock, host, printer), announce(clock, host, plain)])
  await clock.advance(3000)

  assert.deepEqual(
    colored.ups.map(({ type, name }) => `${name} ${type}`),
    ['Dr. Ink _ipp._tcp'],
  )
  assert.deepEqual(all.ups.map(({ name }) => name).toSorted(), ['Dr. Ink', 'Plain'])
})

test('who browses later finds it by asking; a goodbye ends it', async () => {
  const { clock, host, remote } = await twoMachines()
  await announce(clock, host, printer)
  await clock.advance(60_000)

  const colored = listen(remote, '_universal._sub._ipp._tcp')
  await clock.advance(1000)
  await host.close()
  await clock.advance(1500)

  assert.equal(colored.ups.length, 1)
  assert.equal(colored.downs.length, 1)
})

test('the list of types does not name subtypes', async () => {
  const { clock, lan, host } = await twoMachines()
  await announce(clock, host, printer)
  await clock.advance(5000)

  const listed = lan.heard
    .flatMap(({ message: { answers } }) => answers)
    .flatMap((record) => (record.type === 'PTR' ? [record] : []))
    .filter(({ name }) => nameText(name) === '_services._dns-sd._udp.local')
    .map(({ target }) => nameText(target))

  assert.deepEqual([...new Set(listed)], ['_ipp._tcp.local'])
})
