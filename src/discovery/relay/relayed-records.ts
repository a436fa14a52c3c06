// The records by which a relayed service is shown on a link where it is not. Pure.

import { createHash } from 'node:crypto'
import { instanceName, type Name, nameOf, sameName } from '../dns/name.ts'
import { type DnsRecord, internetClass, type SrvRecord } from '../dns/records.ts'
import { familyOf, type Link } from '../links/link.ts'
import {
  addressRecords,
  enumerationName,
  hostNsec,
  instanceNsec,
  instanceRecords,
  pointerRecords,
  withTtl,
} from '../responder/zone.ts'
import { markKey, type RelayedService } from './relayed-service.ts'

/** RFC 8766 5.5.1: who was told of something far away asks again soon. */
const relayedTtlSeconds = 10

export interface RelayedRecords {
  readonly instance: Name
  readonly records: readonly DnsRecord[]
  readonly denials: readonly DnsRecord[]
  /** Said when the service goes. */
  readonly goodbye: readonly DnsRecord[]
}

/** `mark` is who relays it; on the way to another relay there is none. */
export function relayedRecords(service: RelayedService, mark: string | undefined): RelayedRecords {
  const host = farHostName(service.addresses)
  const plain = { type: service.type, name: service.name, port: service.port, txt: {} }
  const [srv] = instanceRecords(plain, host).filter((record): record is SrvRecord => record.type === 'SRV')
  const instance = instanceName(service.name, service.type)
  const txt: DnsRecord = {
    type: 'TXT',
    name: instance,
    classCode: internetClass,
    isUnique: true,
    ttlSeconds: relayedTtlSeconds,
    strings: markedTxt(service, mark),
  }
  const pointers = pointerRecords(plain)
  const own: DnsRecord[] = [...(srv ? [srv] : []), txt]
  const far = farLink(service.addresses)
  return {
    instance,
    records: [...pointers, ...own, ...addressRecords(host, far)].map(shortLived),
    denials: [instanceNsec(plain), hostNsec(host, far)].map(shortLived),
    // The list of types may hold others of this type.
    goodbye: [...pointers.filter(({ name }) => !sameName(name, enumerationName)), ...own].map((record) =>
      withTtl(record, 0),
    ),
  }
}

/**
 * The name of a far host says only its addresses: two relays that carry the same service agree on it by themselves, and
 * two hosts of one name at both ends are no conflict.
 */
function farHostName(addresses: readonly string[]): Name {
  const print = createHash('sha256').update(addresses.join(' ')).digest('hex').slice(0, 12)
  return nameOf(`relayed-${print}.local`)
}

function farLink(addresses: readonly string[]): Link {
  return {
    name: '',
    scope: '',
    addresses: addresses.map((address) => ({ address, family: familyOf(address), prefixLength: 0 })),
  }
}

/** Not by `txtStrings`: a key without "=" stays one, and nothing is cut. */
function markedTxt({ txt }: RelayedService, mark: string | undefined): Uint8Array[] {
  const strings = [...txt].map(([key, value]) =>
    value === true ? Buffer.from(key, 'latin1') : Buffer.concat([Buffer.from(`${key}=`, 'latin1'), value]),
  )
  return mark === undefined ? strings : [...strings, Buffer.from(`${markKey}=${mark}`)]
}

function shortLived(record: DnsRecord): DnsRecord {
  return withTtl(record, relayedTtlSeconds)
}
