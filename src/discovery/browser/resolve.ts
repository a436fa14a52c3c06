// From the records heard on all links to one service a person can use. Pure.

import { labelText, type Name, nameText } from '../dns/name.ts'
import type { AddressRecord, SrvRecord, TxtRecord } from '../dns/records.ts'
import { txtEntries } from '../dns/txt.ts'
import { isLinkLocal } from '../links/addresses.ts'
import { familyOf, isOnLink, type Link } from '../links/link.ts'
import type { FoundService } from '../types.ts'
import type { CachedRecord, RecordCache } from './cache.ts'

export interface Hearing {
  readonly link: Link
  readonly cache: RecordCache
}

export interface Resolution {
  /** Absent while something is missing. */
  readonly service?: FoundService
  /** Whose addresses matter, once that is known. */
  readonly host?: Name
  /** What to ask for next. */
  readonly missing: readonly { name: Name; type: 'SRV' | 'TXT' | 'A' | 'AAAA' }[]
}

/** The newest SRV wins: a service that came back may listen on another port (and one said goodbye to is not yet gone). */
export function resolve(type: string, instance: Name, hearings: readonly Hearing[]): Resolution {
  const srv = newest<SrvRecord>(instance, 'SRV', hearings)
  const txt = newest<TxtRecord>(instance, 'TXT', hearings)
  const absent = [
    ...(srv ? [] : [{ name: instance, type: 'SRV' as const }]),
    ...(txt ? [] : [{ name: instance, type: 'TXT' as const }]),
  ]
  if (!srv) return { missing: absent }
  if (isNoPlace(srv.record)) return { missing: [] }
  const host = srv.record.target
  const addresses = addressesOf(host, hearings)
  if (addresses.length === 0)
    return {
      host,
      missing: [...absent, { name: host, type: 'A' as const }, { name: host, type: 'AAAA' as const }],
    }
  if (!txt) return { host, missing: absent }
  const service = {
    type,
    name: labelText(instance[0] ?? new Uint8Array()),
    hostName: nameText(host),
    port: srv.record.port,
    txt: txtEntries(txt.record.strings),
    addresses,
    interfaceName: srv.hearing.link.name,
  }
  return { service, host, missing: [] }
}

/** RFC 2782: the root says that there is no such service; a port of zero holds only the name. */
function isNoPlace({ target, port }: SrvRecord): boolean {
  return target.length === 0 || port === 0
}

function newest<R extends SrvRecord | TxtRecord>(
  name: Name,
  type: R['type'],
  hearings: readonly Hearing[],
): { record: R; hearing: Hearing } | undefined {
  let best: { record: R; hearing: Hearing; heard: CachedRecord } | undefined
  for (const hearing of hearings) {
    const [heard] = hearing.cache.find(name, type)
    if (heard && (!best || heard.receivedMs > best.heard.receivedMs))
      best = { record: heard.record as R, hearing, heard }
  }
  if (!best) return undefined
  // Heard on several links, it is always the same one, or each announcement would look like a change.
  const { record } = best
  const hearing = hearings.find(({ cache }) => cache.has(record)) ?? best.hearing
  return { record, hearing }
}

function addressesOf(host: Name, hearings: readonly Hearing[]): string[] {
  const ranked = hearings.flatMap(({ link, cache }) =>
    [...cache.find(host, 'A'), ...cache.find(host, 'AAAA')]
      .map(({ record }) => (record as AddressRecord).address)
      .filter((address) => isUsable(address, link))
      .map((address) => ({ address: withScope(address, link), rank: rank(address, link) })),
  )
  const sorted = ranked.toSorted((a, b) => a.rank - b.rank || (a.address < b.address ? -1 : 1))
  return [...new Set(sorted.map(({ address }) => address))]
}

/** On our own subnet first, IPv4 before IPv6 (it needs no scope in a URL); then link-local; then what needs a router. */
function rank(address: string, link: Link): number {
  if (isLinkLocal(address)) return 2
  if (!isOnLink(link, address)) return 3
  return familyOf(address) === 'IPv4' ? 0 : 1
}

function withScope(address: string, link: Link): string {
  return familyOf(address) === 'IPv6' && isLinkLocal(address) ? `${address}%${link.scope}` : address
}

/** No packet from outside may point us at ourselves or at a group. */
function isUsable(address: string, link: Link): boolean {
  if (/^(0\.|22[4-9]\.|2[3-5]\d\.|ff)/i.test(address) || address === '::') return false
  const isLoopback = address.startsWith('127.') || address === '::1' || /^::ffff:/i.test(address)
  return !isLoopback || isOnLink(link, address)
}
