// A remote logged in at one host: every request carries the session, and a session that ended is opened again.

import { type Clock, systemClock } from '../../clock.ts'
import { KnownError } from '../../errors.ts'
import {
  type ApiRouteName,
  type ApiRoutes,
  type ContentCode,
  type DmapContainer,
  type EndpointName,
  encodeUrlQuery,
  pathOf,
  playRevisionHeader,
} from '../../protocol/index.ts'
import { jsonOf, refusalCode, throwIfCommandFailed, treeOf } from './answer.ts'
import type { Connection, ConnectionAnswer, RequestOptions } from './connection.ts'
import { type AboutOwnHost, factsOfOwnHost, type HostFacts, readFacts } from './host-facts.ts'
import { type Credentials, logIn } from './log-in.ts'
import { type MainDatabase, readMainDatabase } from './main-database.ts'
import type { LibraryIds } from './quirks.ts'

export type Query = readonly (readonly [name: string, value: string])[]

export interface CallOptions extends RequestOptions {
  /** Statuses that are an answer here, not a lost session: 404 for a picture that is not there. */
  readonly expects?: readonly number[]
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

export interface SessionOptions {
  readonly signal?: AbortSignal | undefined
  readonly clock?: Clock | undefined
  /** It is one of our own hosts, and has said this: it is not asked again. */
  readonly about?: AboutOwnHost | undefined
}

/** HOST_GONE, NOT_PAIRED, NOT_OWNER, BAD_ANSWER. */
export async function openSession(
  connection: Connection,
  credentials: Credentials,
  { signal, clock = systemClock, about }: SessionOptions = {},
): Promise<HostSession> {
  const open = (facts: HostFacts) => new Session(connection, credentials, facts, clock)
  if (about) return begun(open(factsOfOwnHost(about)), await logIn(connection, credentials, signal))
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
    this.#database ??= await readMainDatabase((name, root, params, query) =>
      this.tree(name, root, params, query, { signal }),
    )
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

  /** Log-ins do not pile up: who comes while one runs waits for that one, unless who began it gives it up. */
  async renew(signal?: AbortSignal): Promise<void> {
    while (this.#login) if (await this.#othersLogin()) return
    this.#login = this.#logIn(signal).finally(() => {
      this.#login = undefined
    })
    await this.#login
  }

  /** Whether it came to its end. Given up, it has failed for nobody else. */
  async #othersLogin(): Promise<boolean> {
    try {
      await this.#login
      return true
    } catch (error) {
      if (error instanceof KnownError) throw error
      return false
    }
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
    await this.#othersLogin()
    const epoch = this.#epoch
    const answer = await this.connection.request(this.#target(path, query), options)
    if (expects?.includes(answer.status) || !this.#mayHaveEnded(answer)) return answer
    // Once: another request may already have logged in while this one was on its way.
    if (epoch === this.#epoch) await this.renew()
    return this.connection.request(this.#target(path, query), options)
  }
}
