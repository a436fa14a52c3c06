// Asks DAAP endpoints as a client does, without a socket: a URL goes in, and what comes out has been bytes.

import { systemClock } from '../../src/clock.ts'
import { daapEndpoints } from '../../src/host/daap/index.ts'
import { Ending } from '../../src/host/ending.ts'
import type { Answer, BytesAnswer, EndpointContext } from '../../src/host/endpoint.ts'
import { isLargeBody, type LargeBody } from '../../src/host/http/large-body.ts'
import { habitsOf } from '../../src/host/quirks.ts'
import type { SessionKind } from '../../src/host/sessions/sessions.ts'
import type { Library } from '../../src/library/index.ts'
import { silentLog } from '../../src/log.ts'
import {
  type ContentCode,
  child,
  children,
  type DmapContainer,
  type DmapNode,
  decode,
  encode,
  matchEndpoint,
  parseUrlQuery,
} from '../../src/protocol/index.ts'

export interface DaapClient {
  /** The tree of a DMAP answer; fails when the answer is another. */
  get(url: string): Promise<DmapContainer>
  /** Whatever the endpoint answers. */
  ask(url: string, headers?: Record<string, string>, method?: 'GET' | 'HEAD'): Promise<Answer>
  bytes(url: string, headers?: Record<string, string>, method?: 'GET' | 'HEAD'): Promise<BytesAnswer>
}

export interface DaapClientOptions {
  /** Default 'remote'; a player is sent what it can play. */
  readonly kind?: SessionKind
  readonly userAgent?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly identity?: Partial<EndpointContext['identity']>
  /** The client goes when it is aborted. */
  readonly signal?: AbortSignal
}

export function daapClient(library: Library, options: DaapClientOptions = {}): DaapClient {
  async function ask(
    url: string,
    headers: Record<string, string> = {},
    method: 'GET' | 'HEAD' = 'GET',
  ): Promise<Answer> {
    const [path = '', rawQuery = ''] = url.split('?')
    const match = matchEndpoint(path)
    const endpoint = match && daapEndpoints[match.name]
    if (!endpoint) throw new Error(`no endpoint for ${path}`)
    const pairs = parseUrlQuery(rawQuery)
    const answer = await endpoint({
      params: match.params,
      query: {
        get: (name) => pairs.find(([known]) => known === name)?.[1],
        has: (name) => pairs.some(([known]) => known === name),
        entries: () => pairs,
      },
      headers: { ...options.headers, ...headers },
      method,
      body: new Uint8Array(),
      remoteAddress: '192.168.1.31',
      signal: options.signal ?? new AbortController().signal,
      session: sessionOf(options.kind ?? 'remote'),
      speaker: undefined,
      client: habitsOf(options.userAgent),
      library,
      identity: {
        databaseId: 0x5af47e6b01a2c3d4n,
        databaseIdHex: '5AF47E6B01A2C3D4',
        instanceName: '5AF47E6B01A2C3D4',
        name: 'Studio',
        macAddresses: [],
        sharing: 'none',
        ...options.identity,
      },
      clock: systemClock,
      log: silentLog,
      player: unused('player'),
      pairings: unused('pairings'),
      sessions: unused('sessions'),
    })
    if (typeof answer === 'object' && 'wait' in answer) throw new Error(`${path} waits`)
    return answer
  }

  return {
    ask,
    async get(url) {
      return decode(dmapBytes(await ask(url)))
    },
    async bytes(url, headers, method) {
      const answer = await ask(url, headers, method)
      if (typeof answer === 'string' || Array.isArray(answer)) throw new Error('not bytes')
      return answer as BytesAnswer
    },
  }
}

function sessionOf(kind: SessionKind): EndpointContext['session'] {
  const ended = new Ending()
  return { kind, id: 100, guid: undefined, name: 'visitor', address: '192.168.1.31', ended }
}

/** Most answers are a tree; songs are bytes, many of them in pieces. */
export function dmapBytes(answer: Answer): Uint8Array {
  if (Array.isArray(answer)) return encode(answer as DmapNode)
  if (typeof answer === 'object' && 'dmap' in answer)
    return isLargeBody(answer.dmap) ? joined(answer.dmap) : answer.dmap
  throw new Error(`not DMAP: ${JSON.stringify(answer)}`)
}

function joined(body: LargeBody): Uint8Array {
  const bytes = Buffer.concat(
    Array.from({ length: body.pieceCount }, (_, at) => {
      const piece = body.piece(at)
      const copy = Buffer.from(piece.bytes)
      piece.release()
      return copy
    }),
  )
  if (bytes.length !== body.lengthBytes)
    throw new Error(`${bytes.length} bytes instead of ${body.lengthBytes}`)
  return bytes
}

/** What the library's endpoints have no business with. */
function unused<Part extends object>(name: string): Part {
  return new Proxy({} as Part, {
    get() {
      throw new Error(`a library endpoint touched the ${name}`)
    },
  })
}

// --- looking into answers

/** What is inside the outermost container; fails when that is another one. */
export function listIn(answer: DmapContainer, root: ContentCode): DmapContainer {
  const list = child(answer, root)
  if (!Array.isArray(list)) throw new Error(`the answer is no ${root}`)
  return list as DmapContainer
}

/** The rows of a list answer. */
export function rows(answer: DmapContainer, root: ContentCode): DmapContainer[] {
  return children(child(listIn(answer, root), 'mlcl') ?? [], 'mlit')
}

export function titles(list: readonly DmapContainer[]): (string | undefined)[] {
  return list.map((row) => child(row, 'minm'))
}

export function codesOf(nodes: DmapContainer): string[] {
  return nodes.map(([code]) => code)
}
