// The doctor, at a library that is well and then goes through what people meet: each fault is staged for real in one
// network of four machines, and has to be named, alone.

import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { type TestContext, test } from 'node:test'
import { createNetwork, type Machine } from '../lab/namespaces.ts'
import { needs, needsNamespaces } from '../lab/peers.ts'
import { type Person, personAt, temporaryFolder } from './programs.ts'

interface Examination {
  readonly isHealthy: boolean
  readonly findings: readonly { readonly fault?: string; readonly says: string; readonly fix?: string }[]
}

const guid = '00000000000000A1'
const slowStartMs = 60_000
const falseResponder = resolve(import.meta.dirname, '../lab/false-responder.ts')

test('each of thirteen faults is named, alone, and a healthy network is called healthy', {
  timeout: 600_000,
}, async (t) => {
  if (!needsNamespaces(t) || !needs(t, 'nft', 'ping', 'curl')) return
  const network = await createNetwork(t, { machines: ['attic', 'sofa', 'den', 'shed'], ipv6: false })
  const [attic, sofa, den, shed] = ['attic', 'sofa', 'den', 'shed'].map((name) => network.machine(name)) as [
    Machine,
    Machine,
    Machine,
    Machine,
  ]
  const owner = personAt(t, attic)
  const host = owner.start('host', '--name', 'Studio', '--output', 'null', '--json')
  await host.line('"ready"', slowStartMs)
  const onSofa = personAt(t, sofa)
  const onDen = personAt(t, den)
  assert.deepEqual(await faultsOf(onDen, 'Studio'), ['NOT_PAIRED'])

  await owner.run('pairings', 'add', guid)
  const serviceName = await instanceOf(onSofa)
  for (const person of [onSofa, onDen]) remember(person, serviceName)
  const [well, elsewhere, shifted] = await Promise.all([
    faultsOf(onSofa),
    faultsOf(onDen, '192.168.99.9'),
    faultsOf(personWithClock(t, sofa, onSofa.data, 3_600_000)),
  ])
  assert.deepEqual(well, [], 'healthy')
  assert.deepEqual(elsewhere, ['NO_WAY_THERE'])
  assert.deepEqual(shifted, ['CLOCK_SKEW'])

  // On the machines of the remotes, each its own.
  await Promise.all([
    behind(sofa, 'input', 'udp dport 5353', async () =>
      assert.deepEqual(await faultsOf(onSofa), ['MULTICAST_IN_BLOCKED']),
    ),
    behind(den, 'output', 'udp dport 5353', async () =>
      assert.deepEqual(await faultsOf(onDen), ['MULTICAST_OUT_BLOCKED']),
    ),
    whileRunning(shed, holdPort, async () =>
      assert.deepEqual(await faultsOf(personAt(t, shed), '10.77.0.1'), ['PORT_5353_TAKEN', 'NOT_PAIRED']),
    ),
  ])

  // On the machine of the host.
  await behind(attic, 'input', 'tcp dport 3689', async () =>
    assert.deepEqual(await faultsOf(onSofa), ['PORT_BLOCKED']),
  )
  await behind(attic, 'input', 'udp dport 5353', async () =>
    assert.deepEqual(await faultsOf(onSofa), ['HOST_IS_MUTE']),
  )

  // By somebody else.
  await whileRunning(shed, [falseResponder, 'Other', 'Studio', 'shed.local', '10.77.0.4', '3689'], async () =>
    assert.deepEqual(await faultsOf(onSofa), ['SAME_NAME']),
  )
  await whileRunning(
    shed,
    [falseResponder, serviceName, 'Studio', 'shed.local', '10.77.0.4', '4000'],
    async () => assert.deepEqual((await faultsOf(onSofa)).slice(0, 1), ['TWO_RESPONDERS']),
  )

  assert.deepEqual(await askItself(attic, owner), [], 'the host is well, as it sees itself')

  await owner.run('pairings', 'remove', guid)
  assert.deepEqual(await faultsOf(onSofa), ['PAIRING_FORGOTTEN'])

  await host.stop('SIGKILL')
  assert.deepEqual(await faultsOf(onSofa), ['NOTHING_LISTENS'])
  await whileRunning(attic, otherProgram, async () =>
    assert.deepEqual(await faultsOf(onSofa), ['OTHER_PROGRAM']),
  )
  attic.linkDown()
  await whileRunning(
    shed,
    [falseResponder, serviceName, 'Studio', 'attic.local', '10.77.0.1', '3689'],
    async () => assert.deepEqual(await faultsOf(onSofa), ['STALE_ANNOUNCEMENT']),
  )
  assert.deepEqual(await faultsOf(onDen), ['ASLEEP'])
  const { stdout } = await onSofa.run('find', '--json', '--for', '5')
  assert.match(stdout, /"event":"away","kind":"host","name":"Studio"/)
})

