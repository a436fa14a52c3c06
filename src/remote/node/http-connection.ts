// A connection by Node's own HTTP: waits without a limit, takes any status, reaches link-local IPv6 with its scope.

import type { Agent as HttpAgent, IncomingMessage } from 'node:http'
import { connect } from 'node:net'
import type { Duplex, Readable } from 'node:stream'
import { createGunzip, createInflate, createInflateRaw } from 'node:zlib'
import { KnownError } from '../../errors.ts'
import { sessionKeyHeader } from '../../protocol/index.ts'
import { addressText, authorityText, type HostAddress } from '../address.ts'
import { checkCertificate } from '../talk/certificate.ts'
import {
  answerBytes,
  answerTimeoutMs,
  type Connection,
  type ConnectionAnswer,
  deadline,
  joined,
  messageBytes,
  type RequestOptions,
  type SocketLike,
  socketMessages,
  tooLong,
} from '../talk/connection.ts'
import { remoteHeaders } from '../talk/remote-headers.ts'
import { Agent, request as openRequest } from './node-http.ts'
import { openSecureSocket } from './secure-socket.ts'

/** Gives a socket to the host by calling back, as Node's own `createConnection` may. */
type OpenSocket = (
  options: unknown,
  done: (error: Error | null, socket?: Duplex) => void,
) => Duplex | undefined

export interface NodeConnectionOptions {
  /** What is held of the host's certificate: needed for tls://, see certificate.ts. */
  readonly certificate?: string | undefined
}

/** WHICH_HOST for a tls:// address without a certificate. */
export function nodeConnection(address: HostAddress, options: NodeConnectionOptions = {}): Connection {
  return address.isSecure ? secureConnection(address, options.certificate) : plainConnection(address)
}

/** Until it is picked up, two lost packets included; the answer may take longer. A machine that sleeps says nothing. */
const callMs = 4000

function plainConnection(address: HostAddress): Connection {
  const openSocket = () => {
    const socket = connect({ host: address.host, port: address.port })
    const timer = setTimeout(() => socket.destroy(new Error('nobody answers the call')), callMs)
    socket.once('connect', () => clearTimeout(timer)).once('close', () => clearTimeout(timer))
    return socket
  }
  return connectionBy(address, openSocket, {})
}

/** Nothing is written before the certificate was checked, on every single socket. */
function secureConnection(address: HostAddress, certificate: string | undefined): Connection {
  if (certificate === undefined) throw new KnownError('WHICH_HOST', { address: addressText(address) })
  const headers: Record<string, string> = {}
  const connection = connectionBy(
    address,
    (_options, done) => {
      void handOver(
        openSecureSocket(address, (shown) => checkCertificate(certificate, shown, addressText(address))),
        done,
      )
      return undefined
    },
    headers,
  )
  return {
    ...connection,
    isLoginFirst: true,
    async request(path, options) {
      const answer = await connection.request(path, options)
      const key = answer.header(sessionKeyHeader)
      if (key !== undefined) headers[sessionKeyHeader] = key
      return answer
    },
  }
}

async function handOver(opening: Promise<Duplex>, done: Parameters<OpenSocket>[1]): Promise<void> {
  let socket: Duplex
  try {
    socket = await opening
  } catch (error) {
    return done(error as Error)
  }
  done(null, socket)
}

/** `headers` go with every request, as they are at that moment. */
function connectionBy(
  address: HostAddress,
  openSocket: OpenSocket,
  headers: Readonly<Record<string, string>>,
): Connection {
  const shown = addressText(address)
  // Each wait holds a socket of its own, so their number is left to us.
  const agent = new Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY, scheduling: 'lifo' })
  agent.createConnection = openSocket as typeof agent.createConnection
  return {
    address: shown,
    async request(path, options = {}) {
      const { signal, done } = deadline(shown, options)
      try {
        return await exchange(agent, address, path, {
          ...options,
          headers: { ...headers, ...options.headers },
          signal,
        })
      } catch (error) {
        options.signal?.throwIfAborted()
        throw error instanceof KnownError ? error : new KnownError('HOST_GONE', { address: shown }, error)
      } finally {
        done()
      }
    },
    messages: (path, options = {}) =>
      messagesOf(address, path, { openSocket, headers, signal: options.signal }),
  }
}

