// What a person types for a host: a name, or where it is. A word with dots may be either: "Mr.Music" is a library,
// "music.example.org" a machine.

import { lookup } from 'node:dns/promises'
import { BlockList, isIP } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import type { Discovery } from '../../discovery/index.ts'
import { KnownError } from '../../errors.ts'
import { type Found, findHost, type HostAddress, looksLikeAddress, parseAddress } from '../../remote/node.ts'

/** DNS may know a machine under the name of a host that is near: so long that host has to be seen. */
const seenFirstMs = 1500

/** Undefined for what is, or may be, a name. BAD_ADDRESS, also for one at which no host can be. */
export function typedAddress(text: string): HostAddress | undefined {
  if (!looksLikeAddress(text)) return undefined
  const address = parseAddress(text)
  const problem = whyNobody(address.host)
  if (problem !== undefined) throw new KnownError('BAD_ADDRESS', { address: text, problem })
  return isDottedWord(text) ? undefined : address
}

/** The host seen under this name, else where DNS has it. HOST_NOT_FOUND. */
export async function findNamed(
  discovery: Discovery,
  name: string,
  signal: AbortSignal,
): Promise<Found | HostAddress> {
  let inDns: HostAddress | undefined
  const enough = new AbortController()
  if (isDottedWord(name))
    lookup(name)
      .then(async () => {
        inDns = parseAddress(name)
        await delay(seenFirstMs, undefined, { signal: enough.signal, ref: false })
        enough.abort()
      })
      .catch(() => {}) // DNS does not know it, or it is not needed any more
  try {
    return await findHost(discovery, name, { signal: AbortSignal.any([signal, enough.signal]) })
  } catch (error) {
    signal.throwIfAborted()
    if (inDns) return inDns
    throw error
  } finally {
    enough.abort()
  }
}

function isDottedWord(text: string): boolean {
  return /^[^\s:/[\]]+\.[^\s:/[\]]+$/.test(text.trim()) && isIP(text.trim()) === 0
}

const groups = new BlockList()
groups.addSubnet('224.0.0.0', 4, 'ipv4')
groups.addSubnet('ff00::', 8, 'ipv6')
const nobody = new BlockList()
nobody.addSubnet('0.0.0.0', 8, 'ipv4')
nobody.addSubnet('240.0.0.0', 4, 'ipv4')
nobody.addAddress('::', 'ipv6')
const linkLocal = new BlockList()
linkLocal.addSubnet('fe80::', 10, 'ipv6')

/** Why no single machine can be asked at this IP address, in words; undefined when one can, or it is none. */
export function whyNobody(address: string): string | undefined {
  const [plain = '', scope] = address.split('%')
  const family = isIP(plain) === 6 ? 'ipv6' : 'ipv4'
  if (isIP(plain) === 0) return undefined
  if (groups.check(plain, family)) return 'it is the address of a group, not of one machine'
  if (nobody.check(plain, family)) return 'no machine has this address'
  if (scope === undefined && linkLocal.check(plain, family))
    return `it needs the interface by which it is reached, such as ${plain}%eth0`
  return undefined
}
