// Two ways of relaying between the same two networks at once: a relay in the router, and a linked pair beside it.
// Nothing goes round, one of them speaks, and what is said does not grow.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { labelText } from '../../src/discovery/dns/name.ts'
import type { TxtRecord } from '../../src/discovery/dns/records.ts'
import { txtEntries, txtText } from '../../src/discovery/dns/txt.ts'
import { startAgent } from '../lab/discovery-program.ts'
import { type CapturedPacket, readMdns } from '../lab/mdns-capture.ts'
import { createNetwork, type Ending, type Machine } from '../lab/namespaces.ts'
import type { Running } from '../lab/process.ts'
import { routeBetween } from '../lab/router.ts'
import type { Finding, Proof } from './proof.ts'

const attic = { name: 'Attic', port: 3689, txt: { txtvers: '1', CtlN: 'Attic' } }
const homeTypes = ['_touch-able._tcp', '_daap._tcp', '_dacp._tcp']
const phone = { type: '_touch-remote._tcp', name: 'Phone', port: 49_160, txt: { DvNm: 'Phone' } }
const settleMinutes = 1
const countedMinutes = 5
/** Who was told of something relayed asks again within ten seconds, in each family: that is what it costs. */
const mostPerMinute = { home: 100, office: 150 } as const

const main = resolve(import.meta.dirname, '../../src/cli/main.js')

export const proof: Proof = {
  claim: `A relay in the router and a linked pair of relays beside it: three services of home are found in the office and a pairing request of the office at home; nothing that was relayed comes back, and at most ${mostPerMinute.home} packets a minute pass at home and ${mostPerMinute.office} in the office.`,
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
  const directory = mkdtempSync(join(tmpdir(), 'tonearm-relay-'))
  ending.after(() => rmSync(directory, { recursive: true, force: true }))
  const home = await createNetwork(ending, {
    machines: ['attic', 'cellar', 'router'],
    ipv4Prefix: '10.77.1',
    ipv6Prefix: 'fd77:0:0:1',
  })
  const office = await createNetwork(ending, {
    machines: ['desk', 'corner'],
    ipv4Prefix: '10.77.2',
    ipv6Prefix: 'fd77:0:0:2',
  })
  await routeBetween(home, 'router', office)
  const files = { home: join(directory, 'home.pcap'), office: join(directory, 'office.pcap') }
  const captures = [
    await home.machine('attic').capture(files.home),
    await office.machine('desk').capture(files.office),
  ]
  const relays = await startRelays(
    home.machine('router'),
    home.machine('cellar'),
    office.machine('corner'),
    directory,
  )

  const atHome = startAgent(home.machine('attic'))
  const atWork = startAgent(office.machine('desk'))
  for (const type of homeTypes) {
    atHome.tell({ announce: { ...attic, type } })
    atWork.tell({ browse: type })
  }
  atWork.tell({ announce: phone })
  atHome.tell({ browse: phone.type })
  await atWork.event('up', 'Attic')
  await atHome.event('up', 'Phone')
  say('each has found the other')

  await setTimeout(settleMinutes * 60_000)
  const startMs = Date.now()
  say(`counting for ${countedMinutes} minutes`)
  await setTimeout(countedMinutes * 60_000)
  for (const capture of captures) await capture.stop()
  const downs = [...atHome.lines(), ...atWork.lines()].filter((line) => line.startsWith('{"down"')).length
  const ups = atWork.lines().filter((line) => line.startsWith('{"up"'))
  const found = new Set(ups.map((line) => (JSON.parse(line) as { up: { type: string } }).up.type)).size
  for (const relay of relays) await relay.stop('SIGTERM')
  return findingOf({ home: readMdns(files.home), office: readMdns(files.office) }, startMs, { downs, found })
}

async function startRelays(
  router: Machine,
  cellar: Machine,
  corner: Machine,
  directory: string,
): Promise<Running[]> {
  const start = (machine: Machine, ...args: string[]) =>
    machine.spawn(process.execPath, [
      main,
      'relay',
      ...args,
      '--json',
      '--data',
      join(directory, machine.name),
    ])
  const inRouter = start(router, 'eth0', 'eth1')
  const listening = start(cellar, '--listen')
  const { code } = JSON.parse(await listening.line('"code"', 60_000)) as { code: string }
  const calling = start(corner, '--link', cellar.ipv4 ?? '')
  calling.write(`${code}\n`)
  await calling.line('"linked"', 60_000)
  await inRouter.line('"to":"eth1"', 60_000)
  return [inRouter, listening, calling]
}

function findingOf(
  packets: Record<'home' | 'office', readonly CapturedPacket[]>,
  startMs: number,
  { downs, found }: { downs: number; found: number },
): Finding {
  const perMinute = (list: readonly CapturedPacket[]) =>
    Array.from(
      { length: countedMinutes },
      (_, i) => list.filter(({ atMs }) => Math.floor((atMs - startMs) / 60_000) === i).length,
    )
  const counts = { home: perMinute(packets.home), office: perMinute(packets.office) }
  const cameBack = {
    home: packets.home.filter((packet) => says(packet, 'Attic')).length,
    office: packets.office.filter((packet) => says(packet, 'Phone')).length,
  }
  const speakers = new Set(
    packets.office
      .filter(({ atMs }) => atMs > startMs)
      .flatMap((packet) => (says(packet, 'Attic') ? markIn(packet) : [])),
  )
  const isQuiet = (['home', 'office'] as const).every(
    (where) => Math.max(...counts[where]) <= mostPerMinute[where],
  )
  return {
    holds:
      isQuiet &&
      found === homeTypes.length &&
      cameBack.home + cameBack.office === 0 &&
      downs === 0 &&
      speakers.size === 1,
    findings: [
      `Found in the office: ${found} of ${homeTypes.length} services of home; lost meanwhile, on both sides: ${downs}.`,
      `Packets that brought a service back to where it is at home: ${cameBack.home + cameBack.office}.`,
      `Relays that spoke in the office while it was counted: ${speakers.size}.`,
      `Packets of all at home in each minute: ${counts.home.join(', ')}.`,
      `Packets of all in the office in each minute: ${counts.office.join(', ')}.`,
    ],
  }
}

/** It carries the mark of a relay, about this service. */
function says(packet: CapturedPacket, name: string): boolean {
  return markedTxt(packet).some((record) => labelText(record.name[0] ?? new Uint8Array()) === name)
}

function markIn(packet: CapturedPacket): string[] {
  return markedTxt(packet).map(({ strings }) => txtText(txtEntries(strings), 'relayed') ?? '')
}

function markedTxt({ message }: CapturedPacket): TxtRecord[] {
  return [...(message?.answers ?? []), ...(message?.additionals ?? [])]
    .filter((record): record is TxtRecord => record.type === 'TXT')
    .filter(({ strings }) => txtText(txtEntries(strings), 'relayed') !== undefined)
}
