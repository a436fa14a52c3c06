// The second port, for those who come from outside: TLS, any address, the secure door behind it. Off unless asked for.

import type { Socket } from 'node:net'
import { KnownError } from '../../errors.ts'
import { type HttpServerOptions, listen } from '../http/http-server.ts'
import { sourceOf } from '../sessions/attempts.ts'
import type { TlsIdentity, TlsIdentitySource } from './tls-identity.ts'

export interface SecurePort {
  readonly port: number
  /** What is shown now. */
  readonly identity: Pick<TlsIdentity, 'fingerprint' | 'isOwn'>
  close(): Promise<void>
}

export interface SecurePortOptions extends Omit<HttpServerOptions, 'isWelcome' | 'tls'> {
  readonly source: TlsIdentitySource
  readonly port: number
  /** Addresses of this machine to listen on; none: all of them. */
  readonly listen: readonly string[]
}

/** A remote holds some dozen; a household behind one address some more. */
const mostPerSource = 128
const lookedAtEveryMs = 12 * 3600 * 1000

/** PORT_IN_USE, ADDRESS_NOT_USABLE, and what the source fails with. */
export async function openSecurePort(options: SecurePortOptions): Promise<SecurePort> {
  const { source, log } = options
  let identity = await source()
  const serverOptions = { ...options, tls: identity, isWelcome: limitedPerSource(mostPerSource) }
  const hosts = options.listen.length > 0 ? options.listen : [undefined]
  const servers: Awaited<ReturnType<typeof listen>>[] = []
  const closeAll = () => Promise.all(servers.map((server) => server.close()))
  try {
    for (const host of hosts)
      servers.push(await listen(serverOptions, { host, port: servers[0]?.port ?? options.port }))
  } catch (error) {
    await closeAll()
    throw inUseBySecure(error)
  }

  async function look(): Promise<void> {
    try {
      const next = await source()
      if (next.certificate === identity.certificate) return
      for (const server of servers) server.renew(next)
      identity = next
      log.info('the certificate was renewed', { fingerprint: next.fingerprint })
    } catch (error) {
      log.warn('the certificate could not be renewed; the one before is still shown', { error })
    }
  }
  const timer = setInterval(() => void look(), lookedAtEveryMs)
  timer.unref()

  return {
    port: servers[0]?.port ?? options.port,
    get identity() {
      return identity
    },
    async close() {
      clearInterval(timer)
      await closeAll()
    },
  }
}

/** Each handshake costs a millisecond and each connection memory: nobody from outside may have all of either. */
function limitedPerSource(most: number): (socket: Socket) => boolean {
  const open = new Map<string, number>()
  return (socket) => {
    const source = sourceOf(socket.remoteAddress ?? '')
    const count = (open.get(source) ?? 0) + 1
    if (count > most) return false
    open.set(source, count)
    socket.once('close', () => {
      const left = (open.get(source) ?? 1) - 1
      if (left > 0) open.set(source, left)
      else open.delete(source)
    })
    return true
  }
}

function inUseBySecure(error: unknown): unknown {
  if (!(error instanceof KnownError) || error.code !== 'PORT_IN_USE') return error
  return new KnownError('PORT_IN_USE', { ...error.details, setting: '--secure-port' }, error)
}
