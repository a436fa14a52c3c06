// The doctor, at libraries that are well and then go through what people meet: each fault is staged for real in one
// network of machines, and has to be named, alone.

import assert from 'node:assert/strict'
import { resolve } from 'node:path'
import { type TestContext, test } from 'node:test'
import { eventually } from '../lab/eventually.ts'
import { createNetwork, type Machine } from '../lab/namespaces.ts'
import { needs, needsNamespaces } from '../lab/peers.ts'
import {
  askItself,
  behind,
  examinedBy,
  faultsOf,
  guid,
  names,
  personWithClock,
  personWithoutRights,
  remember,
  renameInData,
  serviceNameOf,
  startHost,
  whileRunning,
} from './doctoring.ts'
import { type Person, personAt } from './programs.ts'

const falseResponder = resolve(import.meta.dirname, '../lab/false-responder.ts')
const holdPort = ['-e', "require('dgram').createSocket('udp4').bind(5353, () => console.log('ready'))"]
const otherProgram = [
  '-e',
  "require('http').createServer((_, r) => r.end('hi')).listen(3689, () => console.log('ready'))",
]

test('each of twenty-four faults is named, alone, and a healthy network is called healthy', {
  timeout: 600_000,
}, async (t) => {
  if (!needsNamespaces(t) || !needs(t, 'nft', 'ping', 'curl', 'setpriv')) return
  const machines = ['attic', 'annex', 'sofa', 'den', 'shed', 'hut', 'barn', 'loft']
  const network = await createNetwork(t, { machines, ipv6: false })
  const [attic, annex, sofa, den, shed, hut, barn, loft] = machines.map((name) => network.machine(name)) as [
    Machine,
    Machine,
    Machine,
    Machine,
    Machine,
    Machine,
    Machine,
    Machine,
  ]
  const owner = personAt(t, attic)
  const neighbour = personAt(t, annex)
  const [studio, studioTwo] = await Promise.all([startHost(owner, 'Studio'), startHost(neighbour, 'Annex')])
  const serviceName = serviceNameOf(owner)
  const onSofa = personAt(t, sofa)
  const onDen = personAt(t, den)
  assert.deepEqual(await faultsOf(onDen, 'Studio'), ['NOT_PAIRED'])

  await Promise.all([owner, neighbour].map((person) => person.run('pairings', 'add', guid)))
  const place = { serviceName, name: 'Studio', address: '10.77.0.1:3689' }
  for (const person of [onSofa, onDen]) remember(person, place)
  assert.deepEqual(await faultsOf(onSofa), [], 'healthy')

  // On the machines of the remotes, each its own.
  const paired = (machine: Machine) => {
    const person = personAt(t, machine)
    remember(person, place)
    return person
  }
  await Promise.all([
    withoutRights(t, sofa, onSofa.data),
    names(personWithClock(t, sofa, onSofa.data, 3_600_000), 'CLOCK_SKEW'),
    behind(den, 'output', 'udp dport 5353 drop', () => names(onDen, 'MULTICAST_OUT_BLOCKED')),
    whileRunning(shed, holdPort, async () =>
      assert.deepEqual(await faultsOf(personAt(t, shed), '10.77.0.1'), ['PORT_5353_TAKEN', 'NOT_PAIRED']),
    ),
    behind(hut, 'input', 'ip saddr 10.77.0.1 ip daddr 224.0.0.251 drop', () =>
      names(paired(hut), 'MULTICAST_LOST_BETWEEN'),
    ),
    inWrongSubnet(barn, () => names(paired(barn), 'WRONG_SUBNET')),
    withoutNetwork(loft, personAt(t, loft)),
  ])
  await behind(sofa, 'input', 'udp dport 5353 drop', () => names(onSofa, 'MULTICAST_IN_BLOCKED'))

  await Promise.all([
    inTheAttic(),
    inTheAnnex(),
    names(personAt(t, loft), ['NO_WAY_THERE'], '192.168.99.9'),
    names(personAt(t, hut), ['NOT_HEARD'], 'Stduio'),
  ])

  async function inTheAttic(): Promise<void> {
    await behind(attic, 'input', 'tcp dport 3689 drop', () => names(onSofa, 'PORT_BLOCKED'))
    await behind(attic, 'output', 'udp sport 5353 drop', () => names(onSofa, 'HOST_IS_MUTE'))
    const other = [falseResponder, 'Other', 'Studio', 'shed.local', '10.77.0.5', '3689']
    await whileRunning(shed, other, () => names(onSofa, 'SAME_NAME'))
    const rival = [falseResponder, serviceName, 'Studio', 'shed.local', '10.77.0.5', '4000']
    await whileRunning(shed, rival, async () =>
      assert.deepEqual((await faultsOf(onSofa)).slice(0, 1), ['TWO_RESPONDERS']),
    )
    assert.deepEqual(await askItself(attic, owner), [], 'the host is well, as it sees itself')

    await owner.run('pairings', 'remove', guid)
    await names(onSofa, 'PAIRING_FORGOTTEN')
    await studio.stop('SIGKILL')
    await names(onSofa, 'NOTHING_LISTENS')
    attic.linkDown()
    await names(onSofa, 'ASLEEP')
  }

  async function inTheAnnex(): Promise<void> {
    const annexName = serviceNameOf(neighbour)
    remember(onDen, { serviceName: annexName, name: 'Annex', address: '10.77.0.2:3689' })
    await annex.run('ip', 'address', 'add', '10.77.0.77/24', 'dev', 'eth0')
    await behind(annex, 'input', 'ip daddr 10.77.0.77 tcp dport 3689 reject with tcp reset', () =>
      eventually(
        'its new address',
        async () => (await faultsOf(onDen)).join() === 'SOME_ADDRESSES_DEAD',
      ).then(() => {}),
    )
    await annex.run('ip', 'address', 'del', '10.77.0.77/24', 'dev', 'eth0')

    await studioTwo.stop()
    renameInData(neighbour, `${annexName} (2)`)
    const renamed = await startHost(neighbour, 'Annex')
    await eventually('its announcement', async () => (await faultsOf(onDen)).join() === 'RENAMED')
    await renamed.stop()
    const stranger = await startHost(personAt(t, annex), 'Somebody Else')
    await names(onDen, 'SOMEBODY_ELSE_THERE')
    await stranger.stop()
    await whileRunning(annex, otherProgram, () => names(onDen, 'OTHER_PROGRAM'))
    annex.linkDown()
    const reflector = [falseResponder, annexName, 'Annex', 'annex.local', '10.77.0.2', '3689']
    await whileRunning(hut, reflector, () => names(onDen, 'STALE_ANNOUNCEMENT'))
  }
})

