// A simulated Apple Remote: shows a pairing screen, is called by the host, then logs in like the app does.
// It shares no code with our own remote: hash, bytes and headers are its own, so that both ends cannot err alike.

import { createHash, randomBytes, randomInt } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Announcement, Discovery } from '../../src/discovery/index.ts'

/** Sent with every request by the app, version 1021. */
const appHeaders = {
  'Viewer-Only-Client': '1',
  'Client-DAAP-Version': '3.13',
  'Client-ATV-Sharing-Version': '1.2',
  'Client-iTunes-Sharing-Version': '3.15',
  'User-Agent': 'Remote/1021',
}
const wrongCodesHeard = 5

export interface PairingScreen {
  /** Four digits, as the person reads them. */
  readonly pin: string
  readonly port: number
  /** The `servicename` of the host whose code was right. */
  readonly paired: Promise<string>
}

export interface FakeRemote {
  readonly name: string
  /** 16 upper-case hex digits; another number than the `Pair` it announces, as on iOS. */
  readonly guid: string
  /** Every call to its little server, in order: the whole request target. */
  readonly calls: readonly string[]
  showsPairingScreen(): Promise<PairingScreen>
  /** Hostile: shows a screen like any other, and takes every code for right. */
  saysYesToAnyPin(): Promise<PairingScreen>
  closesScreen(): Promise<void>
  /** GET with the app's headers and, once logged in, its session. */
  asks(host: string, path: string): Promise<Response>
  /** Logs in at `http://ADDRESS:PORT` and keeps the session id; the status when refused. */
  logsIn(host: string): Promise<number>
}

/** `name` is what the host shows. */
export function fakeRemote(discovery: Discovery, name = "Elke's iPhone"): FakeRemote {
  const guid = randomBytes(8)
  const calls: string[] = []
  let open: { server: Server; announcement: Announcement } | undefined
  let sessionId: number | undefined

  async function show(isRight: (code: string, expected: string) => boolean): Promise<PairingScreen> {
    await closesScreen()
    const pair = randomBytes(8).toString('hex').toUpperCase()
    const pin = String(randomInt(10_000)).padStart(4, '0')
    const expected = codeFor(pair, pin)
    const { promise: paired, resolve } = Promise.withResolvers<string>()
    let wrongCodes = 0
    // OwnTone sends HTTP/1.1 without a Host header.
    const server = createServer({ requireHostHeader: false }, (request, response) => {
      const target = request.url ?? ''
      calls.push(target)
      const query = new URLSearchParams(target.slice(target.indexOf('?') + 1))
      const code = query.get('pairingcode')
      const isPairing = target.startsWith('/pair?') && code !== null
      if (!isPairing || wrongCodes >= wrongCodesHeard) return refuse(response)
      if (!isRight(code.toUpperCase(), expected)) {
        wrongCodes += 1
        return refuse(response)
      }
      const body = pairingAnswer(guid, name)
      response.writeHead(200, { 'Content-Length': body.length, Connection: 'close' }).end(body)
      resolve(query.get('servicename') ?? '')
    })
    server.listen(0)
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    const announcement = await discovery.announce({
      type: '_touch-remote._tcp',
      name: randomBytes(20).toString('hex'),
      port,
      txt: { DvNm: name, RemV: '10000', DvTy: 'iPhone', RemN: 'Remote', txtvers: '1', Pair: pair },
    })
    open = { server, announcement }
    return { pin, port, paired }
  }

  async function closesScreen(): Promise<void> {
    const closing = open
    open = undefined
    await closing?.announcement.withdraw()
    closing?.server.close()
    closing?.server.closeAllConnections()
  }

  function asks(host: string, path: string): Promise<Response> {
    const joint = path.includes('?') ? '&' : '?'
    const session = sessionId === undefined ? '' : `${joint}session-id=${sessionId}`
    return fetch(`${host}${path}${session}`, { headers: appHeaders })
  }

  return {
    name,
    guid: guid.toString('hex').toUpperCase(),
    calls,
    showsPairingScreen: () => show((code, expected) => code === expected),
    saysYesToAnyPin: () => show(() => true),
    closesScreen,
    asks,
    async logsIn(host) {
      sessionId = undefined
      const guidText = `0x${guid.toString('hex').toUpperCase()}`
      const response = await asks(host, `/login?pairing-guid=${guidText}&hasFP=1`)
      const body = Buffer.from(await response.arrayBuffer())
      if (response.status === 200) sessionId = sessionIn(body)
      return response.status
    },
  }
}

function refuse(response: ServerResponse): void {
  response.writeHead(404, { 'Content-Length': 0, Connection: 'close' }).end()
}

/** MD5 of the key's text and of the digits as 16-bit little-endian characters. */
function codeFor(pair: string, pin: string): string {
  const md5 = createHash('md5').update(pair, 'ascii').update(pin, 'utf16le')
  return md5.digest('hex').toUpperCase()
}

/** cmpa { cmpg, cmnm, cmty }: code, length in four bytes, value. */
function pairingAnswer(guid: Buffer, name: string): Buffer {
  const inner = [
    element('cmpg', guid),
    element('cmnm', Buffer.from(name)),
    element('cmty', Buffer.from('iPhone')),
  ]
  return element('cmpa', Buffer.concat(inner))
}

function element(code: string, value: Buffer): Buffer {
  const head = Buffer.alloc(8)
  head.write(code, 'latin1')
  head.writeUInt32BE(value.length, 4)
  return Buffer.concat([head, value])
}

/** The `mlid` of a login's answer. */
function sessionIn(body: Buffer): number {
  const at = body.indexOf('mlid\0\0\0\x04', 0, 'latin1')
  if (at < 0) throw new Error('the answer to /login holds no session id')
  return body.readUInt32BE(at + 8)
}