const holdPort = ['-e', "require('dgram').createSocket('udp4').bind(5353, () => console.log('ready'))"]
const otherProgram = [
  '-e',
  "require('http').createServer((_, r) => r.end('hi')).listen(3689, () => console.log('ready'))",
]

/** The exit status says the same as the findings, and every fault has its fix. */
async function faultsOf(person: Pick<Person, 'run'>, ...words: string[]): Promise<string[]> {
  const { code, stdout, stderr } = await person.run('doctor', ...words, '--json')
  assert.match(stdout, /^\{/, stderr)
  const { findings, isHealthy } = JSON.parse(stdout) as Examination
  const faults = findings.filter(({ fault }) => fault !== undefined)
  assert.equal(code, faults.length === 0 ? 0 : 1)
  assert.equal(isHealthy, code === 0)
  assert.ok(faults.every(({ fix }) => fix))
  return faults.map(({ fault }) => fault ?? '')
}

/** What the host says of itself on `GET /api/doctor`, asked by its owner. */
async function askItself(machine: Machine, { data }: Person): Promise<string[]> {
  const token = readFileSync(join(data, 'owner-token'), 'utf8').trim()
  const url = 'http://127.0.0.1:3689/api/doctor'
  const answer = await machine.run('curl', '-sS', '-H', `Authorization: Bearer ${token}`, url)
  return (JSON.parse(answer) as Examination).findings.flatMap(({ fault }) => fault ?? [])
}

async function instanceOf(person: Person): Promise<string> {
  const { stdout } = await person.run('find', '--json', '--for', '4')
  return /"serviceName":"([0-9A-F]{16})"/.exec(stdout)?.[1] ?? assert.fail(`no host in ${stdout}`)
}

/** As `tonearm pair` leaves it. */
function remember({ data }: Person, serviceName: string): void {
  const studio = { serviceName, name: 'Studio', address: '10.77.0.1:3689', guid, macAddresses: [] }
  writeFileSync(join(data, 'remote.json'), JSON.stringify({ format: 1, hosts: [studio] }), { mode: 0o600 })
}

/** A person at a machine whose clock goes wrong by this much. */
function personWithClock(t: TestContext, machine: Machine, data: string, aheadMs: number): Person {
  const shift = join(temporaryFolder(t), 'clock.mjs')
  writeFileSync(shift, `const now = Date.now; Date.now = () => now() + ${aheadMs}`)
  const place = {
    spawn: (command: string, args: readonly string[]) => machine.spawn(command, ['--import', shift, ...args]),
  }
  return personAt(t, place, data)
}

/** With a rule in the machine's firewall that drops. */
async function behind(
  machine: Machine,
  hook: string,
  match: string,
  work: () => Promise<void>,
): Promise<void> {
  await machine.run('nft', 'add', 'table', 'inet', 'staged')
  await machine.run('nft', `add chain inet staged c { type filter hook ${hook} priority 0; }`)
  await machine.run('nft', `add rule inet staged c ${match} drop`)
  try {
    await work()
  } finally {
    await machine.run('nft', 'delete', 'table', 'inet', 'staged')
  }
}

async function whileRunning(
  machine: Machine,
  args: readonly string[],
  work: () => Promise<void>,
): Promise<void> {
  const running = machine.spawn(process.execPath, args)
  await running.line('ready', slowStartMs)
  try {
    await work()
  } finally {
    await running.stop('SIGKILL')
  }
}