async function withoutRights(t: TestContext, machine: Machine, data: string): Promise<void> {
  const { findings } = await examinedBy(personWithoutRights(t, machine, data))
  assert.deepEqual(
    findings.filter(({ state }) => state === 'fault'),
    [],
  )
  const { findings: alone } = await examinedBy(personWithoutRights(t, machine, data), '10.77.0.250')
  assert.match(JSON.stringify(alone), /ASLEEP|root only/)
}

async function inWrongSubnet(machine: Machine, work: () => Promise<void>): Promise<void> {
  await machine.run('ip', 'address', 'flush', 'dev', 'eth0')
  await machine.run('ip', 'address', 'add', '10.99.0.7/24', 'brd', '+', 'dev', 'eth0')
  await machine.run('ip', 'route', 'add', '224.0.0.0/4', 'dev', 'eth0')
  await work()
}

/** From a cable that is out, to one that leads nowhere, to an interface that keeps multicast to itself. */
async function withoutNetwork(machine: Machine, person: Person): Promise<void> {
  machine.linkDown()
  await names(person, 'NO_NETWORK')
  machine.linkUp()
  await machine.run('ip', 'address', 'flush', 'dev', 'eth0')
  await machine.run('ip', 'address', 'add', '169.254.9.9/16', 'brd', '+', 'dev', 'eth0')
  await machine.run('ip', 'route', 'replace', '224.0.0.0/4', 'dev', 'eth0')
  await names(person, 'NO_LEASE')
  await machine.run('ip', 'address', 'flush', 'dev', 'eth0')
  machine.linkUp()
  await machine.run('ip', 'link', 'set', 'eth0', 'multicast', 'off')
  await names(person, 'NO_MULTICAST')
  machine.linkUp()
}
