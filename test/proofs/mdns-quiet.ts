// A quiet network with avahi beside us and on another machine: everybody finds everybody, and then nearly nothing is said.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { startAvahi } from '../lab/avahi.ts'
import { startAgent } from '../lab/discovery-program.ts'
import { type CapturedPacket, readMdns } from '../lab/mdns-capture.ts'
import { createNetwork, type Ending } from '../lab/namespaces.ts'
import type { Finding, Proof } from './proof.ts'

const studio = { type: '_touch-able._tcp', name: 'Studio', port: 3689, txt: { txtvers: '1', CtlN: 'Studio' } }
const settleMinutes = 2
const countedMinutes = 10
const mostPerMinute = 20

export const proof: Proof = {
  claim: `Beside avahi on the same machine and on another one: both find each other, a name that avahi holds is changed once, and after the start fewer than ${mostPerMinute} packets a minute pass on a quiet network.`,
  async run(say) {
    const ends: (() => unknown)[] = []
    try {
      return await quiet({ after: (end) => void ends.push(end) }, say)
    } finally {
      for (const end of ends.toReversed()) await end()
    }
  },
}

async function quiet(ending: Ending, say: (progress: string) => void): Promise<Finding> {
  const directory = mkdtempSync(join(tmpdir(), 'tonearm-quiet-'))
  ending.after(() => rmSync(directory, { recursive: true, force: true }))
  const network = await createNetwork(ending, { machines: ['ours', 'theirs', 'remote'] })
  const file = join(directory, 'all.pcap')
  const capture = await network.machine('remote').capture(file)
  const beside = await startAvahi(ending, network.machine('ours'))
  const avahi = await startAvahi(ending, network.machine('theirs'))
  await avahi.publish('Music', '_daap._tcp', 3690)
  await beside.publish('Printer', '_ipp._tcp', 631)

  const ours = startAgent(network.machine('ours'))
  const remote = startAgent(network.machine('remote'))
  ours.tell({ announce: studio })
  ours.tell({ announce: { ...studio, type: '_daap._tcp', name: 'Music' } })
  ours.tell({ browse: '_touch-remote._tcp' })
  for (const type of [studio.type, '_daap._tcp', '_ipp._tcp']) remote.tell({ browse: type })
  await ours.event('renamed', 'Music (2)')
  await remote.event('up', 'Studio')
  await remote.event('up', 'Music')
  await remote.event('up', 'Music (2)')
  await remote.event('up', 'Printer')
  await avahi.find(studio.type, 'Studio')
  await beside.find(studio.type, 'Studio')
  say('everybody has found everybody')

  await setTimeout(settleMinutes * 60_000)
  const startMs = Date.now()
  say(`counting for ${countedMinutes} minutes`)
  await setTimeout(countedMinutes * 60_000)
  await capture.stop()
  const renames = ours.lines().filter((line) => line.startsWith('{"renamed"')).length
  const downs = remote.lines().filter((line) => line.startsWith('{"down"')).length
  return findingOf(readMdns(file), startMs, { renames, downs })
}

function findingOf(
  packets: readonly CapturedPacket[],
  startMs: number,
  { renames, downs }: { renames: number; downs: number },
): Finding {
  const minutes = Array.from({ length: countedMinutes }, (_, i) =>
    packets.filter(({ atMs }) => Math.floor((atMs - startMs) / 60_000) === i),
  )
  const counts = minutes.map(({ length }) => length)
  const firstMinute = packets.filter(({ atMs }) => atMs < (packets[0]?.atMs ?? 0) + 60_000).length
  const senders = Object.entries(Object.groupBy(minutes.flat(), ({ from }) => from))
    .map(([from, sent = []]) => `${from} ${sent.length}`)
    .join(', ')
  return {
    holds: Math.max(...counts) < mostPerMinute && renames === 1 && downs === 0,
    findings: [
      'avahi on both machines resolves our service; our remote resolves ours and both of theirs.',
      `The name that avahi held was changed ${renames} time${renames === 1 ? '' : 's'}; ${downs} services were lost meanwhile.`,
      `Packets in the first minute, with everybody's probes and announcements on IPv4 and IPv6: ${firstMinute}.`,
      `Packets of all in each minute after two: ${counts.join(', ')}.`,
      `By sender in those ${countedMinutes} minutes: ${senders || 'none'}.`,
    ],
  }
}
