// A remote looks at its list while a host dies, comes back, and leaves in good order. Real processes; the times are those
// of the packets and of the lines that the remote prints.

import assert from 'node:assert/strict'
import { join, resolve } from 'node:path'
import { type TestContext, test } from 'node:test'
import { eventually } from '../lab/eventually.ts'
import { readMdns } from '../lab/mdns-capture.ts'
import { createNetwork, type Machine } from '../lab/namespaces.ts'
import { needs, needsNamespaces } from '../lab/peers.ts'
import type { Running } from '../lab/process.ts'
import { type Person, personAt, temporaryFolder } from './programs.ts'

const sample = resolve(import.meta.dirname, '../../sample')
/** The machine may be busy with other tests. */
const patienceMs = 60_000
/** What the issue allows, and what a busy machine may add. */
const allowedMs = 2000 + 3000

test('a host that is killed is away within two seconds, and there again as soon as it is back', {
  timeout: 240_000,
}, async (t) => {
  if (!needsNamespaces(t) || !needs(t, 'ping', 'tcpdump')) return
  const network = await createNetwork(t, { machines: ['attic', 'sofa'] })
  const attic = personAt(t, network.machine('attic'))
  const sofa = personAt(t, network.machine('sofa'))
  const wire = await watchWire(t, network.machine('attic'))
  const host = await startHost(attic)
  await pair(sofa, attic)

  const list = sofa.start('find', '--json', '--for', '600')
  const told = timesOf(list)
  await list.line('"up"', patienceMs)
  await wire.holdsConnection()
  const killedAtMs = Date.now()
  await host.stop('SIGKILL')

  const goneMs = await told('"down"', killedAtMs)
  const away = await list.line('"away"', patienceMs)
  const endedMs = await wire.connectionEndedAfter(killedAtMs)
  t.diagnostic(`away ${(goneMs - endedMs).toFixed(0)} ms after its connection's end`)
  assert.ok(goneMs - endedMs < allowedMs)
  assert.match(away, /"name":"Attic".*"lastSeenAt":"20.*"canWake":true/)

  const again = await startHost(attic)
  const backMs = await told('"up"', goneMs)
  const announcedMs = await wire.announcementAfter(killedAtMs)
  t.diagnostic(`there ${(backMs - announcedMs).toFixed(0)} ms after its announcement`)
  assert.ok(backMs - announcedMs < allowedMs)

  await again.stop('SIGTERM')
  const leftMs = await told('"down"', backMs)
  const goodbyeMs = await wire.goodbyeAfter(backMs)
  t.diagnostic(`away ${(leftMs - goodbyeMs).toFixed(0)} ms after its goodbye`)
  assert.ok(leftMs - goodbyeMs < allowedMs)
})

async function startHost(person: Person): Promise<Running> {
  const host = person.start('host', sample, '--name', 'Attic', '--output', 'null', '--json')
  await host.line('"ready"', patienceMs)
  return host
}

async function pair(sofa: Person, attic: Person): Promise<void> {
  const pairing = sofa.start('pair', 'Attic', '--json')
  const { pin } = JSON.parse(await pairing.line('"waiting"', patienceMs)) as { pin: string }
  await eventually(
    'the host hearing of it',
    async () => (await attic.json<unknown[]>('accept')).length > 0,
    patienceMs,
  )
  assert.equal((await attic.run('accept', pin)).code, 0)
  assert.equal((await pairing.exit).code, 0)
}

/** When the first line of this kind after `afterMs` was printed, Unix milliseconds. */
function timesOf(list: Running): (text: string, afterMs: number) => Promise<number> {
  const printed: { text: string; atMs: number }[] = []
  list.child.stdout?.on('data', (chunk) => printed.push({ text: String(chunk), atMs: Date.now() }))
  return async (text, afterMs) => {
    const found = await eventually(
      text,
      () => printed.find((one) => one.atMs > afterMs && one.text.includes(text)),
      patienceMs,
    )
    return found.atMs
  }
}

/** What passes the attic's link, by the time of the wire, Unix milliseconds. */
async function watchWire(t: TestContext, machine: Machine) {
  const file = join(temporaryFolder(t), 'wire.pcap')
  await machine.capture(file)
  const tcpdump = machine.spawn('tcpdump', ['-Z', 'root', '-l', '-n', '-tt', '-i', 'eth0', 'tcp port 3689'])
  await tcpdump.errorLine('listening on')
  const fromHost = () =>
    tcpdump.lines.flatMap((line) => {
      const [, seconds, flags = ''] = /^(\d+\.\d+) IP6? \S+\.3689 > \S+: Flags \[(\S+)\]/.exec(line) ?? []
      return seconds === undefined ? [] : [{ atMs: Number(seconds) * 1000, flags }]
    })
  const heardOf = (isMeant: (ttlSeconds: number) => boolean, afterMs: number) =>
    eventually(
      'a record of the host on the wire',
      () =>
        readMdns(file).find(
          ({ atMs, from, message }) =>
            atMs > afterMs &&
            from === machine.ipv4 &&
            message?.answers.some(({ type, ttlSeconds }) => type === 'SRV' && isMeant(ttlSeconds)),
        )?.atMs,
      patienceMs,
    )
  return {
    /** The host has answered on one. */
    holdsConnection: () =>
      eventually('a connection', () => fromHost().some(({ flags }) => flags === 'P.'), patienceMs),
    connectionEndedAfter: async (afterMs: number) => {
      const end = await eventually(
        'the end of the connection',
        () => fromHost().find(({ atMs, flags }) => atMs > afterMs && /[FR]/.test(flags)),
        patienceMs,
      )
      return end.atMs
    },
    announcementAfter: (afterMs: number) => heardOf((ttlSeconds) => ttlSeconds > 0, afterMs),
    goodbyeAfter: (afterMs: number) => heardOf((ttlSeconds) => ttlSeconds === 0, afterMs),
  }
}
