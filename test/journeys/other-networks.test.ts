// The host is at home, the remote at the office, and the router between them drops multicast. Real processes.

import assert from 'node:assert/strict'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { eventually } from '../lab/eventually.ts'
import { createNetwork, ip, type Machine } from '../lab/namespaces.ts'
import { needs, needsNamespaces } from '../lab/peers.ts'
import type { Running } from '../lab/process.ts'
import { routeBetween } from '../lab/router.ts'
import { faultsOf } from './doctoring.ts'
import { makeFlacAlbum } from './music.ts'
import { type Person, personAt, temporaryFolder } from './programs.ts'

const libraryName = 'Attic ♪'
/** A busy machine takes its time to start a program. */
const patienceMs = 60_000

test('by a relay in the router the office finds, pairs, browses and plays the host at home', {
  timeout: 300_000,
}, async (t) => {
  if (!canRun(t)) return
  const { home, office, router } = await createRoutedNetworks(t, { home: ['attic'], office: ['desk'] })
  const attic = personAt(t, home.machine('attic'))
  const desk = personAt(t, office.machine('desk'))
  const relaying = personAt(t, router).start('relay', 'eth0', 'eth1')
  await relaying.line('Takes part: eth1', patienceMs)
  await startHost(t, attic)
  await relaying.line(/\+ host .* eth0 → eth1/, patienceMs)

  await findsIt(desk)
  await pairsByDigits(desk, attic)
  await usesIt(desk)
})

test('by two relays, one in each network, linked by address and a code', { timeout: 300_000 }, async (t) => {
  if (!canRun(t)) return
  const { home, office } = await createRoutedNetworks(t, {
    home: ['attic', 'cellar'],
    office: ['desk', 'corner'],
  })
  const attic = personAt(t, home.machine('attic'))
  const desk = personAt(t, office.machine('desk'))
  const atHome = personAt(t, home.machine('cellar')).start('relay', '--listen', '--json')
  const { code } = JSON.parse(await atHome.line('"code"', patienceMs)) as { code: string }
  await startHost(t, attic)
  const corner = personAt(t, office.machine('corner'))
  const address = `${home.machine('cellar').ipv4}`
  const first = corner.start('relay', '--link', address, '--json')
  first.write(`${code}\n`)
  await first.line('"linked"', patienceMs)
  await first.line('"shown"', patienceMs)

  await findsIt(desk)
  await pairsByDigits(desk, attic)
  await usesIt(desk)

  await first.stop('SIGTERM')
  await atHome.line('"unlinked"', patienceMs)
  const again = corner.start('relay', '--link', address, '--json')
  await again.line('"linked"', patienceMs)
})

test('by a typed address, and by the DNS of the office', { timeout: 300_000 }, async (t) => {
  if (!canRun(t) || !needs(t, 'dnsmasq')) return
  const { home, office, router, officeGateway } = await createRoutedNetworks(t, {
    home: ['attic'],
    office: ['desk', 'corner'],
  })
  const attic = personAt(t, home.machine('attic'))
  await startHost(t, attic)
  const address = home.machine('attic').ipv4 ?? ''

  const desk = personAt(t, office.machine('desk'))
  await pairsByAddress(desk, attic, address)
  await usesIt(desk)
  assert.deepEqual(await faultsOf(desk), ['OTHER_NETWORK'])
  const ipv6 = personAt(t, office.machine('desk'))
  await pairsByAddress(ipv6, attic, `[${home.machine('attic').ipv6}]:3689`)
  await usesIt(ipv6)

  const nameServer = await startDnsmasq(t, router, officeGateway, [
    'ptr-record=b._dns-sd._udp.example.test,home.example.test',
    `ptr-record=_touch-able._tcp.home.example.test,${idOf(attic)}._touch-able._tcp.home.example.test`,
    `srv-host=${idOf(attic)}._touch-able._tcp.home.example.test,attic.home.example.test,3689`,
    `txt-record=${idOf(attic)}._touch-able._tcp.home.example.test,txtvers=1,CtlN=${libraryName}`,
    `host-record=attic.home.example.test,${address}`,
  ])
  giveResolvConf(t, office.machine('desk'), `nameserver ${officeGateway}\n`)
  const asker = personAt(t, office.machine('desk'))
  const unfound = await asker.run('status', '--host', libraryName)
  assert.match(unfound.stderr, /HOST_NOT_FOUND/)
  const unpaired = await asker.run('status', '--host', libraryName, '--domain', 'home.example.test')
  assert.match(unpaired.stderr, /NOT_PAIRED/, 'found there, and not paired yet')

  const corner = office.machine('corner')
  giveResolvConf(t, corner, `# written by a test\nsearch example.test\nnameserver ${officeGateway}\n\0odd\n`)
  const reader = personAt(t, corner)
  await findsIt(reader)
  await pairsByAddress(reader, attic, libraryName)
  await usesIt(reader)
  await nameServer.stop()
})

