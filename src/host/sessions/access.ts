// Who may talk to this host at all, before any session: address ranges, names, origins.
// No address is trusted, loopback included: an address only decides whether there is an answer, never what is allowed.

import { BlockList, isIP, isIPv4 } from 'node:net'
import { hostname } from 'node:os'
import type { Clock } from '../../clock.ts'
import { KnownError } from '../../errors.ts'
import { privateNetworks } from '../../protocol/index.ts'
import { onLinkNetworks } from '../network/machine-addresses.ts'

export interface Access {
  /** Loopback, private, VPN and on-link addresses, and the networks that were listed. */
  isAddressAllowed(address: string): boolean
  /** Whether the host answers under this authority ("studio.local:3689"); undefined is a request without one. */
  isHostAllowed(authority: string | undefined): boolean
  /** A browser says where the page came from that asks: only our own page may. */
  isOriginAllowed(origin: string | undefined, authority: string | undefined): boolean
}

export interface AccessOptions {
  /** Names besides the machine's own, `localhost`, `*.local`, single labels and IP literals. */
  readonly allowedHosts: readonly string[]
  /** More networks to answer to, "203.0.113.0/24"; "all" for everyone. */
  readonly allowedNetworks?: readonly string[]
}

/** Interfaces come and go; looking at them takes some 50 µs. */
const interfacesKeptMs = 5000
/** A name of the DNS has 253 characters at most; before it may stand brackets, behind it a port. */
const longestAuthority = 300
/** Names that were judged, so that the judgement is made once each. */
const mostRemembered = 500

export function createAccess(options: AccessOptions, clock: Clock): Access {
  const everyone = options.allowedNetworks?.includes('all') ?? false
  const always = networksOf(options.allowedNetworks ?? [])
  const ownNames = new Set([hostname(), ...options.allowedHosts].map(normalName))
  const judgedHosts = new Map<string, boolean>()
  let onLink = onLinkNetworks()
  let onLinkAtMs = clock.nowMs()

  function isOnLink(address: string, family: 'ipv4' | 'ipv6'): boolean {
    if (clock.nowMs() - onLinkAtMs > interfacesKeptMs) {
      onLink = onLinkNetworks()
      onLinkAtMs = clock.nowMs()
    }
    return onLink.check(address, family)
  }

  return {
    isAddressAllowed(raw) {
      if (everyone) return true
      const address = plainAddress(raw)
      if (isIP(address) === 0) return false
      const family = isIPv4(address) ? 'ipv4' : 'ipv6'
      return always.check(address, family) || isOnLink(address, family)
    },
    isHostAllowed(authority) {
      if (authority === undefined) return true
      if (authority.length > longestAuthority) return false
      let isAllowed = judgedHosts.get(authority)
      if (isAllowed === undefined) {
        isAllowed = isNameAllowed(authority, ownNames)
        if (judgedHosts.size >= mostRemembered) judgedHosts.clear()
        judgedHosts.set(authority, isAllowed)
      }
      return isAllowed
    },
    isOriginAllowed(origin, authority) {
      if (origin === undefined) return true
      const match = /^(https?):\/\/([^/?#@]+)$/i.exec(origin)
      if (!match || authority === undefined) return false
      const defaultPort = match[1]?.toLowerCase() === 'https' ? ':443' : ':80'
      const bare = (text: string) => text.toLowerCase().replace(new RegExp(`${defaultPort}$`), '')
      return bare(match[2] ?? '') === bare(authority)
    },
  }
}

/** An IPv4 address as such, also when the socket is IPv6; without a scope. */
export function plainAddress(address: string): string {
  const unscoped = address.split('%')[0] ?? ''
  return /^::ffff:\d+\.\d+\.\d+\.\d+$/i.test(unscoped) ? unscoped.slice(7) : unscoped
}

function isNameAllowed(authority: string, ownNames: ReadonlySet<string>): boolean {
  const name = nameOf(authority)
  if (name === undefined) return false
  if (isIP(name) !== 0) return true
  if (!/^[a-z0-9_-]+(\.[a-z0-9_-]+)*$/.test(name)) return false
  return !name.includes('.') || name.endsWith('.local') || ownNames.has(name)
}

/** The name in "name:port" or "[address]:port"; undefined when it is malformed. */
function nameOf(authority: string): string | undefined {
  const match = /^(?:\[([0-9a-f:.]+)(?:%[\w.~-]+)?\]|([^:[\]@/]+))(?::\d{1,5})?$/i.exec(authority)
  const name = match?.[1] ?? match?.[2]
  return name === undefined ? undefined : normalName(name)
}

function normalName(name: string): string {
  return name.toLowerCase().replace(/\.$/, '')
}

function networksOf(listed: readonly string[]): BlockList {
  const networks = new BlockList()
  for (const [network, prefix, family] of privateNetworks) networks.addSubnet(network, prefix, family)
  for (const text of listed) if (text !== 'all') addNetwork(networks, text)
  return networks
}

/** "203.0.113.0/24" or one address alone; BAD_SETTING, since a typing error must not open or shut a door unseen. */
function addNetwork(networks: BlockList, text: string): void {
  const [, network = '', prefix] = /^([^/]+)(?:\/([0-9]{1,3}))?$/.exec(text) ?? []
  const family = isIPv4(network) ? 'ipv4' : 'ipv6'
  const bits = family === 'ipv4' ? 32 : 128
  const length = prefix === undefined ? bits : Number(prefix)
  if (isIP(network) === 0 || length > bits)
    throw new KnownError('BAD_SETTING', { setting: 'allowed-networks', problem: `no network: ${text}` })
  networks.addSubnet(network, length, family)
}
