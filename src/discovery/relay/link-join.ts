// What both ends of a connection between relays do: the same TLS, and then a session that takes part in the relay.
// TLS by a key that only these two have (ECDHE-PSK): no certificate, and both know who the other one is before a byte of
// it is read.

import type { TLSSocket } from 'node:tls'
import type { Clock } from '../../clock.ts'
import type { Log } from '../../log.ts'
import { keyOfConnection, type LinkKey, type LinkKeys } from './link-keys.ts'
import { type LinkSession, linkSession } from './link-session.ts'
import type { Relay } from './relay.ts'

export interface LinkEvent {
  readonly event: 'linked' | 'unlinked'
  /** The address of the other relay. */
  readonly with: string
  /** Why it ended, or never began. */
  readonly reason?: Error
}

export interface LinkOptions {
  readonly relay: Relay
  /** Nothing else comes in. */
  readonly types: readonly string[]
  readonly keys: LinkKeys
  readonly log: Log
  readonly clock: Clock
  readonly onEvent?: (event: LinkEvent) => void
}

/** The port between relays, unless another one is named. */
export const defaultLinkPort = 3687

/** Forward secret, and the one TLS version in which Node has keys without certificates. */
export const linkTls = {
  ciphers: 'ECDHE-PSK-CHACHA20-POLY1305',
  minVersion: 'TLSv1.2',
  maxVersion: 'TLSv1.2',
} as const

/** Adds the other relay for as long as the connection lasts. */
export function join(socket: TLSSocket, name: string, options: LinkOptions): LinkSession {
  const { relay, types, clock, onEvent } = options
  socket.disableRenegotiation()
  socket.setNoDelay(true)
  const session: LinkSession = linkSession(socket, {
    name,
    types,
    clock,
    onChange: () => relay.changed(),
    onAsked: (key) => relay.asked(session, [key]),
  })
  relay.add(session)
  onEvent?.({ event: 'linked', with: name })
  void session.ended.then((reason) => {
    relay.remove(session)
    onEvent?.({ event: 'unlinked', with: name, ...(reason && { reason }) })
  })
  return session
}

/** The lasting key of two that met by a code. */
export function keyMadeBy(socket: TLSSocket): LinkKey {
  return keyOfConnection(socket.exportKeyingMaterial(32, 'EXPORTER-tonearm-relay', Buffer.alloc(0)))
}