async function exchange(
  agent: HttpAgent,
  address: HostAddress,
  path: string,
  options: RequestOptions & { signal: AbortSignal },
): Promise<ConnectionAnswer> {
  const response = await respond(agent, address, path, options)
  const body = await boundedBody(uncompressed(response), options.maxBytes ?? answerBytes)
  return {
    status: response.statusCode ?? 0,
    header: (name) => {
      const value = response.headers[name.toLowerCase()]
      return Array.isArray(value) ? value.join(', ') : value
    },
    body,
  }
}

/** A kept socket that the host closed as we wrote to it was never read: once more, on a new one. */
async function respond(
  agent: HttpAgent,
  address: HostAddress,
  path: string,
  options: RequestOptions & { signal: AbortSignal },
): Promise<IncomingMessage> {
  const attempt = () =>
    new Promise<IncomingMessage>((resolve, reject) => {
      const request = openRequest({
        agent,
        host: address.host,
        port: address.port,
        path,
        method: options.method ?? 'GET',
        headers: {
          ...remoteHeaders,
          Host: hostHeader(address),
          'Accept-Encoding': 'gzip',
          ...options.headers,
          ...(options.body === undefined ? {} : { 'Content-Length': Buffer.byteLength(options.body) }),
        },
        signal: options.signal,
      })
      request.on('response', resolve)
      request.on('error', (error: NodeJS.ErrnoException) => {
        const isStale = request.reusedSocket && error.code === 'ECONNRESET' && !options.signal.aborted
        reject(isStale ? staleSocket : (options.signal.reason ?? error))
      })
      request.end(options.body)
    })
  try {
    return await attempt()
  } catch (error) {
    if (error !== staleSocket) throw error
    return attempt()
  }
}

const staleSocket = Symbol('a kept socket was closed')

/** Without the scope, which means something on this machine only. */
export function hostHeader({ host, port }: HostAddress): string {
  return authorityText({ host: host.replace(/%.*$/, ''), port })
}

/** OwnTone packs long answers even unasked; "deflate" means two things, told apart by the first byte. */
function uncompressed(response: IncomingMessage): Readable {
  const encoding = response.headers['content-encoding']?.toLowerCase()
  if (encoding === 'gzip' || encoding === 'x-gzip') return piped(response, createGunzip())
  if (encoding !== 'deflate') return response
  const first = response.read(1) as Buffer | null
  if (first) response.unshift(first)
  const isZlib = first === null || ((first[0] ?? 0) & 0x0f) === 8
  return piped(response, isZlib ? createInflate() : createInflateRaw())
}

function piped(from: IncomingMessage, through: ReturnType<typeof createGunzip>): Readable {
  from.on('error', (error) => through.destroy(error))
  through.on('close', () => from.destroy())
  return from.pipe(through)
}

async function boundedBody(body: Readable, maxBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of body as AsyncIterable<Buffer>) {
    length += chunk.length
    if (length > maxBytes) throw tooLong(length) // leaving the loop closes the stream
    chunks.push(chunk)
  }
  return joined(chunks, length)
}

/** By `ws`, which unlike the built-in WebSocket lets us say where to connect: an URL cannot carry a scope. */
async function* messagesOf(
  address: HostAddress,
  path: string,
  how: { openSocket: OpenSocket; headers: Readonly<Record<string, string>>; signal: AbortSignal | undefined },
): AsyncGenerator<string> {
  const { WebSocket } = await import('ws')
  const open = (): SocketLike => {
    const socket = new WebSocket(`ws://${hostHeader(address)}${path}`, {
      maxPayload: messageBytes,
      handshakeTimeout: answerTimeoutMs,
      headers: how.headers,
      createConnection: how.openSocket as unknown as typeof connect,
    })
    return {
      addEventListener: (type, listener) =>
        socket.addEventListener(type, (event: { data?: unknown; type: string }) => listener(event)),
      // A host that is gone says no goodbye: we do not wait for it.
      close: () => socket.terminate(),
    }
  }
  yield* socketMessages(open, addressText(address), how.signal)
}
