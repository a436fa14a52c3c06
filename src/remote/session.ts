// A remote logged in at one host: every request carries the session, and a session that ended is opened again.

import { type Clock, systemClock } from '../clock.ts'
import { KnownError } from '../errors.ts'
import {
  type ApiRouteName,
  type ApiRoutes,
  type ContentCode,
  child,
  children,
  type DmapContainer,
  type EndpointName,
  encodeUrlQuery,
  hex64,
  macsFromServerInfo,
  parseHex64,
  pathOf,
} from '../protocol/index.ts'
import { jsonOf, refusalCode, throwIfCommandFailed, treeOf } from './answer.ts'
import type { Connection, ConnectionAnswer, RequestOptions } from './connection.ts'
import { type HostQuirks, hostKind, type LibraryIds, quirksOf } from './quirks.ts'

/** One of them, or neither where a host lets everybody in. */
export interface Credentials {
  /** What pairing gave: 64 bits, as hex text or number. */
  readonly guid?: string | bigint | undefined
  /** Held by the owner of one of our hosts, on its own machine. */
  readonly ownerToken?: string | undefined
}

export type Query = readonly (readonly [name: string, value: string])[]

export interface CallOptions extends RequestOptions {
  /** Statuses that are an answer here, not a lost session: 404 for a picture that is not there. */
  readonly expects?: readonly number[]
}

/** What a host says of itself before anybody logs in. */
export interface HostFacts {
  /** The library's name as people see it. */
  readonly name: string
  /** `DAAP-Server`, such as "iTunes/10.6 (Mac OS X)"; '' when it does not say. */
  readonly software: string
  readonly quirks: HostQuirks
  /** Understands `playqueue-edit` and `playqueue-contents`; else `cue` has to do. */
  readonly hasPlayQueue: boolean
  /** To wake it by, "d4:9a:20:d1:5e:63". */
  readonly macAddresses: readonly string[]
}

export interface MainDatabase extends LibraryIds {
  readonly persistentId: bigint
}

export interface HostSession {
  readonly connection: Connection
  readonly facts: HostFacts
  readonly clock: Clock
  /** The play revision that the last answer to a command carried; 0 when none did. Only our own hosts say it. */
  readonly commandRevision: number
  /** Counts logins: revisions of different logins cannot be compared. */
  readonly epoch: number
  database(signal?: AbortSignal): Promise<MainDatabase>
  libraryIds(signal?: AbortSignal): Promise<LibraryIds>
  tree(
    name: EndpointName,
    root: ContentCode,
    params: Readonly<Record<string, string>>,
    query: Query,
    options?: CallOptions,
  ): Promise<DmapContainer>
  /** Something under /ctrl-int/1/. */
  command(name: EndpointName, query?: Query, options?: CallOptions): Promise<void>
  /** Path and query of a request, with the session in it: for those who ask by themselves, as `<img>` does. */
  targetOf(name: EndpointName, params: Readonly<Record<string, string>>, query: Query): string
  /** The answer as it is, but for a lost session: pictures. */
  send(
    name: EndpointName,
    params: Readonly<Record<string, string>>,
    query: Query,
    options?: CallOptions,
  ): Promise<ConnectionAnswer>
  /** JSON of our own hosts; HOST_REFUSED elsewhere. The caller says what it expects and checks what it uses. */
  api<Name extends ApiRouteName>(
    name: Name,
    method: ApiRoutes[Name]['method'],
    path: string,
    options?: Omit<CallOptions, 'method' | 'body'> & { query?: Query; body?: unknown },
  ): Promise<unknown>
  /** The WebSocket of our own hosts. */
  messages(path: string, signal?: AbortSignal): AsyncIterable<string>
  /** Logs in anew, as after the host was gone. */
  renew(signal?: AbortSignal): Promise<void>
  logout(): Promise<void>
}

/** The one that every known host has. */
const controlInterface = { interface: '1' }
/** Header of our own hosts: the play revision after the command. */
const playRevisionHeader = 'tonearm-play-revision'

export interface SessionOptions {
  readonly signal?: AbortSignal | undefined
  readonly clock?: Clock | undefined
  /** It is one of our own hosts: what it says of itself and the login are asked for at once. Old hosts want one after the other. */
  readonly isOurs?: boolean | undefined
}

/** HOST_GONE, NOT_PAIRED, NOT_OWNER, BAD_ANSWER. */
export async function openSession(
  connection: Connection,
  credentials: Credentials,
  { signal, clock = systemClock, isOurs = false }: SessionOptions = {},
): Promise<HostSession> {
  const open = (facts: HostFacts) => new Session(connection, credentials, facts, clock)
  if (isOurs && !connection.isLoginFirst) {
    const [facts, id] = await Promise.all([
      readFacts(connection, signal),
      logIn(connection, credentials, signal),
    ])
    return begun(open(facts), id)
  }
  if (connection.isLoginFirst) {
    const id = await logIn(connection, credentials, signal)
    return begun(open(await readFacts(connection, signal, id)), id)
  }
  const session = open(await readFacts(connection, signal))
  await session.renew(signal)
  return session
}

