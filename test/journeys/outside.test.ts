// From the office: a router between, that passes no multicast, and addresses that are not private. What was paired at home
// is at home there too, by TLS and the certificate that it holds.

import assert from 'node:assert/strict'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { test } from 'node:test'
import { eventually } from '../lab/eventually.ts'
import { createNetwork } from '../lab/namespaces.ts'
import { needs, needsNamespaces } from '../lab/peers.ts'
import { routeBetween } from '../lab/router.ts'
import { faultsOf } from './doctoring.ts'
import { events, type Person, personAt } from './programs.ts'

const libraryName = 'Attic'
/** The machine may be busy with other tests. */
const patienceMs = 60_000
const sample = resolve(import.meta.dirname, '../../sample')

test('from the office by TLS: with the right certificate all works, a changed one is refused', {
  timeout: 180_000,
}, async (t) => {
  if (!needsNamespaces(t) || !needs(t, 'ping', 'curl')) return
  const home = await createNetwork(t, { machines: ['attic', 'sofa', 'router'], ipv6: false })
  const office = await createNetwork(t, { machines: ['desk'], ipv6: false, ipv4Prefix: '198.51.100' })
  await routeBetween(home, 'router', office)
  const attic = personAt(t, home.machine('attic'))
  const sofa = personAt(t, home.machine('sofa'))
  // The same laptop, carried to the office.
  const desk = personAt(t, office.machine('desk'), sofa.data)
  const way = `tls://${home.machine('attic').ipv4}:3690`
  const start = async () => {
    const host = attic.start(
      'host',
      sample,
      '--name',
      libraryName,
      '--secure-port',
      '3690',
      '--output',
      'null',
      '--json',
    )
    await host.line('"secure"', patienceMs)
    const [secure] = events<{ event: string; fingerprint: string }>(host).filter(
      ({ event }) => event === 'secure',
    )
    return { host, fingerprint: secure?.fingerprint ?? '' }
  }

  const first = await start()
  await pair(sofa, attic)
  const held = await sofa.json<{ host: string; certificate: string }[]>('trust')
  assert.deepEqual(
    held.map(({ host, certificate }) => [host, certificate]),
    [[libraryName, first.fingerprint]],
    'the certificate came with the pairing',
  )

  const plain = `http://${home.machine('attic').ipv4}:3689/server-info`
  await assert.rejects(
    office.machine('desk').run('curl', '-sf', plain),
    /ended with/,
    'the plain port is for home',
  )
  const found = await desk.run('search', 'needle', '--host', way, '--json')
  assert.equal(found.code, 0, found.stderr)
  assert.match(found.stdout, /Needle Down/)
  assert.equal(found.stderr, '', 'what is held needs no words')
  await desk.json('play', 'needle', '--host', libraryName)
  const status = await desk.json<{ state: string; track: { title: string } }>('status')
  assert.equal(status.state, 'playing')
  assert.equal(status.track.title, 'Needle Down')

  // One that was paired before there was a certificate: it is shown once.
  forgetCertificate(desk)
  const shown = await desk.run('status', '--host', way)
  assert.equal(shown.code, 0, shown.stderr)
  assert.ok(shown.stderr.includes(first.fingerprint))
  const again = await desk.run('status', '--host', way)
  assert.equal(again.stderr, '')

  await first.host.stop()
  rmSync(join(attic.data, 'tls'), { recursive: true })
  const second = await start()
  assert.notEqual(second.fingerprint, first.fingerprint)
  const changed = await desk.run('status', '--host', way)
  assert.equal(changed.code, 1)
  assert.match(changed.stderr, /CERTIFICATE_CHANGED/)
  assert.ok(changed.stderr.includes(second.fingerprint) && changed.stderr.includes('tonearm trust'))
  assert.ok((await faultsOf(desk, libraryName)).includes('CERTIFICATE_CHANGED'), 'the doctor says so too')
  const pairings = await attic.json<{ sessions: number }[]>('pairings')
  assert.deepEqual(
    pairings.map(({ sessions }) => sessions),
    [0],
    'nobody has logged in',
  )

  const trusted = await desk.run('trust', libraryName, second.fingerprint)
  assert.equal(trusted.code, 0, trusted.stderr)
  await desk.json('status')
  await second.host.stop()
})

async function pair(remote: Person, host: Person): Promise<void> {
  const pairing = remote.start('pair', libraryName)
  const pin = /PIN (\d{4})/.exec(await pairing.line(/PIN \d{4}/, patienceMs))?.[1] ?? ''
  const isListed = async () => (await host.json<unknown[]>('accept')).length === 1
  await eventually('the remote in the list', isListed, patienceMs)
  const accepted = await host.run('accept', pin)
  assert.equal(accepted.code, 0, accepted.stderr)
  assert.equal((await pairing.exit).code, 0)
}

function forgetCertificate({ data }: Person): void {
  const file = join(data, 'remote.json')
  const memory = JSON.parse(readFileSync(file, 'utf8')) as { hosts: { outside?: unknown }[] }
  for (const host of memory.hosts) delete host.outside
  writeFileSync(file, JSON.stringify(memory))
}
