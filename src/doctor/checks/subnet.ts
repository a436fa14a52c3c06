// Whether it is in a network of this machine. Elsewhere it may be reached, but never seen.

import { isIP } from 'node:net'
import { checkOf, healthy, unknown } from '../finding.ts'
import { isOnAnyLink } from '../heard-services.ts'

export const subnetCheck = checkOf({
  name: 'subnet',
  asks: 'Is it in a network of this machine?',
  faults: {
    WRONG_SUBNET: {
      says: '{name} is on the same wire, but its address {address} is in another subnet than this machine ({own}).',
      fix: 'Give both addresses of one subnet: take them from the same router, and check the network mask.',
    },
    OTHER_NETWORK: {
      says: '{name} at {address} is in another network than this machine ({own}); it can be reached, but will not appear by itself.',
      fix: 'Use its address, --host {address}, or run `tonearm relay` on a machine that sees both networks.',
    },
    NO_WAY_THERE: {
      says: 'There is no way to {address}: it is in none of this machine’s networks ({own}), and no router passes calls on.',
      fix: 'Check the address, join its network or VPN, or see docs/network.md for ways between networks.',
    },
  },
  async judge(context, fault) {
    const { patient, links } = context
    const place = await context.place()
    if (!patient || !place) return unknown(patient ? 'It is not known where it is.' : 'No host was named.')
    const { host } = place.address
    if (isIP(host.replace(/%.*$/, '')) === 0 || isOnAnyLink(links, host))
      return healthy('It is in a network of this machine.')
    const own = links.flatMap(({ addresses }) => addresses.map((one) => `${one.address}/${one.prefixLength}`))
    const words = { name: patient.name, address: host, own: own.join(' ') }
    // Multicast does not pass routers, so whoever was heard is on the wire.
    const { senders, services } = await context.heard()
    const isOnWire = senders.has(host) || services.some(({ addresses }) => addresses.includes(host))
    if (isOnWire) return fault('WRONG_SUBNET', words, [`${host} was heard by multicast`, place.evidence])
    const row = place.result === 'open' || place.result === 'refused' ? 'OTHER_NETWORK' : 'NO_WAY_THERE'
    return fault(row, words, [place.evidence])
  },
})
