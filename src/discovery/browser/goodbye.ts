// Whether a goodbye may be believed: anybody on the link can say one in another's name.

import type { Name } from '../dns/name.ts'
import type { DnsRecord, SrvRecord } from '../dns/records.ts'
import { withoutScope } from '../links/addresses.ts'
import type { RecordCache } from './cache.ts'

/** True when it comes from an address of the host it is about, or when we know none of that host. */
export function isOwnersGoodbye(record: DnsRecord, from: string, cache: RecordCache): boolean {
  const hosts = hostsOf(record, cache)
  const addresses = hosts.flatMap((host) =>
    (['A', 'AAAA'] as const).flatMap((type) => cache.find(host, type).map((found) => found.record)),
  )
  const sender = withoutScope(from)
  return (
    addresses.length === 0 ||
    addresses.some((known) => (known.type === 'A' || known.type === 'AAAA') && known.address === sender)
  )
}

function hostsOf(record: DnsRecord, cache: RecordCache): Name[] {
  switch (record.type) {
    case 'A':
    case 'AAAA':
      return [record.name]
    case 'PTR':
      return targetsOf(record.target, cache)
    default:
      return targetsOf(record.name, cache)
  }
}

function targetsOf(instance: Name, cache: RecordCache): Name[] {
  return cache.find(instance, 'SRV').map(({ record }) => (record as SrvRecord).target)
}
