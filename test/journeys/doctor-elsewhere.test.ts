// The doctor with two families and without IPv4, and for a speaker instead of a library.

import { test } from 'node:test'
import { startAgent } from '../lab/discovery-program.ts'
import { createNetwork } from '../lab/namespaces.ts'
import { needs, needsNamespaces } from '../lab/peers.ts'
import { behind, guid, names, remember, serviceNameOf, startHost, whileRunning } from './doctoring.ts'
import { personAt } from './programs.ts'

test('over both families, with every address that a host has', { timeout: 120_000 }, async (t) => {
  if (!needsNamespaces(t) || !needs(t, 'ping')) return
  const network = await createNetwork(t, { machines: ['attic', 'sofa'] })
  const owner = personAt(t, network.machine('attic'))
  await startHost(owner, 'Studio')
  await owner.run('pairings', 'add', guid)
  const onSofa = personAt(t, network.machine('sofa'))
  remember(onSofa, { serviceName: serviceNameOf(owner), name: 'Studio', address: '10.77.0.1:3689' })

  await names(onSofa, [])
})

test('over IPv6 alone, and for a speaker', { timeout: 300_000 }, async (t) => {
  if (!needsNamespaces(t) || !needs(t, 'nft', 'ping')) return
  const network = await createNetwork(t, { machines: ['attic', 'sofa'], ipv4: false })
  const [attic, sofa] = [network.machine('attic'), network.machine('sofa')]
  const owner = personAt(t, attic)
  await startHost(owner, 'Studio')
  await owner.run('pairings', 'add', guid)
  const onSofa = personAt(t, sofa)
  remember(onSofa, { serviceName: serviceNameOf(owner), name: 'Studio', address: `[${attic.ipv6}]:3689` })

  await names(onSofa, [])
  await behind(attic, 'input', 'tcp dport 3689 drop', () => names(onSofa, 'PORT_BLOCKED'))
  await behind(sofa, 'input', 'udp dport 5353 drop', () => names(onSofa, 'MULTICAST_IN_BLOCKED'))

  const speaker = startAgent(attic, 'kitchen')
  speaker.tell({ announce: { type: '_raop._tcp', name: 'AABBCCDDEEFF@Kitchen', port: 5000, txt: {} } })
  await speaker.event('announced')
  await names(onSofa, ['NOTHING_LISTENS'], 'Kitchen')
  const listener = "require('net').createServer().listen(5000, () => console.log('ready'))"
  await whileRunning(attic, ['-e', listener], () => names(onSofa, [], 'Kitchen'))
})
