import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fakeClock } from '../../../test/fakes/clock.ts'
import { KnownError } from '../../errors.ts'
import { createAccess } from './access.ts'
import { createAttempts, sourceOf } from './attempts.ts'

test('private, link-local, VPN and own addresses are answered, the world is not', () => {
  const access = createAccess({ allowedHosts: [] }, fakeClock())

  for (const address of [
    '127.0.0.1',
    '::1',
    '192.168.1.9',
    '10.1.2.3',
    '172.31.0.1',
    '169.254.7.7',
    '100.64.0.1',
    'fe80::1%eth0',
    'fd00::1',
    '::ffff:192.168.1.9',
  ])
    assert.ok(access.isAddressAllowed(address), address)
  for (const address of [
    '8.8.8.8',
    '172.32.0.1',
    '100.128.0.1',
    '2606:4700::1',
    '::ffff:8.8.8.8',
    '',
    'nonsense',
  ])
    assert.ok(!access.isAddressAllowed(address), address)
})

test('listed networks are answered too, and "all" means all', () => {
  const listed = createAccess(
    { allowedHosts: [], allowedNetworks: ['203.0.113.0/24', '2001:db8::/32'] },
    fakeClock(),
  )
  const all = createAccess({ allowedHosts: [], allowedNetworks: ['all'] }, fakeClock())

  assert.ok(listed.isAddressAllowed('203.0.113.77'))
  assert.ok(listed.isAddressAllowed('2001:db8::5'))
  assert.ok(!listed.isAddressAllowed('203.0.114.1'))
  assert.ok(all.isAddressAllowed('8.8.8.8'))
  for (const wrong of ['203.0.113', '203.0.113.0/33', '203.0.113.0/x', '2001:db8::/129', 'home', '/8'])
    assert.throws(
      () => createAccess({ allowedHosts: [], allowedNetworks: [wrong] }, fakeClock()),
      new KnownError('BAD_SETTING', { setting: 'allowed-networks', problem: `no network: ${wrong}` }),
      wrong,
    )
})

test('failures are counted per source and forgotten after a minute', async () => {
  const clock = fakeClock()
  const attempts = createAttempts(clock)
  for (let count = 0; count < 20; count += 1) attempts.fail('192.168.1.9')

  assert.throws(() => attempts.check('192.168.1.9'), KnownError)
  assert.throws(() => attempts.check('::ffff:192.168.1.9'), KnownError)
  attempts.check('192.168.1.10')
  await clock.advance(61_000)
  attempts.check('192.168.1.9')
})

test('an IPv6 caller cannot change its source within its /64', () => {
  assert.equal(sourceOf('2001:db8:1:2:aaaa::1'), sourceOf('2001:db8:1:2::ffff'))
  assert.notEqual(sourceOf('2001:db8:1:2::1'), sourceOf('2001:db8:1:3::1'))
  assert.equal(sourceOf('::1'), sourceOf('::2'))
})
