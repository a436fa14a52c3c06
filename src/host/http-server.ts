// Carries requests from a port to `handle` and its answers back. Decides nothing; this is the one place that writes.

import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Server as TlsServer } from 'node:tls'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import Fastify, { type FastifyInstance } from 'fastify'
import { KnownError } from '../errors.ts'
import type { Log } from '../log.ts'
import { plainAddress } from './access.ts'
import { sendLargeBody } from './body-pump.ts'
import { ClientGone, type HostRequest, type HostResponse } from './http-message.ts'
import { isLargeBody, type LargeBody, largeBytes, piecesOf } from './large-body.ts'
import { createLife, type Life } from './request-life.ts'

export interface HttpServerOptions {
  /** Never rejects. */
  handle(request: HostRequest): HostResponse | Promise<HostResponse>
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
/** Only typed text and the API have bodies. */
const longestBodyBytes = 64 * 1024
/** A whole queue: 100,000 ids in JSON. */
const longestQueueBytes = 1536 * 1024
const queuePath = /^\/api\/queue(?:\/\w+)?(?:\?|$)/
/**
 * Requests of one connection that are not answered yet. No client of this family sends a second one before it has its
 * answer; without a bound, one that sends polls in a row would fill the memory.
 */
const mostInFlight = 64
/** Connections at once; 15,000 waiting remotes are a number to keep (design, section 10). */
const mostConnections = 20_000
/** Bodies smaller than this gain nothing from gzip (OwnTone's limit too). */
const leastGzipBytes = 512
/** A remote that left without a word (out of the house, out of battery) is noticed some minutes after this. */
const quietMs = 60_000
/** Only our own remotes come by TLS; each side has the other's key within a second or two. */
const handshakeMs = 10_000
/** What a connection may still finish after `close` was asked for. */
const closingMs = 1000
const noBytes = new Uint8Array(0)

export async function listen(
  options: HttpServerOptions,
  address: { host: string | undefined; port: number },
): Promise<HttpServer> {
  const lives = new Set<Life>()
  const inFlight = new WeakMap<Socket, number>()
  const app = carrier(options.tls)
  app.server.maxConnections = mostConnections
  app.server.on('connection', (socket) => {
    if (!options.isWelcome(socket)) socket.destroy()
  })
  app.server.on(options.tls ? 'secureConnection' : 'connection', (socket: Socket) => {
    socket.setMaxListeners(0) // each request that waits listens for its end
  })
  app.server.on('upgrade', (request, socket, head) => options.upgrade(request, socket as Socket, head))
  app.addHook('onRequest', async ({ raw }, reply) => {
    reply.hijack() // before fastify reads the body: GET with a body and POST without a type are real here
    const { socket } = raw
    const count = (inFlight.get(socket) ?? 0) + 1
    if (count > mostInFlight) return void socket.destroy()
    inFlight.set(socket, count)
    await carry(raw, reply.raw, lives, options)
    inFlight.set(socket, (inFlight.get(socket) ?? 1) - 1)
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
      for (const life of lives) life.end(new KnownError('SHUTTING_DOWN'))
      const timer = setTimeout(() => app.server.closeAllConnections(), closingMs)
      app.server.closeIdleConnections()
      // One turn, so that those who waited have their answer before their connection closes.
      await new Promise((resolve) => setImmediate(resolve))
      await app.close()
      clearTimeout(timer)
    },
  }
}

/** Fastify as the carrier: its router sees one path, its timeouts and limits are ours. */
function carrier(tls: ServerTls | undefined): FastifyInstance {
  const common = {
    // Every target means something to our router and none to fastify's: the real one stays in `originalUrl`.
    rewriteUrl: () => '/',
    keepAliveTimeout: 300_000,
    requestTimeout: 60_000, // to receive a request; the answer may take for ever
    forceCloseConnections: true,
    clientErrorHandler: refuseMalformed,
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

async function carry(
  raw: IncomingMessage,
  response: ServerResponse,
  lives: Set<Life>,
  options: HttpServerOptions,
): Promise<void> {
  const life = createLife(raw.socket, lives)
  try {
    const target = (raw as { originalUrl?: string }).originalUrl ?? '/'
    const longestBytes = queuePath.test(target) ? longestQueueBytes : longestBodyBytes
    const body = hasBody(raw) ? await readBody(raw, longestBytes) : noBytes
    if (body === undefined) return refuseLarge(response)
    const answer = await options.handle({
      method: raw.method ?? 'GET',
      target,
      headers: raw.headers as Record<string, string | undefined>,
      body,
      remoteAddress: plainAddress(raw.socket.remoteAddress ?? ''),
      life,
    })
    await write(raw, response, answer, options.server)
  } catch (error) {
    if (!isGone(error)) options.log.error('an answer could not be sent', { error })
    response.destroy()
  } finally {
    life.done()
  }
}

async function write(
  raw: IncomingMessage,
  response: ServerResponse,
  answer: HostResponse,
  server: string,
): Promise<void> {
  const { body = noBytes } = answer
  if (raw.socket.destroyed) {
    if (body instanceof Readable) body.destroy()
    return
  }
  const headers = ['DAAP-Server', server, ...answer.headers]
  if (body instanceof Readable) await writeStream(raw, response, answer.status, headers, body)
  else if (isLargeBody(body)) await writeLarge(raw, response, answer, headers, body)
  else if (body.length > largeBytes) await writeLarge(raw, response, answer, headers, piecesOf(body))
  else await writeBytes(raw, response, answer, headers, body)
}

async function writeBytes(
  raw: IncomingMessage,
  response: ServerResponse,
  { status, isCompressible }: HostResponse,
  headers: string[],
  whole: Uint8Array,
): Promise<void> {
  let bytes = whole
  if (isCompressible && whole.length > leastGzipBytes && acceptsGzip(raw)) {
    bytes = await gzipped(whole, { level: 1 })
    headers.push(...gzipHeaders)
  }
  // What 304 leaves out has a length of its own, which is not 0.
  if (status !== 304) headers.push('Content-Length', String(bytes.length))
  response.writeHead(status, headers)
  response.end(raw.method === 'HEAD' ? undefined : bytes)
}

/** What is zipped on the way has no length beforehand, so HTTP's chunks tell where it ends. */
async function writeLarge(
  raw: IncomingMessage,
  response: ServerResponse,
  { status, isCompressible, endsWith }: HostResponse,
  headers: string[],
  body: LargeBody,
): Promise<void> {
  const isZipped = isCompressible && acceptsGzip(raw)
  if (isZipped) headers.push(...gzipHeaders)
  else headers.push('Content-Length', String(body.lengthBytes))
  response.writeHead(status, headers)
  if (raw.method === 'HEAD') response.end()
  else await sendLargeBody({ response, body, isZipped, endsWith })
}

/** A song's sound; its headers tell its length. */
async function writeStream(
  raw: IncomingMessage,
  response: ServerResponse,
  status: number,
  headers: string[],
  body: Readable,
): Promise<void> {
  response.writeHead(status, headers)
  if (raw.method === 'HEAD') {
    body.destroy()
    response.end()
  } else await pipeline(body, response)
}

const gzipHeaders = ['Content-Encoding', 'gzip', 'Vary', 'Accept-Encoding']

const gzipped = promisify<Uint8Array, { level: number }, Buffer>(gzip)

function acceptsGzip(raw: IncomingMessage): boolean {
  const accepted = raw.headers['accept-encoding']
  return typeof accepted === 'string' && /\bgzip\b(?!\s*;\s*q=0(?:\.0*)?(?:,|$))/i.test(accepted)
}

function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || (headers['content-length'] ?? '0') !== '0'
}

/** Undefined when it is larger than allowed. */
async function readBody(raw: IncomingMessage, longestBytes: number): Promise<Uint8Array | undefined> {
  if (Number(raw.headers['content-length']) > longestBytes) return undefined
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of raw as AsyncIterable<Uint8Array>) {
    length += chunk.length
    if (length > longestBytes) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

function refuseLarge(response: ServerResponse): void {
  response.writeHead(413, { 'Content-Length': 0, Connection: 'close' })
  // What is still coming is not read: the connection ends with this answer.
  response.end(() => response.destroy())
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

function isGone(error: unknown): boolean {
  return error instanceof ClientGone || goneCodes.has((error as NodeJS.ErrnoException).code ?? '')
}

const goneCodes = new Set([
  'ABORT_ERR', // the session has ended
  'ECONNRESET',
  'EPIPE',
  'ERR_STREAM_PREMATURE_CLOSE',
  'ERR_STREAM_DESTROYED',
])

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