function begun(session: Session, id: number): Session {
  session.begin(id)
  return session
}

class Session implements HostSession {
  readonly connection: Connection
  readonly facts: HostFacts
  readonly clock: Clock
  readonly #credentials: Credentials
  #id = 0
  #epoch = 0
  #login: Promise<void> | undefined
  #database: MainDatabase | undefined
  #commandRevision = 0

  constructor(connection: Connection, credentials: Credentials, facts: HostFacts, clock: Clock) {
    this.connection = connection
    this.#credentials = credentials
    this.facts = facts
    this.clock = clock
  }

  get commandRevision(): number {
    return this.#commandRevision
  }

  get epoch(): number {
    return this.#epoch
  }

  async database(signal?: AbortSignal): Promise<MainDatabase> {
    this.#database ??= await readDatabase(this, signal)
    return this.#database
  }

  async libraryIds(signal?: AbortSignal): Promise<LibraryIds> {
    return this.facts.quirks.libraryIds ?? this.database(signal)
  }

  async tree(
    name: EndpointName,
    root: ContentCode,
    params: Readonly<Record<string, string>>,
    query: Query,
    options?: CallOptions,
  ): Promise<DmapContainer> {
    return treeOf(await this.send(name, { ...controlInterface, ...params }, query, options), root)
  }

  async command(name: EndpointName, query: Query = [], options?: CallOptions): Promise<void> {
    const answer = await this.send(name, controlInterface, query, options)
    throwIfCommandFailed(answer)
    this.#noteRevision(answer)
  }

