// One question as any plain DNS client of this machine would ask it: from a port of its own, to the group. No decisions here.

import { createSocket, type Socket } from 'node:dgram'
import type { LinkAddress, Sender } from './link.ts'

export interface PlainQuestion {
  readonly family: LinkAddress['family']
  /** As for joining a group: an address of the link for IPv4, `::%scope` for IPv6. */
  readonly sendsFrom: string
  readonly to: Sender
  /** A DNS message; its answer has the same id. */
  readonly bytes: Uint8Array
  readonly patienceMs: number
}

/** True once it is answered. A question that cannot be sent is one without an answer. */
export function isAnswered({ family, sendsFrom, to, bytes, patienceMs }: PlainQuestion): Promise<boolean> {
  const isIpv6 = family === 'IPv6'
  const socket = createSocket({ type: isIpv6 ? 'udp6' : 'udp4', ipv6Only: isIpv6 })
  const { promise, resolve } = Promise.withResolvers<boolean>()
  const timer = setTimeout(() => resolve(false), patienceMs)
  socket.on('error', () => resolve(false))
  socket.on('message', (answer) => {
    if (answer[0] === bytes[0] && answer[1] === bytes[1]) resolve(true)
  })
  socket.bind(0, () => {
    try {
      socket.setMulticastInterface(sendsFrom)
      socket.send(bytes, to.port, to.address)
    } catch {
      resolve(false)
    }
  })
  return promise.finally(() => {
    clearTimeout(timer)
    close(socket)
  })
}

function close(socket: Socket): void {
  try {
    socket.close()
  } catch {
    // It failed, and is closed.
  }
}
