// A host sleeps, and between it and everybody else a router counts datagrams to port 9: who sends more than ten within a
// minute is blocked. It is woken all the same, and nobody is.

import assert from 'node:assert/strict'
import { resolve } from 'node:path'
import { test } from 'node:test'
import { eventually } from '../lab/eventually.ts'
import { createNetwork, type Machine } from '../lab/namespaces.ts'
import { needs, needsNamespaces } from '../lab/peers.ts'
import type { Running } from '../lab/process.ts'
import { routeBetween } from '../lab/router.ts'
import { type Person, personAt } from './programs.ts'

const sample = resolve(import.meta.dirname, '../../sample')
/** The machine may be busy with other tests. */
const patienceMs = 60_000
const programs = ['ping', 'nft', 'tcpdump']

test('a sleeping host is woken politely: here, by itself, and through a neighbour', {
  timeout: 240_000,
}, async (t) => {
  if (!needsNamespaces(t) || !needs(t, ...programs)) return
  const home = await createNetwork(t, {
    machines: ['router', 'studio', 'attic', 'sofa', 'rude'],
    ipv6: false,
  })
  const office = await createNetwork(t, { machines: ['desk'], ipv6: false, ipv4Prefix: '10.78.0' })
  await routeBetween(home, 'router', office)
  const router = home.machine('router')
  await guard(router)
  const packets = await wakePacketsAt(router)
  const studio = personAt(t, home.machine('studio'))
  const attic = personAt(t, home.machine('attic'))
  const sofa = personAt(t, home.machine('sofa'))
  const desk = personAt(t, office.machine('desk'), sofa.data)
  const sleeper = await sleepy(home.machine('studio'))
  const ready = Promise.all([startHost(attic, 'Attic'), startHost(studio, 'Studio')])
  await ready
  await pair(sofa, attic, 'Attic')
  await pair(sofa, studio, 'Studio')

  // Sleeps through two packets, so that all rounds are seen.
  await sleeper.sleepUntilPacket(3)
  const woken = await sofa.json<{ packets: number; wasAwake: boolean }>('wake', 'Studio')
  assert.deepEqual(woken, { host: 'Studio', wasAwake: false, packets: 3 })
  assert.equal(packets().length, 3)
  for (const [index, { atMs }] of packets().entries())
    if (index > 0) assert.ok(atMs - (packets()[index - 1]?.atMs ?? 0) >= 700, 'rounds are apart')
  assert.deepEqual(await sofa.json('wake', 'Studio'), { host: 'Studio', wasAwake: true, packets: 0 })

  // No command to wake it: a remote that finds nobody does so.
  await sleeper.sleepUntilPacket(1)
  const status = await sofa.run('status', '--host', 'Studio')
  assert.equal(status.code, 0, status.stderr)
  assert.match(status.stderr, /may be asleep/)
  assert.ok(packets().length <= 6)

  // From the office no broadcast gets through: a neighbour that stays awake sends it.
  await sleeper.sleepUntilPacket(1)
  const far = await desk.run('wake', 'Studio')
  assert.equal(far.code, 1)
  assert.match(far.stderr, /--via OTHER[^]*NOT_ON_LINK/)
  const via = await desk.run('wake', 'Studio', '--via', 'Attic')
  assert.equal(via.code, 0, via.stderr)
  assert.ok(packets().some(({ from }) => from === home.machine('attic').ipv4))

  const sent = packets().length
  assert.ok(sent <= 9, `${sent} packets in all`)
  assert.deepEqual(await blocked(router), [])
  // The trap is a real one: who sprays is caught.
  const { ipv4: rude } = home.machine('rude')
  await spray(home.machine('rude'), 14)
  await eventually(
    'the rude one blocked',
    async () => (await blocked(router)).includes(rude ?? ''),
    patienceMs,
  )
})

