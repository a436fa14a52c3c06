// A port that is listened to: limits, timeouts, what is no HTTP. Requests are carried by carrier.ts.

import type { IncomingMessage, Server, ServerOptions } from 'node:http'
import type { Server as SecureServer } from 'node:https'
import type { AddressInfo, Socket } from 'node:net'
import { KnownError } from '../../errors.ts'
import type { Log } from '../../log.ts'
import { Carrier } from './carrier.ts'
import type { Eventually, HeldResponse, HostRequest, HostResponse } from './http-message.ts'
import { createSecureServer, createServer } from './node-http.ts'

export interface HttpServerOptions {
  /** Never fails. */
  handle(request: HostRequest): Eventually<HostResponse | HeldResponse>
  /** False: the connection is closed without a word. */
  isWelcome(socket: Socket): boolean
  /** A request to speak WebSocket. */
  upgrade(request: IncomingMessage, socket: Socket, head: Buffer): void
  /** Value of the header DAAP-Server, "Tonearm/1.0.0". */
  readonly server: string
  readonly log: Log
  /** Only who speaks TLS is answered. */
  readonly tls?: ServerTls
}

/** PEM. */
export interface ServerTls {
  readonly key: string
  readonly certificate: string
}

export interface HttpServer {
  readonly port: number
  /** New connections are shown this one. */
  renew(tls: ServerTls): void
  /** Answers what waits, then closes every connection. */
  close(): Promise<void>
}

/** Request line and headers; iTunes' longest URL is about 3 KB. */
const longestHeadBytes = 64 * 1024
/** Connections at once; 15,000 waiting remotes are a number to keep (`told-15000` in docs/performance.md). */
const mostConnections = 20_000
/** A remote that left without a word (out of the house, out of battery) is noticed some minutes after this. */
const quietMs = 60_000
/** Only our own remotes come by TLS; each side has the other's key within a second or two. */
const handshakeMs = 10_000
/** A remote asks again after minutes on the connection that it has. */
const keepAliveMs = 300_000

export async function listen(
  options: HttpServerOptions,
  address: { host: string | undefined; port: number },
): Promise<HttpServer> {
  const carrier = new Carrier({ ...options, keepAliveMs })
  const server = receiver(options.tls)
  server.maxConnections = mostConnections
  server.keepAliveTimeout = keepAliveMs
  /** Below TLS. While two shake hands, HTTP does not know of it, and would wait for its end. */
  const underTls = new Set<Socket>()
  server.on('connection', (socket) => {
    if (!options.isWelcome(socket)) return void socket.destroy()
    if (!options.tls) return
    underTls.add(socket)
    socket.once('close', () => underTls.delete(socket))
  })
  server.on(options.tls ? 'secureConnection' : 'connection', (socket: Socket) => {
    socket.setMaxListeners(0) // each request that waits listens for its end
  })
  server.on('request', (request, response) => carrier.take(request, response))
  server.on('upgrade', (request, socket, head) => options.upgrade(request, socket as Socket, head))
  server.on('clientError', refuseMalformed)

  try {
    await listenOnFamilies(server, address)
  } catch (error) {
    throw listenError(error, address)
  }
  // No descriptor left, say: that connection is lost and no other.
  server.on('error', (error) => options.log.warn('a connection could not be accepted', { error }))

  return {
    port: (server.address() as AddressInfo).port,
    renew: (tls) => (server as SecureServer).setSecureContext(contextOf(tls)),
    async close() {
      carrier.end(new KnownError('SHUTTING_DOWN'))
      // One turn, so that those who waited have their answer before their connection closes.
      await new Promise((resolve) => setImmediate(resolve))
      await new Promise((resolve) => {
        server.close(resolve)
        server.closeAllConnections()
        for (const socket of underTls) socket.destroy()
      })
    },
  }
}

function receiver(tls: ServerTls | undefined): Server | SecureServer {
  const options: ServerOptions = {
    maxHeaderSize: longestHeadBytes,
    headersTimeout: 20_000,
    requestTimeout: 60_000, // to receive a request; the answer may take for ever
    connectionsCheckingInterval: 10_000, // who opens connections and says nothing holds them so long
    keepAlive: true,
    keepAliveInitialDelay: quietMs,
    optimizeEmptyRequests: true, // what has no body has no end to wait for either: a tenth of a short request's work
    requireHostHeader: false, // OwnTone's pairing and old players send none
    // Java's client offers h2c with every first request; that is an ordinary request to us.
    shouldUpgradeCallback: ({ headers }: IncomingMessage) => headers.upgrade?.toLowerCase() === 'websocket',
  }
  if (!tls) return createServer(options)
  return createSecureServer({ ...options, ...contextOf(tls), handshakeTimeout: handshakeMs })
}

function contextOf({ key, certificate }: ServerTls) {
  return { key, cert: certificate, minVersion: 'TLSv1.3' } as const
}

const refusedMs = 2000
const refusals: Readonly<Record<string, string>> = {
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
}

/** The parser gave up: there is no request to answer, only a socket. */
function refuseMalformed(error: Error & { code?: string }, socket: Socket): void {
  const status = refusals[error.code ?? ''] ?? '400 Bad Request'
  // Where the handshake has failed there is no common language to say it in.
  const isUnderstood = error.code !== 'ECONNRESET' && !/^ERR_(?:SSL|TLS)/.test(error.code ?? '')
  if (!socket.writable || !isUnderstood) return void socket.destroy()
  socket.end(`HTTP/1.1 ${status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`)
  // Time to read it; then the connection ends, whether they close their side or not.
  socket.setTimeout(refusedMs, () => socket.destroy())
}

/** Without an address: all of both families, or of IPv4 where the machine has no IPv6. */
async function listenOnFamilies(
  server: Server,
  { host, port }: { host: string | undefined; port: number },
): Promise<void> {
  try {
    await listenOn(server, host ?? '::', port)
  } catch (error) {
    const hasNoIpv6 = ['EAFNOSUPPORT', 'EADDRNOTAVAIL'].includes((error as NodeJS.ErrnoException).code ?? '')
    if (host !== undefined || !hasNoIpv6) throw error
    await listenOn(server, '0.0.0.0', port)
  }
}

function listenOn(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen({ port, host, backlog: 4096 }, () => {
      server.off('error', reject)
      resolve()
    })
  })
}

function listenError(error: unknown, { host, port }: { host: string | undefined; port: number }): unknown {
  const code = (error as NodeJS.ErrnoException).code ?? ''
  if (code === 'EADDRINUSE') return new KnownError('PORT_IN_USE', { port }, error)
  if (['EACCES', 'EADDRNOTAVAIL', 'EINVAL', 'ENOTFOUND'].includes(code))
    return new KnownError('ADDRESS_NOT_USABLE', { address: host, port, reason: code }, error)
  return error
}
