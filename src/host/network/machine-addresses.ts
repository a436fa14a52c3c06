// What this machine's network interfaces say of it.

import { BlockList, isIP, isIPv4 } from 'node:net'
import { networkInterfaces } from 'node:os'

/** Bridges, containers and tunnels: their hardware addresses wake nobody. */
const virtualInterface = /^(lo|veth|docker|br-|virbr|tun|tap|wg|utun|tailscale|zt|vmnet|awdl|llw)/

let lastRead: ReturnType<typeof networkInterfaces> = {}

/** What the system says, or said last: while no descriptor is left it fails, and nobody who connects must feel it. */
function interfaces(): typeof lastRead {
  try {
    lastRead = networkInterfaces()
  } catch {
    // as they were
  }
  return lastRead
}

/** "d4:9a:20:d1:5e:63" of each interface by which the machine could be woken. */
export function wakeableMacAddresses(): string[] {
  const found = new Set<string>()
  for (const [name, addresses] of Object.entries(interfaces())) {
    if (virtualInterface.test(name)) continue
    for (const { mac, internal } of addresses ?? []) {
      if (!internal && mac !== '00:00:00:00:00:00') found.add(mac)
    }
  }
  return [...found]
}

/** The networks this machine is in, as of now. */
export function onLinkNetworks(): BlockList {
  const networks = new BlockList()
  for (const addresses of Object.values(interfaces())) {
    for (const { address, cidr, family } of addresses ?? []) {
      const prefix = Number(cidr?.split('/')[1])
      if (Number.isInteger(prefix)) networks.addSubnet(address, prefix, family === 'IPv4' ? 'ipv4' : 'ipv6')
    }
  }
  networks.addSubnet('fe80::', 10, 'ipv6')
  networks.addSubnet('169.254.0.0', 16, 'ipv4')
  return networks
}

/** An address to show in a URL: the first that is not loopback, IPv4 before IPv6; loopback when there is no other. */
export function shownAddress(): string {
  const all = Object.values(interfaces()).flatMap((addresses) => addresses ?? [])
  const outer = all.filter(({ internal, address }) => !internal && !address.startsWith('fe80:'))
  return (outer.find(({ address }) => isIPv4(address)) ?? outer[0])?.address ?? '127.0.0.1'
}

/** Those that are in a network of this machine, loopback included. */
export function addressesOnLink(addresses: readonly string[]): string[] {
  const networks = onLinkNetworks()
  return addresses.filter((address) => {
    const plain = address.split('%')[0] ?? ''
    if (isIP(plain) === 0) return false
    return networks.check(plain, isIPv4(plain) ? 'ipv4' : 'ipv6')
  })
}
