// What we say about ourselves: the records of one host name and of the services on it (RFC 6763 4, RFC 6762 6.1).

import { instanceName, type Name, nameOf, sameName, subtypeName, typeName } from '../dns/name.ts'
import {
  type AddressRecord,
  type DnsRecord,
  internetClass,
  type NsecRecord,
  type PtrRecord,
  type SrvRecord,
  type TxtRecord,
  typeCodes,
} from '../dns/records.ts'
import { txtStrings } from '../dns/txt.ts'
import type { Link } from '../links/link.ts'
import type { ServiceToAnnounce } from '../types.ts'

/** RFC 6762 10: records that name or hold the host are short-lived, others last 75 minutes. */
export const ttlSeconds = { host: 120, other: 4500 } as const
/** Lists every service type of the network (RFC 6763 9). */
export const enumerationName: Name = nameOf('_services._dns-sd._udp.local')

const shared = { classCode: internetClass, isUnique: false } as const
const unique = { classCode: internetClass, isUnique: true } as const

/** Only the addresses of this link: others may not be reachable there. */
export function addressRecords(host: Name, link: Link): AddressRecord[] {
  return link.addresses.map(({ address, family }) => ({
    ...unique,
    name: host,
    type: family === 'IPv4' ? 'A' : 'AAAA',
    ttlSeconds: ttlSeconds.host,
    address,
  }))
}

/** Says which address types exist, so that nobody waits for the other one. */
export function hostNsec(host: Name, link: Link): NsecRecord {
  const types = new Set(addressRecords(host, link).map(({ type }) => typeCodes[type]))
  return {
    ...unique,
    name: host,
    type: 'NSEC',
    ttlSeconds: ttlSeconds.host,
    next: host,
    types: [...types].toSorted(ascending),
  }
}

/** Shared by all who offer the type: to the instance from the type and its subtypes, and to the type from the list of all. */
export function pointerRecords(service: ServiceToAnnounce): PtrRecord[] {
  const pointer = (from: Name, target: Name): PtrRecord => ({
    ...shared,
    name: from,
    type: 'PTR',
    ttlSeconds: ttlSeconds.other,
    target,
  })
  const instance = instanceName(service.name, service.type)
  const type = typeName(service.type)
  return [
    pointer(type, instance),
    ...(service.subtypes ?? []).map((subtype) => pointer(subtypeName(subtype, service.type), instance)),
    pointer(enumerationName, type),
  ]
}

/** Ours alone: what is probed for. */
export function instanceRecords(service: ServiceToAnnounce, host: Name): (SrvRecord | TxtRecord)[] {
  const name = instanceName(service.name, service.type)
  return [
    {
      ...unique,
      name,
      type: 'SRV',
      ttlSeconds: ttlSeconds.host,
      priority: 0,
      weight: 0,
      port: service.port,
      target: host,
    },
    { ...unique, name, type: 'TXT', ttlSeconds: ttlSeconds.other, strings: txtStrings(service.txt) },
  ]
}

export function instanceNsec({ name, type }: ServiceToAnnounce): NsecRecord {
  const instance = instanceName(name, type)
  const types = [typeCodes.TXT, typeCodes.SRV]
  return { ...unique, name: instance, type: 'NSEC', ttlSeconds: ttlSeconds.other, next: instance, types }
}

/** Only what names the service; that its type exists may be true of others still. */
export function goodbyeRecords(service: ServiceToAnnounce, host: Name): DnsRecord[] {
  const pointers = pointerRecords(service).filter(({ name }) => !sameName(name, enumerationName))
  return [...pointers, ...instanceRecords(service, host)].map((record) => withTtl(record, 0))
}

export function withTtl(record: DnsRecord, ttl: number): DnsRecord {
  return { ...record, ttlSeconds: ttl }
}

function ascending(a: number, b: number): number {
  return a - b
}
