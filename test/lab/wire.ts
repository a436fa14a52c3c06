// A link with our discovery on one machine, and on the other a stranger who says what a test wants and writes down
// every packet that passes: what is asserted is what anybody outside could see.

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { type DnsMessage, encode, message } from '../../src/discovery/dns/message.ts'
import { nameOf } from '../../src/discovery/dns/name.ts'
import { question } from '../../src/discovery/dns/records.ts'
import { type Agent, startAgent } from './discovery-program.ts'
import { eventually } from './eventually.ts'
import { type CapturedPacket, readMdns } from './mdns-capture.ts'
import { createNetwork, type Network } from './namespaces.ts'

export interface Spoken {
  /** 5353 unless a plain DNS client speaks: then 0, for a port of its own. */
  readonly port?: number
  /** The group, unless one machine alone is meant. */
  readonly to?: string
  readonly from?: string
}

export interface Wire {
  readonly network: Network
  readonly ours: Agent
  readonly oursAt: string
  readonly strangerAt: string
  /** The stranger speaks; gives its packet as it passed. */
  say(what: Partial<DnsMessage>, how?: Spoken): Promise<CapturedPacket>
  /** What we said so far, and since a packet. */
  said(since?: CapturedPacket): CapturedPacket[]
  /** The first packet of ours since then that is as wanted. */
  next(
    what: string,
    since: CapturedPacket | undefined,
    isWanted: (said: CapturedPacket) => boolean,
  ): Promise<CapturedPacket>
  /** What we say to port 5353 within so long of a packet, on the clock of the wire. */
  saidWithin(longMs: number, since: CapturedPacket): Promise<CapturedPacket[]>
}

const group = '224.0.0.251'
/** Unanswered by anybody but us: tells by its answer how late it is on the wire. */
const hostLabel = 'ours'
const deadlineMs = 30_000

export async function openWire(t: TestContext, others: readonly string[] = []): Promise<Wire> {
  const network = await createNetwork(t, { machines: ['ours', 'stranger', ...others], ipv6: false })
  const machine = network.machine('stranger')
  const oursAt = network.machine('ours').ipv4 ?? ''
  const strangerAt = machine.ipv4 ?? ''
  const directory = await mkdtemp(join(tmpdir(), 'tonearm-wire-'))
  t.after(() => rm(directory, { recursive: true, force: true }))
  const file = join(directory, 'wire.pcap')
  await machine.capture(file)
  const stranger = machine.spawn(process.execPath, [new URL('stranger.ts', import.meta.url).pathname])
  await stranger.line('ready', deadlineMs)
  const ours = startAgent(network.machine('ours'), hostLabel)
  await ours.event('ready')

  let said = 0
  const say: Wire['say'] = async (what, { port = 5353, to = group, from = strangerAt } = {}) => {
    // An id of its own tells it from what was said before; nobody minds it in multicast (RFC 6762 18.1).
    said += 1
    const hex = Buffer.from(encode(message({ id: 0x4000 + said, ...what }))).toString('hex')
    const before = readMdns(file).length
    stranger.write(`${JSON.stringify({ hex, port, to, from })}\n`)
    return eventually(
      "the stranger's packet on the wire",
      () =>
        readMdns(file)
          .slice(before)
          .find(({ bytes, from: sender }) => sender === from && Buffer.from(bytes).toString('hex') === hex),
      deadlineMs,
    )
  }
  const ownPackets: Wire['said'] = (since) =>
    readMdns(file).filter(({ from, atMs }) => from === oursAt && atMs > (since?.atMs ?? 0))

  return {
    network,
    ours,
    oursAt,
    strangerAt,
    say,
    said: ownPackets,
    next: (what, since, isWanted) => eventually(what, () => ownPackets(since).find(isWanted), deadlineMs),
    async saidWithin(longMs, since) {
      await eventually(
        'the time on the wire',
        async () => {
          const asked = await say({ questions: [question(nameOf(`${hostLabel}.local`), 'A')] }, { port: 0 })
          return asked.atMs > since.atMs + longMs
        },
        deadlineMs,
      )
      return ownPackets(since).filter(({ atMs, toPort }) => toPort === 5353 && atMs <= since.atMs + longMs)
    },
  }
}
