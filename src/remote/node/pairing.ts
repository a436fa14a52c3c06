// The remote's side of pairing: shows four digits, announces itself, and waits for the host's call.

import { createHash, randomBytes, randomInt, timingSafeEqual } from 'node:crypto'
import { once } from 'node:events'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import type { Discovery } from '../../discovery/index.ts'
import { KnownError } from '../../errors.ts'
import { encode, pairingCode, parseUrlQuery, services, touchRemoteTxt } from '../../protocol/index.ts'
import { createServer } from './node-http.ts'

export interface PairedHost {
  /** What to log in with: 16 hex digits, a secret. */
  readonly guid: string
  /** The instance name of its `_touch-able._tcp`. */
  readonly serviceName: string
  /** Where its call came from. */
  readonly address: string
}

export interface PairingWindow {
  /** For the person to type on the host. */
  readonly pin: string
  readonly port: number
  /** Rejects with PAIRING_CLOSED after five wrong codes, or the signal's reason. */
  readonly paired: Promise<PairedHost>
  close(): Promise<void>
}

export interface PairingOptions {
  /** Shown on the host. */
  readonly name: string
  readonly discovery: Discovery
  readonly signal?: AbortSignal | undefined
  /** Called when somebody sent a wrong code; `left` more are heard. */
  readonly onWrongCode?: (left: number, address: string) => void
}

/** Anyone on the link can call, and there are only 10,000 codes. */
const wrongCodesHeard = 5
const requestMs = 5000
const mostSockets = 16
const family = 'iPod'

/** Resolves once the digits can be typed on a host. */
export async function startPairing(options: PairingOptions): Promise<PairingWindow> {
  const { name, discovery, signal } = options
  signal?.throwIfAborted()
  // `Pair` is public, so the guid is another number.
  const pair = randomBytes(8).toString('hex').toUpperCase()
  const guid = randomBytes(8)
  const pin = String(randomInt(10_000)).padStart(4, '0')
  const expected = pairingCode(pair, pin, (bytes) => createHash('md5').update(bytes).digest())
  const { promise: paired, resolve, reject } = Promise.withResolvers<PairedHost>()
  paired.catch(() => {}) // who waits for it hears; nobody has to

  let left = wrongCodesHeard
  const server = createServer(
    { requireHostHeader: false, maxHeaderSize: 8192, requestTimeout: requestMs, headersTimeout: requestMs },
    (request, response) => {
      const { code, serviceName } = pairRequest(request.url ?? '')
      if (code === undefined || left === 0) return refuse(response)
      const address = (request.socket.remoteAddress ?? '').replace(/^::ffff:/, '')
      if (serviceName === '' || !isSame(code, expected)) {
        left -= 1
        options.onWrongCode?.(left, address)
        if (left === 0) reject(new KnownError('PAIRING_CLOSED'))
        return refuse(response)
      }
      accept(response, guid, name)
      resolve({ guid: guid.toString('hex').toUpperCase(), serviceName, address })
    },
  )
  boundSockets(server)
  server.listen(0)
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo

  const stop = () => reject(signal?.reason)
  signal?.addEventListener('abort', stop, { once: true })
  const announcement = await discovery
    .announce({
      type: services.touchRemote.type,
      name: randomBytes(20).toString('hex'),
      port,
      txt: touchRemoteTxt({ name, pair, family }),
    })
    .catch((error: unknown) => {
      server.close()
      throw error
    })

  return {
    pin,
    port,
    paired,
    async close() {
      if (!server.listening) return
      server.close()
      signal?.removeEventListener('abort', stop)
      await announcement.withdraw()
      // The answer to a host that has just paired is still on its way.
      setTimeout(() => server.closeAllConnections(), 1000).unref()
    },
  }
}

/** Whoever was silent longest makes room: nobody can keep the host out by holding all connections. */
function boundSockets(server: Server): void {
  const open = new Set<Socket>()
  server.on('connection', (socket) => {
    open.add(socket)
    socket.once('close', () => open.delete(socket))
    const [oldest] = open.size > mostSockets ? open : []
    oldest?.destroy()
  })
}

/** The path may come as an absolute address. */
function pairRequest(target: string): { code: string | undefined; serviceName: string } {
  const match = /^(?:https?:\/\/[^/]*)?\/pair\?(.*)$/s.exec(target)
  const query = new Map(parseUrlQuery(match?.[1] ?? ''))
  return { code: query.get('pairingcode'), serviceName: (query.get('servicename') ?? '').slice(0, 255) }
}

/** In constant time; some hosts send lower case. */
function isSame(code: string, expected: string): boolean {
  const given = Buffer.from(code.toUpperCase())
  const wanted = Buffer.from(expected)
  return given.length === wanted.length && timingSafeEqual(given, wanted)
}

function accept(response: ServerResponse<IncomingMessage>, guid: Buffer, name: string): void {
  const body = encode([
    'cmpa',
    [
      ['cmpg', guid.readBigUInt64BE()],
      ['cmnm', name],
      ['cmty', family],
    ],
  ])
  response.writeHead(200, {
    'Content-Type': 'application/x-dmap-tagged',
    'Content-Length': body.length,
    Connection: 'close',
  })
  response.end(body)
}

function refuse(response: ServerResponse<IncomingMessage>): void {
  response.writeHead(404, { 'Content-Length': 0, Connection: 'close' }).end()
}
