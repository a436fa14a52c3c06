// One network interface as discovery sees it: its name and the addresses that are reachable there.

import { BlockList } from 'node:net'
import type { DnsMessage } from '../dns/message.ts'
import { isLinkLocal, withoutScope } from './addresses.ts'

export interface LinkAddress {
  /** Without a scope. */
  readonly address: string
  readonly family: 'IPv4' | 'IPv6'
  readonly prefixLength: number
}

export interface Link {
  /** As the system calls it, such as `eth0`. */
  readonly name: string
  /** What follows "%" in link-local addresses: the name again, but a number on Windows. */
  readonly scope: string
  readonly addresses: readonly LinkAddress[]
  /** "d4:9a:20:d1:5e:63"; without it where there is none. */
  readonly macAddress?: string
  /** False for a tunnel that carries no multicast, such as WireGuard's; undefined where the system does not tell. */
  readonly canMulticast?: boolean
}

export interface Sender {
  /** IPv6 link-local ones carry their scope. */
  readonly address: string
  readonly port: number
}

/** How a packet came to us. */
export interface Arrival {
  /** The name of the link. */
  readonly link: string
  readonly from: Sender
  /** To our own address; false when it came to all, and where the system does not tell. */
  readonly isUnicast: boolean
}

export interface Outgoing {
  readonly link: string
  readonly message: DnsMessage
  /** Unicast to there; without it, multicast. */
  readonly to?: Sender
}

export function familyOf(address: string): LinkAddress['family'] {
  return address.includes(':') ? 'IPv6' : 'IPv4'
}

/** True when the sender sits on this very link: packets of others are not ours to answer (RFC 6762 11). */
export function isOnLink(link: Link, address: string): boolean {
  const [plain = '', scope] = address.split('%')
  const family = familyOf(plain)
  if (family === 'IPv6' && isLinkLocal(plain))
    return scope === link.scope && link.addresses.some((own) => own.family === 'IPv6')
  return prefixesOf(link).check(plain, family === 'IPv6' ? 'ipv6' : 'ipv4')
}

export function isOwnAddress(links: readonly Link[], address: string): boolean {
  const plain = withoutScope(address)
  return links.some((link) => link.addresses.some((own) => own.address === plain))
}

export function sameLink(a: Link, b: Link): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}

const prefixLists = new WeakMap<Link, BlockList>()

function prefixesOf(link: Link): BlockList {
  const known = prefixLists.get(link)
  if (known) return known
  const list = new BlockList()
  for (const { address, family, prefixLength } of link.addresses)
    list.addSubnet(address, prefixLength, family === 'IPv6' ? 'ipv6' : 'ipv4')
  prefixLists.set(link, list)
  return list
}
