// What the doctor's journeys share: asking it, and staging for real what it is asked about.

import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import type { Machine } from '../lab/namespaces.ts'
import type { Running } from '../lab/process.ts'
import { type Person, personAt, temporaryFolder } from './programs.ts'

interface Examination {
  readonly isHealthy: boolean
  readonly findings: readonly {
    readonly check: string
    readonly state: string
    readonly fault?: string
    readonly says: string
    readonly fix?: string
  }[]
}

/** What the host knows our remotes by. */
export const guid = '00000000000000A1'
/** A busy machine takes its time to start a program. */
export const slowStartMs = 60_000

/** The exit status says the same as the findings, and every fault has its fix. */
export async function examinedBy(person: Pick<Person, 'run'>, ...words: string[]): Promise<Examination> {
  const { code, stdout, stderr } = await person.run('doctor', ...words, '--json')
  assert.match(stdout, /^\{/, stderr)
  const examination = JSON.parse(stdout) as Examination
  const faults = examination.findings.filter(({ fault }) => fault !== undefined)
  assert.equal(code, faults.length === 0 ? 0 : 1)
  assert.equal(examination.isHealthy, code === 0)
  assert.ok(faults.every(({ fix }) => fix))
  return examination
}

export async function faultsOf(person: Pick<Person, 'run'>, ...words: string[]): Promise<string[]> {
  return (await examinedBy(person, ...words)).findings.flatMap(({ fault }) => fault ?? [])
}

/** What the host says of itself on `GET /api/doctor`, asked by its owner. */
export async function askItself(machine: Machine, { data }: Person): Promise<string[]> {
  const token = readFileSync(join(data, 'owner-token'), 'utf8').trim()
  const url = 'http://127.0.0.1:3689/api/doctor'
  const answer = await machine.run('curl', '-sS', '-H', `Authorization: Bearer ${token}`, url)
  return (JSON.parse(answer) as Examination).findings.flatMap(({ fault }) => fault ?? [])
}

export async function startHost(person: Person, name: string): Promise<Running> {
  const host = person.start('host', '--name', name, '--output', 'null', '--json')
  await host.line('"ready"', slowStartMs)
  return host
}

/** The instance name that it announces first. */
export function serviceNameOf({ data }: Person): string {
  const identity = JSON.parse(readFileSync(join(data, 'identity.json'), 'utf8')) as { databaseId: string }
  return identity.databaseId
}

/** As a conflict with another machine leaves it. */
export function renameInData({ data }: Person, serviceName: string): void {
  const file = join(data, 'identity.json')
  const identity = JSON.parse(readFileSync(file, 'utf8')) as object
  writeFileSync(file, JSON.stringify({ ...identity, announcedNames: { '_touch-able._tcp': serviceName } }))
}

/** As `tonearm pair` leaves it. */
export function remember(
  { data }: Person,
  { serviceName, name, address }: { serviceName: string; name: string; address: string },
): void {
  const host = { serviceName, name, address, guid, macAddresses: [] }
  writeFileSync(join(data, 'remote.json'), JSON.stringify({ format: 1, hosts: [host] }), { mode: 0o600 })
}

/** A person at a machine whose clock goes wrong by this much. */
export function personWithClock(t: TestContext, machine: Machine, data: string, aheadMs: number): Person {
  const shift = join(temporaryFolder(t), 'clock.mjs')
  writeFileSync(shift, `const now = Date.now; Date.now = () => now() + ${aheadMs}`)
  const place = {
    spawn: (command: string, args: readonly string[]) => machine.spawn(command, ['--import', shift, ...args]),
  }
  return personAt(t, place, data)
}

/** A person whose programs may do nothing that only root may, such as reading the rules of the firewall. */
export function personWithoutRights(t: TestContext, machine: Machine, data: string): Person {
  const place = {
    spawn: (command: string, args: readonly string[]) =>
      machine.spawn('setpriv', ['--bounding-set=-all', '--inh-caps=-all', command, ...args]),
  }
  return personAt(t, place, data)
}

/** With a rule in the machine's firewall, such as `udp dport 5353 drop`. */
export async function behind(
  machine: Machine,
  hook: 'input' | 'output',
  rule: string,
  work: () => Promise<void>,
): Promise<void> {
  await machine.run('nft', 'add', 'table', 'inet', 'staged')
  await machine.run('nft', `add chain inet staged c { type filter hook ${hook} priority 0; }`)
  await machine.run('nft', `add rule inet staged c ${rule}`)
  try {
    await work()
  } finally {
    await machine.run('nft', 'delete', 'table', 'inet', 'staged')
  }
}

export async function whileRunning(
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

/** The doctor finds this, and nothing else. */
export async function names(
  person: Pick<Person, 'run'>,
  faults: string | readonly string[],
  ...words: string[]
): Promise<void> {
  assert.deepEqual(await faultsOf(person, ...words), [faults].flat())
}
