// "Mr.Music" may be a library and "music.example.org" a machine: which one is meant is seen by who is there.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fakeNetwork, touchAble } from '../../../test/fakes/discovery.ts'
import { findNamed, typedAddress, whyNobody } from './typed-host.ts'

const never = new AbortController().signal

/** What is found by what was typed, where this library appears. */
async function foundBy(typed: string, name: string): Promise<string | undefined> {
  const network = fakeNetwork()
  const finding = findNamed(network, typed, never)
  network.appears(touchAble({ name, port: 3700 }))
  const found = await finding
  return 'name' in found ? found.name : undefined
}

test('a library with a dot in its name is found by it', async () => {
  assert.equal(await foundBy('mr.music', 'Mr.Music'), 'Mr.Music')
})

test('a library that is seen goes before a machine that is called so; unseen, the machine is meant', async () => {
  const network = fakeNetwork()
  const inEverySystem = '127.1' // the resolver takes it for 127.0.0.1, without asking anybody

  const seeing = findNamed(network, inEverySystem, never)
  network.appears(touchAble({ name: '127.1', port: 3700 }))
  const unseen = await findNamed(network, inEverySystem, never)

  assert.equal('name' in (await seeing) && (await seeing).port, 3700)
  assert.deepEqual(unseen, { host: '127.1', port: 3689 })
})

test('a machine is found by its name on the link too', async () => {
  assert.equal(await foundBy('Attic.local', 'Records'), 'Records')
})

test('what can only be an address is one, and a word is none', () => {
  assert.deepEqual(typedAddress('192.168.1.20'), { host: '192.168.1.20', port: 3689 })
  assert.deepEqual(typedAddress('music.example.org:80'), { host: 'music.example.org', port: 80 })
  assert.deepEqual(typedAddress('http://music.example.org/'), { host: 'music.example.org', port: 3689 })
  assert.deepEqual(typedAddress('fe80::1%eth0'), { host: 'fe80::1%eth0', port: 3689 })
  for (const name of ['Mr.Music', 'music.example.org', 'Studio', 'Mr. Music'])
    assert.equal(typedAddress(name), undefined)
})

test('an address that no single machine has is refused with the reason', () => {
  for (const [address, why] of [
    ['224.0.0.251', /group/],
    ['ff02::fb%eth0', /group/],
    ['0.0.0.0', /no machine/],
    ['255.255.255.255', /no machine/],
    ['fe80::1', /fe80::1%eth0/],
  ] as const) {
    assert.match(whyNobody(address) ?? '', why)
    assert.throws(() => typedAddress(address), { code: 'BAD_ADDRESS' })
  }
  for (const address of ['10.0.0.1', '127.0.0.1', '::1', '2001:db8::1', 'fe80::1%eth0', 'no address'])
    assert.equal(whyNobody(address), undefined)
})
