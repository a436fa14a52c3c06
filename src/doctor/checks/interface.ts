// Whether this machine is in a network at all.

import { checkOf, healthy } from '../finding.ts'

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
    const interfaces = context.interfaces()
    const outward = interfaces.filter(({ isLoopback }) => !isLoopback)
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

/** Of the machine's own making: valid, but only on this link, and reached by nobody who has a real one. */
function isMadeUp(address: string): boolean {
  return address.startsWith('169.254.') || /^fe[89ab]/i.test(address)
}
