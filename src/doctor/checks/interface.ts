// Whether this machine is in a network at all.

import type { Context } from '../context.ts'
import { checkOf, healthy } from '../finding.ts'
import type { SystemInterface } from '../gather/interfaces.ts'

export const interfaceCheck = checkOf({
  name: 'interface',
  asks: 'Is this machine in a network?',
  faults: {
    NO_NETWORK: {
      says: 'This machine is in no network: no interface is up and has an address.',
      fix: 'Connect the cable or join the Wi-Fi; `ip address` or the system settings show the interfaces.',
    },
    NO_LEASE: {
      says: 'This machine got no address from the network and made one up ({addresses}).',
      fix: 'Check that the router is on and gives out addresses (DHCP), then connect anew.',
    },
    NO_MULTICAST: {
      says: 'Multicast is switched off on {interface}.',
      fix: '`ip link set {interface} multicast on`, as root.',
    },
  },
  async judge(context, fault) {
    const outward = outwardOf(context)
    const evidence = outward.map(({ name, addresses }) => `${name}: ${addresses.join(' ')}`)
    if (outward.length === 0) return fault('NO_NETWORK', {}, evidence)
    const mute = outward.filter(({ canMulticast }) => canMulticast === false)
    // A tunnel never can; that is a fault only where it is all there is.
    if (mute.length === outward.length)
      return fault('NO_MULTICAST', { interface: mute[0]?.name ?? '' }, evidence)
    const addresses = outward.flatMap((one) => one.addresses)
    if (addresses.every(isMadeUp)) return fault('NO_LEASE', { addresses: addresses.join(' ') }, evidence)
    return healthy('This machine is in a network.', evidence)
  },
})

/** Whether there is an interface by which others could hear a question to all. */
export function canAskAll(context: Context): boolean {
  return outwardOf(context).some(({ canMulticast }) => canMulticast !== false)
}

function outwardOf(context: Context): SystemInterface[] {
  return context.interfaces().filter(({ isLoopback }) => !isLoopback)
}

/** Of the machine's own making: valid, but only on this link, and reached by nobody who has a real one. */
function isMadeUp(address: string): boolean {
  return address.startsWith('169.254.') || /^fe[89ab]/i.test(address)
}
