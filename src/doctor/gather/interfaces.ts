// The machine's interfaces, as far as a person would name them.

import { networkInterfaces } from 'node:os'
import type { Link } from '../../discovery/index.ts'

export interface SystemInterface {
  readonly name: string
  readonly isLoopback: boolean
  readonly addresses: readonly string[]
  /** Undefined where the system does not tell. */
  readonly canMulticast: boolean | undefined
}

export function systemInterfaces(links: readonly Link[]): SystemInterface[] {
  return links.map(({ name, addresses, canMulticast }) => ({
    name,
    isLoopback: networkInterfaces()[name]?.some(({ internal }) => internal) ?? false,
    addresses: addresses.map(({ address, prefixLength }) => `${address}/${prefixLength}`),
    canMulticast,
  }))
}
