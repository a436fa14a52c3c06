// The port at which other relays call.

import { once } from 'node:events'
import type { AddressInfo, Socket } from 'node:net'
import { createServer, type Server, type TLSSocket } from 'node:tls'
import { KnownError } from '../../errors.ts'
import { join, keyMadeBy, type LinkOptions, linkTls } from './link-join.ts'
import { inviteId, keyOfCode, type LinkKey, newCode } from './link-keys.ts'
import type { LinkSession } from './link-session.ts'

export interface LinkPort {
  readonly port: number
  /** A code for one relay that is not known yet; ten minutes, one use, the one before it ends. */
  invite(): string
  close(): Promise<void>
}

const inviteMs = 600_000
const handshakeMs = 5000
/** Strangers at the door at once; whoever was silent longest makes room. */
const mostStrangers = 32
/** A relay that comes back may not have noticed yet that it was gone. */
const mostSessionsPerKey = 2

/** PORT_IN_USE, ADDRESS_NOT_USABLE. */
export async function openLinkPort(options: LinkOptions & { port: number }): Promise<LinkPort> {
  const door = new Door(options)
  await door.listen()
  return door
}

class Door implements LinkPort {
  readonly #options: LinkOptions & { port: number }
  readonly #server: Server
  /** By where they call from. */
  readonly #strangers = new Map<string, Socket>()
  readonly #callers = new WeakMap<TLSSocket, LinkKey>()
  readonly #sessions = new Map<string, LinkSession[]>()
  #invitation: { key: LinkKey; untilMs: number } | undefined

  constructor(options: LinkOptions & { port: number }) {
    this.#options = options
    this.#server = createServer({
      ...linkTls,
      handshakeTimeout: handshakeMs,
      pskCallback: (socket, id) => {
        const known = this.#keyOf(id)
        // TypeScript knows the wider class only; the server makes no other sockets.
        if (known) this.#callers.set(socket as TLSSocket, known)
        return known?.key ?? null
      },
    })
    this.#server.on('connection', (socket) => this.#letWait(socket))
    this.#server.on('secureConnection', (socket) => this.#letIn(socket))
    this.#server.on('tlsClientError', (fault, socket) => {
      options.log.debug('a stranger at the port for relays', { fault })
      socket.destroy()
    })
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port
  }

  async listen(): Promise<void> {
    const { port, log } = this.#options
    try {
      this.#server.listen(port)
      await once(this.#server, 'listening')
    } catch (fault) {
      const isTaken = (fault as NodeJS.ErrnoException).code === 'EADDRINUSE'
      throw new KnownError(isTaken ? 'PORT_IN_USE' : 'ADDRESS_NOT_USABLE', { port }, fault)
    }
    this.#server.on('error', (fault) => log.warn('the port for relays failed', { fault }))
  }

  invite(): string {
    const code = newCode()
    const key = keyOfCode(code)
    if (key) this.#invitation = { key, untilMs: this.#options.clock.nowMs() + inviteMs }
    return code
  }

  async close(): Promise<void> {
    for (const session of [...this.#sessions.values()].flat()) session.close()
    for (const stranger of this.#strangers.values()) stranger.destroy()
    if (!this.#server.listening) return
    this.#server.close()
    await once(this.#server, 'close')
  }

  #keyOf(id: string): LinkKey | undefined {
    if (id !== inviteId) return this.#options.keys.find(id)
    const invitation = this.#invitation
    return invitation && this.#options.clock.nowMs() < invitation.untilMs ? invitation.key : undefined
  }

  #letWait(socket: Socket): void {
    const place = placeOf(socket)
    this.#strangers.set(place, socket)
    socket.once('close', () => {
      if (this.#strangers.get(place) === socket) this.#strangers.delete(place)
    })
    const [longest] = this.#strangers.size > mostStrangers ? this.#strangers.values() : []
    longest?.destroy()
  }

  #letIn(socket: TLSSocket): void {
    const caller = this.#callers.get(socket)
    const key = caller?.id === inviteId ? this.#befriend(socket, caller) : caller
    if (!key) return void socket.destroy()
    this.#strangers.delete(placeOf(socket))
    const name = (socket.remoteAddress ?? '').replace(/^::ffff:/, '')
    const session = join(socket, name, this.#options)
    const sessions = [...(this.#sessions.get(key.id) ?? []), session]
    this.#sessions.set(key.id, sessions)
    if (sessions.length > mostSessionsPerKey) sessions[0]?.close()
    void session.ended.then(() => {
      const left = this.#sessions.get(key.id)?.filter((one) => one !== session) ?? []
      if (left.length > 0) this.#sessions.set(key.id, left)
      else this.#sessions.delete(key.id)
    })
  }

  /** Undefined when another one was quicker with the same code, or the key cannot be kept. */
  #befriend(socket: TLSSocket, invited: LinkKey): LinkKey | undefined {
    if (this.#invitation?.key !== invited) return undefined
    const key = keyMadeBy(socket)
    try {
      this.#options.keys.add(key)
    } catch (fault) {
      this.#options.log.error('the key of a relay cannot be kept', { fault })
      return undefined
    }
    this.#invitation = undefined
    return key
  }
}

function placeOf({ remoteAddress, remotePort }: Socket): string {
  return `${remoteAddress} ${remotePort}`
}