test('behind a NAT, as in a Docker bridge: the published port is enough', { timeout: 300_000 }, async (t) => {
  if (!canRun(t) || !needs(t, 'nft')) return
  const { home, office, router, officeGateway } = await createRoutedNetworks(t, {
    home: ['attic'],
    office: ['desk'],
  })
  const [container, desk] = [home.machine('attic'), office.machine('desk')]
  // What Docker does for `--publish 3689:3689`, and nobody outside knows the way to the container.
  ip('-n', desk.space, 'route', 'del', 'default')
  await router.run('nft', 'add table ip docker')
  await router.run('nft', 'add chain ip docker in { type nat hook prerouting priority -100; }')
  await router.run('nft', `add rule ip docker in iifname eth1 tcp dport 3689 dnat to ${container.ipv4}`)
  await router.run('nft', 'add chain ip docker out { type nat hook postrouting priority 100; }')
  await router.run('nft', 'add rule ip docker out oifname eth1 masquerade')
  const attic = personAt(t, container)
  await startHost(t, attic)

  const reader = personAt(t, desk)
  await pairsByAddress(reader, attic, officeGateway)
  await usesIt(reader)
})

test('where multicast is swallowed, as by a VPN or some Wi-Fi, a machine can be asked alone', {
  timeout: 300_000,
}, async (t) => {
  if (!canRun(t) || !needs(t, 'nft')) return
  const network = await createNetwork(t, { machines: ['attic', 'desk'] })
  const [atticMachine, deskMachine] = [network.machine('attic'), network.machine('desk')]
  await deskMachine.run('nft', 'add table inet swallow')
  for (const hook of ['input', 'output']) {
    await deskMachine.run('nft', `add chain inet swallow ${hook} { type filter hook ${hook} priority 0; }`)
    await deskMachine.run('nft', `add rule inet swallow ${hook} ip daddr 224.0.0.0/4 drop`)
    await deskMachine.run('nft', `add rule inet swallow ${hook} ip6 daddr ff00::/8 udp dport 5353 drop`)
  }
  const attic = personAt(t, atticMachine)
  await startHost(t, attic)
  const desk = personAt(t, deskMachine)

  const alone = await desk.run('find', '--for', '3', '--json')
  assert.equal(alone.stdout, '', 'nothing is heard by itself')
  const asking = desk.start('find', `${atticMachine.ipv4}`, '--json', '--for', '60')
  await asking.line(`"name":"${libraryName}"`, patienceMs)
  await pairsByAddress(desk, attic, `${atticMachine.ipv4}`)
  await usesIt(desk)

  // The other way round, as for a phone: the remote shows its digits, and the host asks it alone.
  const phone = personAt(t, deskMachine)
  const pairing = phone.start('pair', '--json', '--name', 'Phone')
  const { pin } = JSON.parse(await pairing.line('"waiting"', patienceMs)) as { pin: string }
  assert.deepEqual(await attic.json<unknown[]>('accept'), [])
  const nobody = await attic.run('accept', '10.77.0.99', pin)
  assert.match(nobody.stderr, /NO_SUCH_PAIRING_REQUEST/)
  const accepted = await attic.run('accept', `${deskMachine.ipv4}`, pin)
  assert.match(accepted.stdout, /Phone \(10\.77\.0\.2\) asks.*Paired with Phone/s, accepted.stderr)
  await pairing.line('"paired"', patienceMs)
})

