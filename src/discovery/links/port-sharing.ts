// Whether another program of this machine listens on our very addresses: then a unicast answer reaches one of us only,
// and it may be the other one (RFC 6762 15.1). avahi does not, as it listens on all addresses at once.

import { readFileSync } from 'node:fs'
import { multicastPort } from './network.ts'

const portSuffix = `:${multicastPort.toString(16).toUpperCase().padStart(4, '0')}`

/** Linux only; where the tables cannot be read, we have to suppose so. */
export function isPortShared(): boolean {
  try {
    return ['/proc/net/udp', '/proc/net/udp6'].some((file) => hasTwins(readFileSync(file, 'latin1')))
  } catch {
    return true
  }
}

/** `table`: as the kernel prints it, the local address in the second column, "0101A8C0:14E9". */
export function hasTwins(table: string): boolean {
  const ends = table
    .split('\n')
    .map((line) => line.trim().split(/\s+/)[1] ?? '')
    .filter((end) => end.endsWith(portSuffix) && !/^0+:/.test(end))
  return new Set(ends).size < ends.length
}
