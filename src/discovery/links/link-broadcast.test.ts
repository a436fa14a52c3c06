import assert from 'node:assert/strict'
import type { NetworkInterfaceInfo } from 'node:os'
import { test } from 'node:test'
import { broadcastAddresses } from './link-broadcast.ts'
import { macIn, macInArpTable } from './neighbours.ts'

const ipv4 = (address: string, prefix: number, netmask: string): NetworkInterfaceInfo =>
  ({ address, netmask, cidr: `${address}/${prefix}`, family: 'IPv4', internal: false, mac: '' }) as const
const ipv6 = (address: string, prefix = 64): NetworkInterfaceInfo =>
  ({
    address,
    netmask: '',
    cidr: `${address}/${prefix}`,
    family: 'IPv6',
    internal: false,
    mac: '',
    scopeid: 2,
  }) as const

const interfaces = {
  lo: [{ ...ipv4('127.0.0.1', 8, '255.0.0.0'), internal: true }],
  eth0: [ipv4('192.168.1.5', 24, '255.255.255.0'), ipv6('fe80::5'), ipv6('fd77::5')],
  wlan0: [ipv4('10.20.30.40', 20, '255.255.240.0'), ipv6('fe80::6')],
  eth1: [ipv6('fe80::7'), ipv6('fd88::7')],
  wg0: [ipv4('10.9.0.2', 32, '255.255.255.255')],
}

for (const [addresses, expected] of [
  [['192.168.1.20'], ['192.168.1.255']],
  [['10.20.17.1'], ['10.20.31.255']],
  [['192.168.1.20', 'fd77::20', 'fe80::20%eth0'], ['192.168.1.255']],
  [['fd77::20'], ['192.168.1.255']],
  [['fd88::20'], ['ff02::1%eth1']],
  [['fe80::20%eth1'], ['ff02::1%eth1']],
  [
    ['192.168.1.20', '10.20.17.1'],
    ['192.168.1.255', '10.20.31.255'],
  ],
  [['fe80::20'], []],
  [['203.0.113.9'], []],
  [['10.9.0.2'], []],
  [['127.0.0.1'], []],
  [['studio.local'], []],
] as const) {
  test(`to reach ${addresses.join(' and ')}: ${expected.join(' and ') || 'no link of ours'}`, () => {
    assert.deepEqual(broadcastAddresses(addresses, interfaces), expected)
  })
}

test('the neighbour table gives the address of a machine that has answered', () => {
  const table = `IP address       HW type     Flags       HW address            Mask     Device
192.168.1.20     0x1         0x2         d4:9a:20:d1:5e:63     *        eth0
192.168.1.21     0x1         0x0         00:00:00:00:00:00     *        eth0\n`

  assert.equal(macInArpTable(table, '192.168.1.20'), 'd4:9a:20:d1:5e:63')
  assert.equal(macInArpTable(table, '192.168.1.21'), undefined)
  assert.equal(macInArpTable(table, '192.168.1.2'), undefined)
  assert.equal(macInArpTable('', '192.168.1.20'), undefined)
})

test('so do the words of ip, arp and ndp', () => {
  assert.equal(macIn('dev eth0 lladdr D4:9a:20:d1:5e:63 router REACHABLE'), 'd4:9a:20:d1:5e:63')
  assert.equal(macIn('? (10.0.0.1) at d4:9a:20:1:5e:3 on en0 ifscope [ethernet]'), 'd4:9a:20:01:5e:03')
  assert.equal(macIn('192.168.1.20 dev eth0 FAILED'), undefined)
  assert.equal(macIn('? (10.0.0.1) at (incomplete) on en0'), undefined)
  assert.equal(macIn('fd77::20 dev eth0 INCOMPLETE'), undefined)
})
