// Remotes that ask to be paired, where the network swallows multicast: one machine is asked alone what it announces.

import { isIP } from 'node:net'
import type { Clock } from '../../clock.ts'
import { type FoundService, openWideArea } from '../../discovery/index.ts'
import { KnownError } from '../../errors.ts'
import { services } from '../../protocol/index.ts'
import { addressesOnLink } from '../network/machine-addresses.ts'

/** Longer than it takes to ask twice. */
const patienceMs = 5000

/**
 * Whatever it says of other machines, only the one that was asked is called.
 *
 * Fails   BAD_ADDRESS for what is none; REMOTE_ELSEWHERE for an address outside the networks of this machine: nobody answers such questions from there.
 */
export async function remotesAt(address: string, clock: Clock): Promise<FoundService[]> {
  if (isIP(address.replace(/%.*$/, '')) === 0) throw new KnownError('BAD_ADDRESS', { address })
  if (addressesOnLink([address]).length === 0) throw new KnownError('REMOTE_ELSEWHERE', { address })
  const found: FoundService[] = []
  const ending = new AbortController()
  const asking = openWideArea({ domains: [], machines: [address], servers: [], clock })
  asking.browse(services.touchRemote.type, {
    onUp(service) {
      found.push({ ...service, addresses: [address] })
      ending.abort()
    },
    onDown() {},
  })
  // All that one answer holds is told at once.
  await clock.until(clock.nowMs() + patienceMs, ending.signal).catch(() => {})
  asking.close()
  return found
}
