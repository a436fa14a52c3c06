// The lab itself: machines that hear each other, and avahi in two of them.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { avahiPrograms, startAvahi } from './avahi.ts'
import { createNetwork } from './namespaces.ts'
import { needs, needsNamespaces } from './peers.ts'

test('one machine publishes, the other finds it, over IPv4 and over IPv6 alone', async (t) => {
  if (!needsNamespaces(t) || !needs(t, 'ping', ...avahiPrograms)) return
  for (const ipv4 of [true, false]) {
    const network = await createNetwork(t, { machines: ['studio', 'kitchen'], ipv4 })
    const studio = await startAvahi(t, network.machine('studio'), { ipv4 })
    const kitchen = await startAvahi(t, network.machine('kitchen'), { ipv4 })

    await studio.publish('Dr. Dre ♪', '_daap._tcp', 3689, ['txtvers=1', 'Machine Name=Stüdio; a'])
    const found = await kitchen.find('_daap._tcp', 'Dr. Dre ♪')

    assert.equal(found.port, 3689)
    assert.equal(found.hostName, 'studio.local')
    assert.ok(found.txt.includes('txtvers=1'))
    if (!ipv4) assert.ok(found.address.includes(':'))
  }
})

test('a program in a machine is heard line by line and ends when told', async (t) => {
  if (!needsNamespaces(t)) return
  const network = await createNetwork(t, { machines: ['studio'] })
  const studio = network.machine('studio')

  const shell = studio.spawn('sh', ['-c', 'echo ready; ip -o address show dev eth0; exec sleep 60'])
  await shell.line('ready')
  await shell.line('10.77.0.1')
  const end = await shell.stop()

  assert.deepEqual(end, { code: null, signal: 'SIGTERM' })
  await assert.rejects(shell.line('never', 100), /never/)
})
