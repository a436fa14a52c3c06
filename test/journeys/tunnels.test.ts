// Ways between machines that are not a wire: a tunnel, as VPNs make them, and the macvlan of a container.

import assert from 'node:assert/strict'
import { resolve } from 'node:path'
import { test } from 'node:test'
import { createNetwork, ip, type Machine } from '../lab/namespaces.ts'
import { needs, needsNamespaces } from '../lab/peers.ts'
import { routeBetween } from '../lab/router.ts'
import { faultsOf } from './doctoring.ts'
import { type Person, personAt } from './programs.ts'

const sample = resolve(import.meta.dirname, '../../sample')
/** The machine may be busy with other tests. */
const patienceMs = 60_000
const hostEnd = '10.8.0.1'
const remoteEnd = '10.8.0.2'

test('through a tunnel without multicast by address, and nobody complains; through one with it as at home', {
  timeout: 240_000,
}, async (t) => {
  if (!needsNamespaces(t) || !needs(t, 'ping', 'nft', 'socat')) return
  const home = await createNetwork(t, { machines: ['attic', 'router'], ipv4Prefix: '10.77.1', ipv6: false })
  const office = await createNetwork(t, { machines: ['desk'], ipv4Prefix: '10.77.2', ipv6: false })
  await routeBetween(home, 'router', office)
  const [attic, desk] = [home.machine('attic'), office.machine('desk')]
  await tunnelBetween(attic, desk)
  const ends = [
    [attic, hostEnd],
    [desk, remoteEnd],
  ] as const
  for (const [machine, address] of ends) await makeLikeWireGuard(machine, address)
  const owner = personAt(t, attic)
  const host = await startHost(owner)
  const onDesk = personAt(t, desk)

  const silence = await onDesk.run('find', '--for', '3')
  assert.match(silence.stderr, /^Nobody was heard\. [^\n]*$/, 'in one line')
  await pairByAddress(onDesk, owner, hostEnd)
  assert.equal((await onDesk.run('status')).code, 0)
  assert.deepEqual(await faultsOf(onDesk), ['OTHER_NETWORK'])
  assert.deepEqual(host.errorLines, [], 'a tunnel is as it is')

  for (const [machine, address] of ends) await makeOpenToAll(machine, address)
  const finding = onDesk.start('find', '--json', '--for', '60')
  await finding.line(`"addresses":["${hostEnd}"`, patienceMs)
  await finding.stop('SIGINT')
  assert.deepEqual(await faultsOf(onDesk), [])
})

test('a container with a macvlan is a neighbour of everybody but the machine it runs on', {
  timeout: 120_000,
}, async (t) => {
  if (!needsNamespaces(t) || !needs(t, 'ping')) return
  const network = await createNetwork(t, { machines: ['docker', 'sofa', 'container'], ipv6: false })
  const [docker, container] = [network.machine('docker'), network.machine('container')]
  giveMacvlan(docker, container, '10.77.0.50')
  await startHost(personAt(t, container))

  const finding = personAt(t, network.machine('sofa')).start('find', '--json', '--for', '60')
  await finding.line('"addresses":["10.77.0.50"', patienceMs)
  await finding.stop('SIGINT')
  const own = await personAt(t, docker).run('find', '--for', '3', '--json')
  assert.equal(own.stdout, '')
})

async function startHost(person: Person) {
  const host = person.start('host', sample, '--name', 'Attic', '--output', 'null', '--json')
  await host.line('"ready"', patienceMs)
  return host
}

async function pairByAddress(remote: Person, host: Person, address: string): Promise<void> {
  const pairing = remote.start('pair', address, '--json', '--name', 'Desk')
  const { pin } = JSON.parse(await pairing.line('"waiting"', patienceMs)) as { pin: string }
  const accepted = await host.run('accept', 'Desk', pin)
  assert.equal(accepted.code, 0, accepted.stderr)
  assert.equal((await pairing.exit).code, 0)
}

/** A program at each end carries what the kernel gives it, as OpenVPN and Tailscale do. */
async function tunnelBetween(host: Machine, remote: Machine): Promise<void> {
  const device = (address: string) => `TUN:${address}/24,tun-type=tun,iff-no-pi,iff-up,tun-name=tun0`
  const far = host.spawn('socat', ['-d', '-d', 'UDP-LISTEN:5555', device(hostEnd)])
  await far.errorLine('listening', patienceMs)
  const near = remote.spawn('socat', ['-d', '-d', `UDP:${host.ipv4}:5555`, device(remoteEnd)])
  await near.errorLine('starting data transfer', patienceMs)
  await remote.run('ping', '-c', '1', '-W', '10', hostEnd)
}

/** Says that it carries no multicast, and refuses it: no group belongs to a peer. */
async function makeLikeWireGuard(machine: Machine, address: string): Promise<void> {
  await machine.run('ip', 'link', 'set', 'tun0', 'multicast', 'off')
  await machine.run('nft', 'add table ip peers')
  await machine.run('nft', 'add chain ip peers out { type filter hook output priority 0; }')
  await machine.run('nft', 'add rule ip peers out oifname tun0 ip daddr 224.0.0.0/4 reject')
  await machine.run('ip', 'address', 'flush', 'dev', 'tun0')
  await machine.run('ip', 'address', 'add', `${address}/32`, 'dev', 'tun0')
  await machine.run('ip', 'route', 'add', '10.8.0.0/24', 'dev', 'tun0')
}

async function makeOpenToAll(machine: Machine, address: string): Promise<void> {
  await machine.run('nft', 'delete table ip peers')
  await machine.run('ip', 'link', 'set', 'tun0', 'multicast', 'on')
  await machine.run('ip', 'address', 'flush', 'dev', 'tun0')
  await machine.run('ip', 'address', 'add', `${address}/24`, 'dev', 'tun0')
}

function giveMacvlan(machine: Machine, container: Machine, address: string): void {
  ip('-n', container.space, 'link', 'del', 'eth0')
  ip('-n', machine.space, 'link', 'add', 'macvlan0', 'link', 'eth0', 'type', 'macvlan', 'mode', 'bridge')
  ip('-n', machine.space, 'link', 'set', 'macvlan0', 'netns', container.space, 'name', 'eth0')
  ip('-n', container.space, 'link', 'set', 'eth0', 'up')
  ip('-n', container.space, 'address', 'add', `${address}/24`, 'brd', '+', 'dev', 'eth0')
  ip('-n', container.space, 'route', 'replace', '224.0.0.0/4', 'dev', 'eth0')
}
