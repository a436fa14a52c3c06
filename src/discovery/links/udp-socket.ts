// One UDP socket on the multicast DNS port. No decisions here: what is heard is handed on, what fails is told.

import { createSocket, type Socket } from 'node:dgram'
import type { LinkAddress, Sender } from './link.ts'
import { multicastGroups, multicastPort } from './network.ts'

export interface UdpSocket {
  /** Hears the group there: an address of the link for IPv4, `::%scope` for IPv6. Throws what the system says. */
  join(interfaceAddress: string): void
  leave(interfaceAddress: string): void
  /** Calls back with the fault, or without. */
  send(bytes: Uint8Array, to: Sender, done: (fault?: Error) => void): void
  close(): void
}

export interface UdpSocketOptions {
  readonly family: LinkAddress['family']
  /** Where to bind; all addresses without it. */
  readonly address?: string
  /** Where multicast goes out, as for `join`. */
  readonly sendsFrom?: string
  readonly onPacket: (bytes: Uint8Array, from: Sender) => void
  /** After this the socket is closed. */
  readonly onFault: (fault: Error) => void
}

/** RFC 6762 11: a TTL of 255 shows that no router was in between. */
const fullTtl = 255

export async function openUdpSocket(options: UdpSocketOptions): Promise<UdpSocket> {
  const { family, address, sendsFrom, onPacket, onFault } = options
  const isIpv6 = family === 'IPv6'
  // Shared with avahi, Bonjour and our own other programs. (reusePort would hand each packet to one of us only.)
  const socket = createSocket({ type: isIpv6 ? 'udp6' : 'udp4', reuseAddr: true, ipv6Only: isIpv6 })
  await bind(socket, address)
  socket.on('error', (fault) => {
    close(socket)
    onFault(fault)
  })
  socket.on('message', (bytes, { address: from, port }) => onPacket(bytes, { address: from, port }))
  try {
    socket.setTTL(fullTtl)
    socket.setMulticastTTL(fullTtl)
    socket.setMulticastLoopback(true)
    if (sendsFrom !== undefined) socket.setMulticastInterface(sendsFrom)
  } catch (fault) {
    close(socket)
    throw fault
  }
  const group = multicastGroups[family]
  return {
    join: (interfaceAddress) => socket.addMembership(group, interfaceAddress),
    leave: (interfaceAddress) => socket.dropMembership(group, interfaceAddress),
    send: (bytes, to, done) => socket.send(bytes, to.port, to.address, (fault) => done(fault ?? undefined)),
    close: () => close(socket),
  }
}

function bind(socket: Socket, address?: string): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once('error', (fault) => {
      close(socket)
      reject(fault)
    })
    socket.bind({ port: multicastPort, ...(address === undefined ? {} : { address }) }, () => {
      socket.removeAllListeners('error')
      resolve()
    })
  })
}

function close(socket: Socket): void {
  try {
    socket.close()
  } catch {
    // It was closed already.
  }
}
