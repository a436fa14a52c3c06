// Datagrams to everybody on a link: once per link, however many addresses it has.

import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import { BlockList, isIP, isIPv4 } from 'node:net'
import { type NetworkInterfaceInfo, networkInterfaces } from 'node:os'
import { addressBytes, addressText, withoutScope } from './addresses.ts'

type Interfaces = Readonly<Record<string, readonly NetworkInterfaceInfo[] | undefined>>

/** All nodes on a link (RFC 4291 2.7.1): IPv6 has no broadcast. */
const allNodes = 'ff02::1'

/**
 * Where to send so that a machine of one of these addresses hears it: the broadcast address of each own link that holds
 * one, in IPv4 where the link has it. Empty when it is on none of them: routers do not pass broadcasts on.
 */
export function broadcastAddresses(
  addresses: readonly string[],
  interfaces: Interfaces = networkInterfaces(),
): string[] {
  const found: string[] = []
  for (const [name, own] of Object.entries(interfaces)) {
    const usable = (own ?? []).filter(({ internal }) => !internal)
    if (!usable.some((info) => addresses.some((address) => isOnLink(address, name, info)))) continue
    const broadcast = usable.map(broadcastOf).find((address) => address !== undefined)
    if (broadcast !== undefined) found.push(broadcast)
    else if (usable.some(({ family }) => family === 'IPv6')) found.push(`${allNodes}%${name}`)
  }
  return [...new Set(found)]
}

function isOnLink(
  address: string,
  name: string,
  { address: own, cidr, family }: NetworkInterfaceInfo,
): boolean {
  const plain = withoutScope(address)
  if (isIP(plain) === 0 || isIPv4(plain) !== (family === 'IPv4')) return false
  // Every link has fe80::/10: only its scope tells which one is meant.
  const scope = address.split('%')[1]
  if (/^fe[89ab]/i.test(plain)) return scope === name
  const network = new BlockList()
  network.addSubnet(own, Number(cidr?.split('/')[1]), family === 'IPv4' ? 'ipv4' : 'ipv6')
  return network.check(plain, isIPv4(plain) ? 'ipv4' : 'ipv6')
}

/** Undefined where there is none: IPv6, and links of two. */
function broadcastOf({ address, netmask, family }: NetworkInterfaceInfo): string | undefined {
  if (family !== 'IPv4') return undefined
  const mask = addressBytes(netmask)
  if ((mask[3] ?? 0) >= 0xfe) return undefined
  return addressText(addressBytes(address).map((byte, index) => byte | (~(mask[index] ?? 0) & 0xff)))
}

/** One datagram to each destination, from a port of its own. What cannot be sent rejects. */
export async function sendDatagram(
  packet: Uint8Array,
  { port, destinations }: { port: number; destinations: readonly string[] },
): Promise<void> {
  for (const destination of destinations) {
    const socket = createSocket(isIPv4(destination) ? 'udp4' : 'udp6')
    try {
      await boundForBroadcast(socket)
      await new Promise<void>((resolve, reject) => {
        socket.send(packet, port, destination, (error) => (error ? reject(error) : resolve()))
      })
    } finally {
      socket.close()
    }
  }
}

async function boundForBroadcast(socket: Socket): Promise<void> {
  socket.bind(0)
  await once(socket, 'listening')
  socket.setBroadcast(true)
}
