// Other hosts on this link, with the hardware addresses by which they can be woken: learned while they are awake, kept
// while they sleep. A paired remote elsewhere may ask this host, which stays awake, to wake one of them.

import type { Clock } from '../../clock.ts'
import {
  broadcastAddresses,
  type Discovery,
  type FoundService,
  hardwareAddressOf,
  sendDatagram,
} from '../../discovery/index.ts'
import { KnownError } from '../../errors.ts'
import { type Database, migrate } from '../../library/index.ts'
import type { Log } from '../../log.ts'
import {
  decode,
  macsFromServerInfo,
  magicPacket,
  mostMacsPerHost,
  parseMac,
  services,
  wakePort,
  wakeRounds,
  wakeRoundsAtMs,
} from '../../protocol/index.ts'
import { get } from '../http/node-http.ts'
import { addressesOnLink } from './machine-addresses.ts'

export interface NeighbourHost {
  /** Instance name of its `_touch-able._tcp`. */
  readonly serviceName: string
  readonly name: string
  readonly address: string
  readonly port: number
  readonly macAddresses: readonly string[]
  /** Unix milliseconds; of one that has gone, when it went. */
  readonly seenAtMs: number
  /** Announces itself now. */
  readonly isHere: boolean
}

export interface NeighbourHosts {
  /** Seen last comes first. */
  list(): readonly NeighbourHost[]
  /**
   * By service name or name: sends the first round, the others follow; resolves with how many packets that makes.
   * NO_HARDWARE_ADDRESS, WOKEN_LATELY, NOT_ON_LINK.
   */
  wake(wanted: string): Promise<{ host: NeighbourHost; packets: number }>
  close(): void
}

export interface NeighbourHostParts {
  readonly database: Database
  readonly discovery: Discovery | undefined
  readonly clock: Clock
  readonly log: Log
  /** How packets get onto a link. */
  readonly link?: Link
  /** Ours, which is no neighbour. */
  serviceName(): string
}

export interface Link {
  /** Where everybody on the link of this address hears it; none: we are not on it. */
  destinationsFor(address: string): readonly string[]
  send(packet: Uint8Array, to: { port: number; destinations: readonly string[] }): Promise<void>
}

const systemLink: Link = {
  destinationsFor: (address) => broadcastAddresses([address]),
  send: sendDatagram,
}

const steps = [
  `CREATE TABLE neighbour_host (
     service_name TEXT PRIMARY KEY,
     name TEXT NOT NULL,
     address TEXT NOT NULL,
     port INTEGER NOT NULL,
     mac_addresses TEXT NOT NULL,
     seen_at_ms INTEGER NOT NULL
   ) STRICT`,
]

interface Row {
  service_name: string
  name: string
  address: string
  port: number
  mac_addresses: string
  seen_at_ms: number
}

const mostHosts = 100
const minuteMs = 60_000
/** Nobody waits for it, and it is asked once: a busy one may take its time. */
const answerMs = 10_000
const longestAnswerBytes = 65_536
const longestName = 255