/** The router is `eth0` at home and `eth1` in the office. */
async function createRoutedNetworks(
  t: TestContext,
  machines: { home: readonly string[]; office: readonly string[] },
) {
  const home = await createNetwork(t, {
    machines: [...machines.home, 'router'],
    ipv4Prefix: '10.77.1',
    ipv6Prefix: 'fd77:0:0:1',
  })
  const office = await createNetwork(t, {
    machines: machines.office,
    ipv4Prefix: '10.77.2',
    ipv6Prefix: 'fd77:0:0:2',
  })
  await routeBetween(home, 'router', office)
  return { home, office, router: home.machine('router'), officeGateway: '10.77.2.254' }
}

function canRun(t: TestContext): boolean {
  return needsNamespaces(t) && needs(t, 'ffmpeg', 'ping')
}

async function startHost(t: TestContext, attic: Person): Promise<Running> {
  const folder = temporaryFolder(t)
  await makeFlacAlbum(folder, { album: 'Signal', artist: 'Tone Arm', titles: ['Lead-in'], seconds: 2 })
  const host = attic.start(
    'host',
    folder,
    '--name',
    libraryName,
    '--output',
    `wav:${join(folder, 'x.wav')}`,
    '--json',
  )
  await host.line('"ready"', patienceMs)
  await host.line('"scanned"', patienceMs)
  return host
}

async function findsIt(desk: Person): Promise<void> {
  const finding = desk.start('find', '--json', '--for', '60')
  await finding.line(`"name":"${libraryName}"`, patienceMs)
  await finding.stop('SIGINT')
}

async function pairsByDigits(desk: Person, attic: Person): Promise<void> {
  const pairing = desk.start('pair', '--json', '--name', 'Desk')
  const { pin } = JSON.parse(await pairing.line('"waiting"', patienceMs)) as { pin: string }
  await eventually(
    'the host hearing of it',
    async () => (await attic.json<{ name: string }[]>('accept')).some(({ name }) => name === 'Desk'),
    patienceMs,
  )
  const accepted = await attic.run('accept', pin)
  assert.equal(accepted.code, 0, accepted.stderr)
  await pairing.line('"paired"', patienceMs)
  assert.equal((await pairing.exit).code, 0)
}

/** Where nobody can call: the host gives the digits. */
async function pairsByAddress(remote: Person, attic: Person, place: string): Promise<void> {
  const pairing = remote.start('pair', place, '--json', '--name', 'Far')
  const { pin } = JSON.parse(await pairing.line('"waiting"', patienceMs)) as { pin: string }
  const accepted = await attic.run('accept', 'Far', pin)
  assert.equal(accepted.code, 0, accepted.stderr)
  await pairing.line('"paired"', patienceMs)
  assert.equal((await pairing.exit).code, 0)
}

async function startDnsmasq(
  t: TestContext,
  machine: Machine,
  address: string,
  records: readonly string[],
): Promise<Running> {
  const file = join(temporaryFolder(t), 'dnsmasq.conf')
  const settings = ['no-resolv', 'no-hosts', 'bind-interfaces', `listen-address=${address}`, 'local=/test/']
  writeFileSync(file, [...settings, ...records, ''].join('\n'))
  const running = machine.spawn('dnsmasq', [
    '-k',
    '--user=root',
    '--log-facility=-',
    '--pid-file=',
    '-C',
    file,
  ])
  await running.errorLine('started', patienceMs)
  return running
}

/** As `ip netns exec` has it: what lies there is the machine's /etc/resolv.conf. */
function giveResolvConf(t: TestContext, { space }: Machine, text: string): void {
  const folder = join('/etc/netns', space)
  mkdirSync(folder, { recursive: true })
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  writeFileSync(join(folder, 'resolv.conf'), text, { mode: 0o444 })
}

function idOf({ data }: Person): string {
  const { databaseId } = JSON.parse(readFileSync(join(data, 'identity.json'), 'utf8')) as {
    databaseId: string
  }
  return databaseId
}

async function usesIt(desk: Person): Promise<void> {
  const albums = await desk.json<{ name?: string }[]>('albums')
  assert.equal(albums.length, 1)
  const status = await desk.json<{ state: string; track: { title: string } }>('play', 'lead-in')
  assert.equal(status.track.title, 'Lead-in')
}