  /** What is watched from now on may not be older. */
  #noteRevision(answer: ConnectionAnswer): void {
    const revision = Number(answer.header(playRevisionHeader))
    if (Number.isSafeInteger(revision)) this.#commandRevision = Math.max(this.#commandRevision, revision)
  }

  targetOf(name: EndpointName, params: Readonly<Record<string, string>>, query: Query): string {
    return this.#target(pathOf(name, params), query)
  }

  send(
    name: EndpointName,
    params: Readonly<Record<string, string>>,
    query: Query,
    options?: CallOptions,
  ): Promise<ConnectionAnswer> {
    return this.#send(pathOf(name, params), query, options)
  }

  async api<Name extends ApiRouteName>(
    _name: Name,
    method: ApiRoutes[Name]['method'],
    path: string,
    {
      query = [],
      body,
      ...options
    }: Omit<CallOptions, 'method' | 'body'> & { query?: Query; body?: unknown } = {},
  ): Promise<unknown> {
    const token = this.#credentials.ownerToken
    const answer = await this.#send(path, query, {
      ...options,
      method,
      headers: {
        ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const value = jsonOf(answer)
    this.#noteRevision(answer)
    return value
  }

  messages(path: string, signal?: AbortSignal): AsyncIterable<string> {
    return this.connection.messages(this.#target(path, []), { signal })
  }

  /** Log-ins do not pile up: who comes while one runs waits for that one. */
  async renew(signal?: AbortSignal): Promise<void> {
    this.#login ??= this.#logIn(signal).finally(() => {
      this.#login = undefined
    })
    await this.#login
  }

  async logout(): Promise<void> {
    if (this.#id === 0) return
    const target = this.#target(pathOf('logout', {}), [])
    this.#id = 0
    await this.connection.request(target, { timeoutMs: 1000 }).catch(() => {}) // a host that is gone has forgotten us
  }

  async #logIn(signal: AbortSignal | undefined): Promise<void> {
    this.begin(await logIn(this.connection, this.#credentials, signal))
  }

  /** A login has given this id. */
  begin(id: number): void {
    this.#id = id
    this.#epoch += 1
    this.#database = undefined
    this.#commandRevision = 0
  }

  #target(path: string, query: Query): string {
    return `${path}?${encodeUrlQuery([['session-id', String(this.#id)], ...query])}`
  }

  #mayHaveEnded(answer: ConnectionAnswer): boolean {
    if (!this.facts.quirks.mayHaveLostSession(answer.status)) return false
    // Our own host has more reasons for a 403, and a wrong PIN must not be sent twice.
    return (refusalCode(answer) ?? 'NO_SESSION') === 'NO_SESSION'
  }

  async #send(
    path: string,
    query: Query,
    { expects, ...options }: CallOptions = {},
  ): Promise<ConnectionAnswer> {
    await this.#login
    const epoch = this.#epoch
    const answer = await this.connection.request(this.#target(path, query), options)
    if (expects?.includes(answer.status) || !this.#mayHaveEnded(answer)) return answer
    // Once: another request may already have logged in while this one was on its way.
    if (epoch === this.#epoch) await this.renew()
    return this.connection.request(this.#target(path, query), options)
  }
}

/** `/server-info`, and `/ctrl-int` where it says more. HOST_GONE, BAD_ANSWER. */
export async function readFacts(
  connection: Connection,
  signal: AbortSignal | undefined,
  sessionId?: number,
): Promise<HostFacts> {
  const query = sessionId === undefined ? '' : `?session-id=${sessionId}`
  const answer = await connection.request(`${pathOf('serverInfo', {})}${query}`, { signal, maxBytes: 65536 })
  const info = treeOf(answer, 'msrv')
  const software = answer.header('daap-server') ?? ''
  const isOurs = hostKind(software, false) === 'tonearm'
  const control = isOurs ? undefined : await readControlInterface(connection, signal)
  const quirks = quirksOf[hostKind(software, control !== undefined && child(control, 'ceDR') === 1)]
  const canQueue = isOurs || ((child(control ?? [], 'ceSX') ?? 0n) & 1n) === 1n
  return {
    name: child(info, 'minm') ?? connection.address,
    software,
    quirks,
    hasPlayQueue: quirks.hasPlayQueue ?? canQueue,
    macAddresses: macsFromServerInfo(info),
  }
}

/** `/ctrl-int`, asked before login as Komodex does; a host without it is a plain library. */
async function readControlInterface(
  connection: Connection,
  signal: AbortSignal | undefined,
): Promise<DmapContainer | undefined> {
  const answer = await connection.request(pathOf('controlInterface', {}), { signal, maxBytes: 65536 })
  try {
    return children(child(treeOf(answer, 'caci'), 'mlcl') ?? [], 'mlit')[0]
  } catch {
    return undefined
  }
}

/** Any refusal of a guid means "pair first": OwnTone says 401, iTunes 503 or 403 (docs/protocol/login). */
async function logIn(
  connection: Connection,
  { guid, ownerToken }: Credentials,
  signal: AbortSignal | undefined,
): Promise<number> {
  const query = guid === undefined ? '' : `?pairing-guid=0x${guidText(guid)}&hasFP=1`
  const answer = await connection.request(`${pathOf('login', {})}${query}`, {
    signal,
    maxBytes: 65536,
    ...(ownerToken === undefined ? {} : { headers: { Authorization: `Bearer ${ownerToken}` } }),
  })
  const isRefused = [401, 403, 503].includes(answer.status)
  // Our own hosts say which it is: they also answer 503 while they shut down.
  if (isRefused && answer.header('tonearm-error') === undefined)
    throw new KnownError('NOT_PAIRED', { address: connection.address, status: answer.status })
  const id = child(treeOf(answer, 'mlog'), 'mlid')
  if (id === undefined || id === 0)
    throw new KnownError('BAD_ANSWER', { problem: 'a login without a session' })
  return id
}

/** 16 upper-case hex digits; BAD_REQUEST when it is no 64-bit number. */
export function guidText(guid: string | bigint): string {
  const id = typeof guid === 'bigint' ? guid : parseHex64(guid)
  if (id === undefined)
    throw new KnownError('BAD_REQUEST', { problem: 'a pairing guid is up to 16 hex digits' })
  return hex64(id)
}

async function readDatabase(session: HostSession, signal: AbortSignal | undefined): Promise<MainDatabase> {
  const databases = children(
    child(await session.tree('databases', 'avdb', {}, [], { signal }), 'mlcl') ?? [],
    'mlit',
  )
  // Old hosts leave mdbk out: then the first is the main one.
  const main = databases.find((database) => child(database, 'mdbk') === 1) ?? databases[0]
  const id = main && child(main, 'miid')
  if (!main || id === undefined) throw new KnownError('BAD_ANSWER', { problem: 'a host without a database' })
  const playlists = children(
    child(
      await session.tree(
        'containers',
        'aply',
        { database: String(id) },
        [['meta', 'dmap.itemid,dmap.itemname,dmap.persistentid,daap.baseplaylist']],
        { signal },
      ),
      'mlcl',
    ) ?? [],
    'mlit',
  )
  const base = playlists.find((playlist) => child(playlist, 'abpl') === 1) ?? playlists[0]
  return {
    id,
    persistentId: BigInt.asUintN(64, child(main, 'mper') ?? 0n),
    basePlaylistId: (base && child(base, 'miid')) ?? 1,
  }
}