export function openNeighbourHosts(parts: NeighbourHostParts): NeighbourHosts {
  const { database, discovery, clock, log, link = systemLink } = parts
  migrate(database, 'neighbours', steps)
  const ending = new AbortController()
  const here = new Set<string>()
  let sentAtMs: number[] = []

  function list(): NeighbourHost[] {
    return database.all<Row>('SELECT * FROM neighbour_host ORDER BY seen_at_ms DESC').map((row) => ({
      serviceName: row.service_name,
      name: row.name,
      address: row.address,
      port: row.port,
      macAddresses: row.mac_addresses.split(' '),
      seenAtMs: row.seen_at_ms,
      isHere: here.has(row.service_name),
    }))
  }

  async function learn(service: FoundService): Promise<void> {
    if (service.name === parts.serviceName()) return
    const [address] = addressesOnLink(service.addresses)
    if (address === undefined) return
    const macs = await macAddressesOf(service, address)
    if (macs.length === 0 || ending.signal.aborted) return
    database.run(
      'INSERT OR REPLACE INTO neighbour_host VALUES (?, ?, ?, ?, ?, ?)',
      service.name,
      visibleName(service),
      address,
      service.port,
      macs.join(' '),
      clock.wallMs(),
    )
    database.run(
      `DELETE FROM neighbour_host WHERE service_name NOT IN
         (SELECT service_name FROM neighbour_host ORDER BY seen_at_ms DESC LIMIT ?)`,
      mostHosts,
    )
  }

  const browser = discovery?.browse(services.touchAble.type, {
    onUp(service) {
      here.add(service.name)
      learn(service).catch((error: unknown) => log.debug('a host not learned', { error }))
    },
    onDown({ name }) {
      here.delete(name)
      try {
        database.run('UPDATE neighbour_host SET seen_at_ms = ? WHERE service_name = ?', clock.wallMs(), name)
      } catch (error) {
        log.debug('when a host went is not kept', { error }) // a full disk
      }
    },
  })

  async function send(macs: readonly string[], destinations: readonly string[]): Promise<void> {
    for (const mac of macs) await link.send(magicPacket(mac), { port: wakePort, destinations })
  }

  async function sendLater(
    rounds: readonly (readonly string[])[],
    destinations: readonly string[],
    startMs: number,
  ) {
    for (const [index, macs] of rounds.entries()) {
      if (index === 0) continue
      await clock.until(startMs + (wakeRoundsAtMs[index] ?? 0), ending.signal)
      await send(macs, destinations)
    }
  }

  return {
    list,
    async wake(wanted) {
      const folded = wanted.toLowerCase()
      const host = list().find(({ serviceName, name }) =>
        [serviceName, name].some((text) => text.toLowerCase() === folded),
      )
      if (!host) throw new KnownError('NO_HARDWARE_ADDRESS', { reason: 'no such host was seen from there' })
      const nowMs = clock.nowMs()
      sentAtMs = sentAtMs.filter((atMs) => nowMs - atMs < minuteMs)
      const destinations = link.destinationsFor(host.address)
      if (destinations.length === 0) throw new KnownError('NOT_ON_LINK', { address: host.address })
      const rounds = wakeRounds(host.macAddresses, sentAtMs.length)
      if (rounds.length === 0) throw new KnownError('WOKEN_LATELY')
      // Counted where the last of them goes out, and before the first does: nobody asks twice meanwhile.
      sentAtMs.push(...rounds.flatMap((macs, index) => macs.map(() => nowMs + (wakeRoundsAtMs[index] ?? 0))))
      await send(rounds[0] ?? [], destinations)
      sendLater(rounds, destinations, nowMs).catch((error: unknown) => {
        if (!ending.signal.aborted) log.debug('a wake packet was not sent', { error })
      })
      return { host, packets: rounds.flat().length }
    },
    close() {
      browser?.close()
      ending.abort()
    },
  }
}

/** What it, or its sleep proxy, tells of itself; else the one it has spoken to us from. */
async function macAddressesOf(service: FoundService, address: string): Promise<string[]> {
  if (service.owner) return [service.owner.wakeAddress].filter((mac) => parseMac(mac) !== undefined)
  const told = await askServerInfo(address, service.port).catch(() => [])
  const macs = told.flatMap((mac) => parseMac(mac) ?? [])
  if (macs.length > 0) return [...new Set(macs)].slice(0, mostMacsPerHost)
  const learned = await hardwareAddressOf(address)
  return learned === undefined ? [] : [learned]
}

function askServerInfo(host: string, port: number): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const request = get({ host, port, path: '/server-info', agent: false, timeout: answerMs }, (response) => {
      const chunks: Buffer[] = []
      let length = 0
      response.on('data', (chunk: Buffer) => {
        length += chunk.length
        if (length > longestAnswerBytes) return void request.destroy(new Error('too long'))
        chunks.push(chunk)
      })
      response.on('error', reject)
      response.on('end', () => {
        try {
          resolve(macsFromServerInfo(decode(Buffer.concat(chunks))))
        } catch (error) {
          reject(error)
        }
      })
    })
    request.on('timeout', () => request.destroy(new Error('no answer')))
    request.on('error', reject)
  })
}

function visibleName({ name, txt }: FoundService): string {
  for (const [key, value] of txt)
    if (key.toLowerCase() === 'ctln' && value !== true)
      return new TextDecoder().decode(value).slice(0, longestName) || name
  return name
}
