// From packets to services: who says what of whom. Pure. Nothing is merged over senders, so that two who disagree show.

import {
  type DnsMessage,
  type DnsRecord,
  isOnLink,
  type Link,
  labelText,
  nameKey,
  nameText,
  txtEntries,
} from '../discovery/index.ts'
import { services as serviceTable } from '../protocol/index.ts'
import { addressText } from '../remote/node.ts'
import type { Patient } from './patient.ts'

/** By the group, or straight to us as to any plain DNS client. */
export type Way = 'multicast' | 'unicast'

export interface HeardPacket {
  /** With scope. */
  readonly from: string
  readonly way: Way
  /** What follows "%" in link-local addresses where it was heard. */
  readonly scope?: string | undefined
  readonly message: DnsMessage
}

export interface Service {
  readonly kind: 'host' | 'remote' | 'speaker'
  /** For people. */
  readonly name: string
  /** The instance label. */
  readonly serviceName: string
  readonly hostName: string
  readonly port: number
  readonly addresses: readonly string[]
  /** The machine that said so. */
  readonly from: string
  readonly ways: ReadonlySet<Way>
}

type SrvRecord = Extract<DnsRecord, { type: 'SRV' }>

const kinds = [
  ['host', serviceTable.touchAble.type, 'ctln'],
  ['remote', serviceTable.touchRemote.type, 'dvnm'],
  ['speaker', serviceTable.raop.type, ''],
] as const

export const soughtTypes = kinds.map(([, type]) => type)

/** One for each service and machine that speaks of it; a machine with two families counts once for each. */
export function servicesIn(packets: readonly HeardPacket[]): Service[] {
  return [...bySender(packets)].flatMap(([from, own]) => servicesOf(from, own))
}

interface HeardRecord {
  readonly record: DnsRecord
  readonly way: Way
}

function servicesOf(from: string, packets: readonly HeardPacket[]): Service[] {
  const records = packets.flatMap(({ message, way }) =>
    [...message.answers, ...message.additionals]
      // Goodbyes have none left.
      .filter(({ ttlSeconds }) => ttlSeconds > 0)
      .map((record) => ({ record, way })),
  )
  const scope = packets.find((packet) => packet.scope !== undefined)?.scope
  const found = new Map<string, Service>()
  for (const { record, way } of records) {
    if (record.type !== 'SRV') continue
    const key = `${nameKey(record.name)} ${record.port} ${nameKey(record.target)}`
    const service = found.get(key) ?? serviceOf({ from, scope }, record, records)
    if (!service) continue
    found.set(key, { ...service, ways: new Set(service.ways).add(way) })
  }
  return [...found.values()]
}

/** Undefined when it is of no kind that we look for. */
function serviceOf(
  { from, scope }: Pick<HeardPacket, 'from' | 'scope'>,
  srv: SrvRecord,
  records: readonly HeardRecord[],
): Service | undefined {
  const row = kinds.find(([, type]) => nameText(srv.name.slice(1)) === `${type}.local`)
  if (!row) return undefined
  const [kind, , nameKeyword] = row
  const addresses: string[] = []
  let strings: readonly Uint8Array[] = []
  for (const { record } of records) {
    if (record.type === 'TXT' && nameKey(record.name) === nameKey(srv.name)) strings = record.strings
    if (record.type !== 'A' && record.type !== 'AAAA') continue
    if (nameKey(record.name) === nameKey(srv.target)) addresses.push(withScope(record.address, scope))
  }
  const serviceName = labelText(srv.name[0] ?? new Uint8Array())
  return {
    kind,
    name: visibleName(serviceName, nameKeyword, strings),
    serviceName,
    hostName: nameText(srv.target),
    port: srv.port,
    addresses: [...new Set(addresses)],
    from,
    ways: new Set(),
  }
}

/** Those that the patient's name, service name or address means; of none without a patient. */
export function instancesOf(services: readonly Service[], patient: Patient | undefined): Service[] {
  if (!patient) return []
  const { name, known, address } = patient
  const wanted = name.toLowerCase()
  const byPairing = known?.serviceName ? services.filter((one) => one.serviceName === known.serviceName) : []
  if (byPairing.length > 0) return byPairing
  const byName = services.filter(
    (one) => one.name.toLowerCase() === wanted || one.serviceName.toLowerCase() === wanted,
  )
  if (byName.length > 0) return byName
  // Who is paired with one library and hears of another at its address hears of somebody else.
  if (!address || known?.serviceName) return []
  return services.filter((one) =>
    one.addresses.some((host) => addressText({ host, port: one.port }) === addressText(address)),
  )
}

export function isOnAnyLink(links: readonly Link[], address: string): boolean {
  return links.some((link) => isOnLink(link, address))
}

function bySender(packets: readonly HeardPacket[]): Map<string, HeardPacket[]> {
  const senders = new Map<string, HeardPacket[]>()
  for (const packet of packets) {
    const own = senders.get(packet.from)
    if (own) own.push(packet)
    else senders.set(packet.from, [packet])
  }
  return senders
}

function withScope(address: string, scope: string | undefined): string {
  return scope !== undefined && /^fe[89ab]/i.test(address) ? `${address}%${scope}` : address
}

function visibleName(serviceName: string, nameKeyword: string, strings: readonly Uint8Array[]): string {
  // A speaker: `<MAC>@<name>`.
  if (nameKeyword === '') return serviceName.replace(/^[0-9a-f]{12}@/i, '')
  for (const [key, value] of txtEntries(strings))
    if (key.toLowerCase() === nameKeyword && value !== true && value.length > 0)
      return new TextDecoder().decode(value)
  return serviceName
}
