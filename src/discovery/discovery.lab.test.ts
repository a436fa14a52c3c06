// Real sockets in machines of the lab, beside avahi and against it.

import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { avahiPrograms, startAvahi } from '../../test/lab/avahi.ts'
import { startAgent } from '../../test/lab/discovery-program.ts'
import { eventually } from '../../test/lab/eventually.ts'
import { createNetwork } from '../../test/lab/namespaces.ts'
import { needs, needsNamespaces } from '../../test/lab/peers.ts'
import { runProcess } from '../../test/lab/process.ts'

const studio = {
  type: '_touch-able._tcp',
  name: 'Dr. Dre’s ♪ Studio',
  port: 3689,
  txt: { txtvers: '1', CtlN: 'Dr. Dre’s ♪', DbId: '5AF47E6B01A2C3D4' },
}

test('avahi and we find each other, names with dots and UTF-8 whole; every packet is well formed', async (t) => {
  if (!canRun(t) || !needs(t, 'tcpdump', 'tshark')) return
  const network = await createNetwork(t, { machines: ['ours', 'theirs'] })
  const directory = await mkdtemp(join(tmpdir(), 'tonearm-discovery-'))
  t.after(() => rm(directory, { recursive: true, force: true }))
  const capture = await network.machine('ours').capture(join(directory, 'all.pcap'))
  const ours = startAgent(network.machine('ours'))
  const avahi = await startAvahi(t, network.machine('theirs'))

  ours.tell({ announce: studio })
  ours.tell({ announce: { ...studio, type: '_daap._tcp' } })
  await ours.event('announced', studio.name)
  const seen = await avahi.find(studio.type, studio.name)
  await avahi.find('_daap._tcp', studio.name)

  assert.equal(seen.port, 3689)
  assert.match(seen.hostName, /^tonearm-[0-9a-f]{8}\.local$/)
  assert.deepEqual(
    seen.txt.toSorted(),
    Object.entries(studio.txt)
      .map(([key, value]) => `${key}=${value}`)
      .toSorted(),
  )

  ours.tell({ browse: '_touch-remote._tcp' })
  const publisher = await avahi.publish('a1b2.c3 Ünit', '_touch-remote._tcp', 49_160, [
    'DvNm=Foobar',
    'Pair=FAEA410630AEC05E',
  ])
  const { up } = await ours.event('up', 'a1b2.c3 Ünit')
  assert.equal(up.port, 49_160)
  assert.equal(up.hostName, 'theirs.local')
  assert.deepEqual(up.txt, { DvNm: 'Foobar', Pair: 'FAEA410630AEC05E' })
  assert.equal(up.addresses[0], '10.77.0.2')
  assert.ok(up.addresses.includes('fd77::2'))

  await publisher.stop()
  await ours.event('down', 'a1b2.c3 Ünit')

  ours.tell({ updateTxt: { ...studio.txt, CtlN: 'Renamed' }, of: studio.type })
  await eventually('avahi seeing the new TXT', async () =>
    (await avahi.browse(studio.type)).some(({ txt }) => txt.includes('CtlN=Renamed')),
  )

  ours.tell({ close: true })
  await ours.event('closed')
  await eventually('avahi forgetting us', async () => (await avahi.browse(studio.type)).length === 0)
  assert.ok(!ours.lines().some((line) => /^\{"(error|warn)"/.test(line)))
  await capture.stop()
  const malformed = await runProcess('tshark', [
    '-r',
    join(directory, 'all.pcap'),
    '-Y',
    'mdns && _ws.malformed',
  ])
  assert.equal(malformed, '')
})

test('a name that avahi holds is given up for the next one, and the caller is told', async (t) => {
  if (!canRun(t)) return
  const network = await createNetwork(t, { machines: ['ours', 'theirs'] })
  const ours = startAgent(network.machine('ours'))
  const avahi = await startAvahi(t, network.machine('theirs'))
  await avahi.publish('Music', '_daap._tcp', 3690)

  ours.tell({ announce: { ...studio, type: '_daap._tcp', name: 'Music' } })

  await ours.event('renamed', 'Music (2)')
  await ours.event('announced', 'Music (2)')
  const second = await avahi.find('_daap._tcp', 'Music (2)')
  assert.equal(second.port, 3689)
})

test('IPv6 alone: found both ways, over addresses that can be used', async (t) => {
  if (!canRun(t)) return
  const network = await createNetwork(t, { machines: ['ours', 'theirs', 'third'], ipv4: false })
  const ours = startAgent(network.machine('ours'))
  const third = startAgent(network.machine('third'))
  const avahi = await startAvahi(t, network.machine('theirs'), { ipv4: false })

  ours.tell({ announce: studio })
  third.tell({ browse: studio.type })
  const seen = await avahi.find(studio.type, studio.name)
  const { up } = await third.event('up', studio.name)

  assert.equal(seen.protocol, 'IPv6')
  assert.deepEqual(up.addresses, ['fd77::1', 'fe80::1%eth0'])
})

test('avahi on the same machine: both are seen from outside, both find, nobody renames', async (t) => {
  if (!canRun(t)) return
  const network = await createNetwork(t, { machines: ['ours', 'other'] })
  const machine = network.machine('ours')
  const avahi = await startAvahi(t, machine)
  const ours = startAgent(machine)
  const other = startAgent(network.machine('other'))

  ours.tell({ announce: studio })
  ours.tell({ browse: '_ipp._tcp' })
  other.tell({ browse: studio.type })
  other.tell({ browse: '_ipp._tcp' })
  await avahi.publish('Printer', '_ipp._tcp', 631)

  await other.event('up', studio.name)
  await other.event('up', 'Printer')
  await ours.event('up', 'Printer')
  await avahi.find(studio.type, studio.name)
  assert.ok(!ours.lines().some((line) => line.includes('renamed')))
})

test('without any link two programs of one machine find each other, and a link that comes up is used', async (t) => {
  if (!canRun(t)) return
  const network = await createNetwork(t, { machines: ['ours', 'other'] })
  const machine = network.machine('ours')
  machine.linkDown()
  const ours = startAgent(machine)
  const neighbour = startAgent(machine)
  const other = startAgent(network.machine('other'))
  neighbour.tell({ browse: studio.type })
  other.tell({ browse: studio.type })

  ours.tell({ announce: studio })
  await ours.event('announced', studio.name)
  await neighbour.event('up', studio.name)
  machine.linkUp()
  const { up } = await other.event('up', studio.name)

  assert.equal(up.addresses[0], '10.77.0.1')
})

function canRun(t: TestContext): boolean {
  return needsNamespaces(t) && needs(t, 'ping', ...avahiPrograms)
}
