// The machine's interfaces, with what Linux tells of them beyond Node.

import { readFileSync } from 'node:fs'
import { networkInterfaces } from 'node:os'
import type { Link } from '../../discovery/index.ts'

export interface SystemInterface {
  readonly name: string
  readonly isLoopback: boolean
  readonly addresses: readonly string[]
  /** Undefined where the system does not tell. */
  readonly canMulticast: boolean | undefined
}

/** IFF_MULTICAST of linux/if.h. */
const multicastFlag = 0x1000

export function systemInterfaces(links: readonly Link[]): SystemInterface[] {
  return links.map(({ name, addresses }) => ({
    name,
    isLoopback: networkInterfaces()[name]?.some(({ internal }) => internal) ?? false,
    addresses: addresses.map(({ address, prefixLength }) => `${address}/${prefixLength}`),
    canMulticast: readFlag(name),
  }))
}

function readFlag(name: string): boolean | undefined {
  // Names come from the system; one with a slash would be none.
  if (process.platform !== 'linux' || name.includes('/')) return undefined
  try {
    return (Number(readFileSync(`/sys/class/net/${name}/flags`, 'utf8').trim()) & multicastFlag) !== 0
  } catch {
    return undefined
  }
}
