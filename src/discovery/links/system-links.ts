// The machine's interfaces as links, and a name for the machine that stays the same.

import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { type NetworkInterfaceInfo, networkInterfaces } from 'node:os'
import type { Link, LinkAddress } from './link.ts'

/** IFF_MULTICAST of linux/if.h. */
const multicastFlag = 0x1000

/** Interfaces that are up; the loopback only when there is nothing else, so that one machine alone works too. */
export function systemLinks(only?: readonly string[]): Link[] {
  const all = Object.entries(networkInterfaces())
    .filter(([name]) => only?.includes(name) ?? true)
    .map(([name, infos = []]) => ({
      link: linkOf(name, infos),
      isInternal: infos.some(({ internal }) => internal),
    }))
    .filter(({ link }) => link.addresses.length > 0)
  const outward = all.filter(({ isInternal }) => !isInternal)
  return (outward.length > 0 ? outward : all).map(({ link }) => link)
}

/**
 * `tonearm-` and eight hex digits. Not the machine's own host name: where avahi or Bonjour runs, that one is taken.
 * From the least MAC address that a maker gave (virtual interfaces come and go), else the least of all.
 */
export function machineLabel(): string {
  const macs = Object.values(networkInterfaces())
    .flatMap((infos = []) => infos.filter(({ internal }) => !internal).map(({ mac }) => mac))
    .toSorted()
  const seed = macs.find((mac) => !isLocallyMade(mac)) ?? macs[0] ?? ''
  return `tonearm-${createHash('sha256').update(seed).digest('hex').slice(0, 8)}`
}

function isLocallyMade(mac: string): boolean {
  return (Number.parseInt(mac.slice(0, 2), 16) & 0x02) !== 0
}

function linkOf(name: string, infos: readonly NetworkInterfaceInfo[]): Link {
  const scopeNumber = infos.find((info) => info.family === 'IPv6' && info.scopeid > 0)
  const isNumbered = process.platform === 'win32' && scopeNumber?.family === 'IPv6'
  // A tunnel has none.
  // The loopback carries it without saying so.
  const canMulticast = infos.some(({ internal }) => internal) ? undefined : readMulticastFlag(name)
  const mac = infos.find((info) => !info.internal && /[1-9a-f]/i.test(info.mac))?.mac
  return {
    name,
    ...(mac === undefined ? {} : { macAddress: mac }),
    ...(canMulticast === undefined ? {} : { canMulticast }),
    scope: isNumbered ? `${scopeNumber.scopeid}` : name,
    addresses: infos.flatMap(addressOf).toSorted((a, b) => (a.address < b.address ? -1 : 1)),
  }
}

/** Linux tells more than Node. */
function readMulticastFlag(name: string): boolean | undefined {
  // Names come from the system; one with a slash would be none.
  if (process.platform !== 'linux' || name.includes('/')) return undefined
  try {
    return (Number(readFileSync(`/sys/class/net/${name}/flags`, 'utf8').trim()) & multicastFlag) !== 0
  } catch {
    return undefined
  }
}

function addressOf({ address, family, cidr }: NetworkInterfaceInfo): LinkAddress[] {
  const prefixLength = Number(cidr?.split('/')[1])
  return Number.isInteger(prefixLength) ? [{ address, family, prefixLength }] : []
}
