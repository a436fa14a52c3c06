import assert from 'node:assert/strict'
import { test } from 'node:test'
import { instanceName, nameOf } from '../dns/name.ts'
import { addressBytes, addressText } from '../links/addresses.ts'
import { isOnLink, type Link } from '../links/link.ts'
import { addressRecords, instanceRecords } from '../responder/zone.ts'
import { RecordCache } from './cache.ts'
import { type Hearing, resolve } from './resolve.ts'

const type = '_touch-able._tcp'
const instance = instanceName('Studio', type)
const wired: Link = {
  name: 'eth0',
  scope: 'eth0',
  addresses: [
    { address: '192.168.1.2', family: 'IPv4', prefixLength: 24 },
    { address: 'fe80::2', family: 'IPv6', prefixLength: 64 },
    { address: 'fd77::2', family: 'IPv6', prefixLength: 64 },
  ],
}
const wireless: Link = {
  name: 'wlan0',
  scope: 'wlan0',
  addresses: [{ address: '10.0.0.2', family: 'IPv4', prefixLength: 8 }],
}

test('addresses: on our subnet first, IPv4 before IPv6, link-local with scope, none that points at ourselves', () => {
  const hearing = hearingOn(wired)
  hear(
    hearing,
    3689,
    ['fe80::1', 'fd77::1', '172.16.0.1', '192.168.1.1', '127.0.0.1', '::1', '224.0.0.1', '0.0.0.0'],
    0,
  )

  const { service } = resolve(type, instance, [hearing])

  assert.deepEqual(service?.addresses, ['192.168.1.1', 'fd77::1', 'fe80::1%eth0', '172.16.0.1'])
})

test('of two ports heard on two links, the newer one; addresses of both', () => {
  const [first, second] = [hearingOn(wired), hearingOn(wireless)]
  hear(first, 3689, ['192.168.1.1'], 0)
  hear(second, 4000, ['10.0.0.1'], 50)

  const { service } = resolve(type, instance, [first, second])

  assert.equal(service?.port, 4000)
  assert.equal(service?.interfaceName, 'wlan0')
  assert.deepEqual(service?.addresses, ['10.0.0.1', '192.168.1.1'])
  assert.equal(resolve(type, instance, [second, first]).service?.port, 4000)
})

test('the same heard on two links is always the same service, whichever spoke last', () => {
  const [first, second] = [hearingOn(wired), hearingOn(wireless)]
  hear(first, 3689, ['192.168.1.1'], 0)
  hear(second, 3689, ['192.168.1.1'], 50)

  const before = resolve(type, instance, [first, second]).service
  hear(first, 3689, ['192.168.1.1'], 100)
  const after = resolve(type, instance, [first, second]).service

  assert.deepEqual(before, after)
  assert.equal(before?.interfaceName, 'eth0')
})

test('a port of zero or the root as host says that there is no such service: nothing is found, or asked for', () => {
  const portless = hearingOn(wired)
  hear(portless, 0, ['192.168.1.1'], 0)
  const rootless = hearingOn(wired)
  for (const record of instanceRecords({ type, name: 'Studio', port: 3689, txt: {} }, []))
    rootless.cache.put(record, 0)

  for (const hearing of [portless, rootless])
    assert.deepEqual(resolve(type, instance, [hearing]), { missing: [] })
})

test('on-link: by prefix, link-local by scope', () => {
  assert.ok(isOnLink(wired, '192.168.1.77'))
  assert.ok(!isOnLink(wired, '192.168.2.77'))
  assert.ok(isOnLink(wired, 'fe80::9%eth0'))
  assert.ok(!isOnLink(wired, 'fe80::9%wlan0'))
  assert.ok(!isOnLink(wireless, 'fe80::9%wlan0'))
  assert.ok(isOnLink(wired, 'fd77::99'))
})

for (const text of [
  '1.2.3.4',
  '::',
  '::1',
  'fe80::1',
  '2001:db8::1:0:0:1',
  '1:2:3:4:5:6:7:8',
  'fd77:0:1::',
  '1::8',
])
  test(`${text} survives the way to bytes and back`, () => {
    assert.equal(addressText(addressBytes(text)), text)
  })

function hearingOn(link: Link): Hearing {
  return { link, cache: new RecordCache(() => 0) }
}

function hear({ cache }: Hearing, port: number, addresses: string[], nowMs: number): void {
  const host = nameOf('studio.local')
  const remote: Link = {
    name: 'any',
    scope: 'any',
    addresses: addresses.map((address) => ({
      address,
      family: address.includes(':') ? 'IPv6' : 'IPv4',
      prefixLength: 24,
    })),
  }
  for (const record of [
    ...instanceRecords({ type, name: 'Studio', port, txt: {} }, host),
    ...addressRecords(host, remote),
  ])
    cache.put(record, nowMs)
}