async function startHost(person: Person, name: string): Promise<Running> {
  const host = person.start('host', sample, '--name', name, '--output', 'null', '--json')
  await host.line('"ready"', patienceMs)
  return host
}

async function pair(remote: Person, host: Person, name: string): Promise<void> {
  const pairing = remote.start('pair', name)
  const pin = /PIN (\d{4})/.exec(await pairing.line(/PIN \d{4}/, patienceMs))?.[1] ?? ''
  await eventually(
    'the remote in the list',
    async () => (await host.json<unknown[]>('accept')).length === 1,
    patienceMs,
  )
  const accepted = await host.run('accept', pin)
  assert.equal(accepted.code, 0, accepted.stderr)
  assert.equal((await pairing.exit).code, 0)
}

/** More than ten datagrams to port 9 within a minute: the sender is blocked. */
async function guard(router: Machine): Promise<void> {
  const rules = `table inet guard {
    set blocked { type ipv4_addr; }
    set counted { type ipv4_addr; flags dynamic,timeout; timeout 1m; }
    chain in {
      type filter hook prerouting priority 0;
      ip saddr @blocked drop
      udp dport 9 add @counted { ip saddr limit rate over 10/minute burst 10 packets } add @blocked { ip saddr }
    }
  }`
  await router.run('nft', rules)
}

async function blocked(router: Machine): Promise<string[]> {
  const listed = await router.run('nft', 'list', 'set', 'inet', 'guard', 'blocked')
  return /elements = \{ ([^}]*) \}/.exec(listed)?.[1]?.split(', ') ?? []
}

/** What the router sees of them, as it comes. */
async function wakePacketsAt(router: Machine) {
  const tcpdump = router.spawn('tcpdump', [
    '-Z',
    'root',
    '--immediate-mode',
    '-l',
    '-n',
    '-tt',
    '-i',
    'any',
    'udp port 9',
  ])
  await tcpdump.errorLine('listening on')
  return () =>
    tcpdump.lines.flatMap((line) => {
      const [, seconds, from] = /^(\d+\.\d+) .*?IP (\d+\.\d+\.\d+\.\d+)\.\d+ > /.exec(line) ?? []
      return from === undefined ? [] : [{ atMs: Number(seconds) * 1000, from }]
    })
}

/** A machine that hears and says nothing while it sleeps, but for its network card, which counts magic packets. */
async function sleepy(machine: Machine) {
  const { stdout: mac } = { stdout: (await machine.run('cat', '/sys/class/net/eth0/address')).trim() }
  const card = machine.spawn('tcpdump', [
    '-Z',
    'root',
    '--immediate-mode',
    '-l',
    '-n',
    '-x',
    '-i',
    'eth0',
    'udp port 9',
  ])
  await card.errorLine('listening on')
  const magic = mac.replaceAll(':', '')
  const heard = () => {
    const hex = card.lines.map((line) => line.replace(/^\s*0x[0-9a-f]+:/, '').replaceAll(' ', '')).join('')
    return hex.split(`ffffffffffff${magic}${magic}`).length - 1
  }
  return {
    async sleepUntilPacket(count: number): Promise<void> {
      const before = heard()
      await machine.run(
        'nft',
        `table inet asleep {
          chain in { type filter hook input priority 0; policy drop; }
          chain out { type filter hook output priority 0; policy drop; }
        }`,
      )
      void eventually('the magic packet', () => heard() >= before + count, 120_000).then(
        () => machine.run('nft', 'delete', 'table', 'inet', 'asleep'),
        () => {}, // the test has failed already
      )
    },
  }
}

async function spray(machine: Machine, count: number): Promise<void> {
  const send = `const s = require('node:dgram').createSocket('udp4')
    s.bind(() => {
      s.setBroadcast(true)
      let left = ${count}
      const next = () => (left-- > 0 ? s.send('x', 9, '10.77.0.255', next) : s.close())
      next()
    })`
  await machine.run(process.execPath, '-e', send)
}
