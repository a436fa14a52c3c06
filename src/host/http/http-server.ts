// A port that is listened to: limits, timeouts, what is no HTTP. Requests are carried by carrier.ts.

import type { IncomingMessage } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import type { Server as TlsServer } from 'node:tls'
import Fastify, { type FastifyInstance } from 'fastify'
import { KnownError } from '../../errors.ts'
import type { Log } from '../../log.ts'
import { Carrier } from './carrier.ts'
import type { HeldResponse, HostRequest, HostResponse } from './http-message.ts'

export interface HttpServerOptions {
  /** Never rejects. */
  handle(request: HostRequest): Promise<HostResponse | HeldResponse>
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
  /** Answers what waits, then closes every connection; within about a second. */
  close(): Promise<void>
}

/** Request line and headers; iTunes' longest URL is about 3 KB. */
const longestHeadBytes = 64 * 1024
/** Connections at once; 15,000 waiting remotes are a number to keep (design, section 10). */
const mostConnections = 20_000
/** A remote that left without a word (out of the house, out of battery) is noticed some minutes after this. */
const quietMs = 60_000
/** Only our own remotes come by TLS; each side has the other's key within a second or two. */
const handshakeMs = 10_000
/** What a connection may still finish after `close` was asked for. */
const closingMs = 1000

export async function listen(
  options: HttpServerOptions,
  address: { host: string | undefined; port: number },
): Promise<HttpServer> {
  const carrier = new Carrier(options)
  const app = receiver(options.tls)
  app.server.maxConnections = mostConnections
  app.server.on('connection', (socket) => {
    if (!options.isWelcome(socket)) socket.destroy()
  })
  app.server.on(options.tls ? 'secureConnection' : 'connection', (socket: Socket) => {
    socket.setMaxListeners(0) // each request that waits listens for its end
  })
  app.server.on('upgrade', (request, socket, head) => options.upgrade(request, socket as Socket, head))
  // Nothing comes after it: fastify waits for nothing then, and keeps nothing of the request.
  app.addHook('onRequest', ({ raw }, reply, _next) => {
    reply.hijack() // before fastify reads the body: GET with a body and POST without a type are real here
    carrier.take(raw, reply.raw)
  })
  app.setNotFoundHandler(() => {})

  try {
    await listenOnFamilies(app, address)
  } catch (error) {
    await app.close()
    throw listenError(error, address)
  }

  return {
    port: (app.server.address() as AddressInfo).port,
    renew: (tls) => (app.server as unknown as TlsServer).setSecureContext(contextOf(tls)),
    async close() {
      carrier.end(new KnownError('SHUTTING_DOWN'))
      const timer = setTimeout(() => app.server.closeAllConnections(), closingMs)
      app.server.closeIdleConnections()
      // One turn, so that those who waited have their answer before their connection closes.
      await new Promise((resolve) => setImmediate(resolve))
      await app.close()
      clearTimeout(timer)
    },
  }
}

/** We give fastify no schemas: what it would check and write them with, a hundred modules, is not even loaded. */
const noCompiler = () => () => {
  throw new TypeError('fastify has no schemas here')
}

/** Fastify receives: its router sees one path, its timeouts and limits are ours. */
function receiver(tls: ServerTls | undefined): FastifyInstance {
  const common = {
    // Every target means something to our router and none to fastify's: the real one stays in `originalUrl`.
    rewriteUrl: () => '/',
    keepAliveTimeout: 300_000,
    requestTimeout: 60_000, // to receive a request; the answer may take for ever
    forceCloseConnections: true,
    clientErrorHandler: refuseMalformed,
    schemaController: { compilersFactory: { buildValidator: noCompiler, buildSerializer: noCompiler } },
  }
  const http = {
    maxHeaderSize: longestHeadBytes,
    headersTimeout: 20_000,
    connectionsCheckingInterval: 10_000, // who opens connections and says nothing holds them so long
    keepAlive: true,
    keepAliveInitialDelay: quietMs,
    requireHostHeader: false, // OwnTone's pairing and old players send none
    // Java's client offers h2c with every first request; that is an ordinary request to us.
    shouldUpgradeCallback: ({ headers }: IncomingMessage) => headers.upgrade?.toLowerCase() === 'websocket',
  }
  if (!tls) return Fastify({ ...common, http })
  const https = { ...http, ...contextOf(tls), handshakeTimeout: handshakeMs }
  return Fastify({ ...common, https }) as unknown as FastifyInstance
}

function contextOf({ key, certificate }: ServerTls) {
  return { key, cert: certificate, minVersion: 'TLSv1.3' } as const
}

const refusals: Readonly<Record<string, string>> = {
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
}

/** The parser gave up: there is no request to answer, only a socket. */
function refuseMalformed(error: Error & { code?: string }, socket: Socket): void {
  const status = refusals[error.code ?? ''] ?? '400 Bad Request'
  // Where the handshake has failed there is no common language to say it in.
  const isUnderstood = error.code !== 'ECONNRESET' && !/^ERR_(?:SSL|TLS)/.test(error.code ?? '')
  if (socket.writable && isUnderstood)
    socket.end(`HTTP/1.1 ${status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`)
  else socket.destroy()
}

/** Without an address: all of both families, or of IPv4 where the machine has no IPv6. */
async function listenOnFamilies(
  app: FastifyInstance,
  { host, port }: { host: string | undefined; port: number },
): Promise<void> {
  try {
    await app.listen({ port, host: host ?? '::', backlog: 4096 })
  } catch (error) {
    const hasNoIpv6 = ['EAFNOSUPPORT', 'EADDRNOTAVAIL'].includes((error as NodeJS.ErrnoException).code ?? '')
    if (host !== undefined || !hasNoIpv6) throw error
    await app.listen({ port, host: '0.0.0.0', backlog: 4096 })
  }
}

function listenError(error: unknown, { host, port }: { host: string | undefined; port: number }): unknown {
  const code = (error as NodeJS.ErrnoException).code ?? ''
  if (code === 'EADDRINUSE') return new KnownError('PORT_IN_USE', { port }, error)
  if (['EACCES', 'EADDRNOTAVAIL', 'EINVAL', 'ENOTFOUND'].includes(code))
    return new KnownError('ADDRESS_NOT_USABLE', { address: host, port, reason: code }, error)
  return error
}
