// A real host on a free port of this machine, with a library in memory and a silent player.

import { mkdtempSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { type Clock, systemClock } from '../../src/clock.ts'
import type { Discovery } from '../../src/discovery/index.ts'
import {
  type DataDirectory,
  type Host,
  type HostOptions,
  openDataDirectory,
  openFrontDoor,
  openHost,
} from '../../src/host/index.ts'
import { type Library, openSqlite } from '../../src/library/index.ts'
import { silentLog } from '../../src/log.ts'
import { child, type DmapContainer, decode } from '../../src/protocol/index.ts'
import { type FakeSong, fakeLibrary } from './library.ts'
import { type FakePlayer, fakePlayer } from './player.ts'

export interface TestHostOptions {
  /** Of the library; "Studio" when left out. */
  readonly name?: string
  readonly songs?: readonly FakeSong[]
  readonly library?: Library
  readonly discovery?: Discovery
  readonly share?: 'open' | { readonly password: string }
  readonly allowedHosts?: readonly string[]
  readonly activeRemotes?: HostOptions['activeRemotes']
  /** A folder with a built page. */
  readonly page?: string
  /** What chance decides when shuffling. */
  readonly chance?: (below: number) => number
  /** Default: the system's. */
  readonly clock?: Clock
  /** With the port for those from outside. */
  readonly secure?: HostOptions['secure']
  /** An earlier one's, to start again on it. */
  readonly path?: string
}

export interface TestHost {
  readonly host: Host
  readonly player: FakePlayer
  readonly library: Library
  readonly directory: DataDirectory
  readonly path: string
  readonly url: string
  get(path: string, init?: RequestInit): Promise<Response>
  /** The tree inside the root of a DMAP answer. */
  tree(path: string, init?: RequestInit): Promise<DmapContainer>
  api(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Response>
  /** As the owner. */
  owner(method: string, path: string, body?: unknown): Promise<Response>
  /** Pairs a new remote as the owner would by hand; its guid. */
  pair(name?: string): Promise<string>
  /** A session of a newly paired remote. */
  login(name?: string): Promise<number>
  /** Whatever comes back for these bytes on a connection of their own, until it closes or falls silent. */
  raw(bytes: string): Promise<string>
}

export async function startHost(t: TestContext, options: TestHostOptions = {}): Promise<TestHost> {
  const path = options.path ?? mkdtempSync(join(tmpdir(), 'tonearm-host-'))
  const directory = openDataDirectory(path)
  const database = openSqlite(directory.databaseFile)
  const library = options.library ?? fakeLibrary({ songs: options.songs ?? [] })
  const { share, chance } = options
  const player = await fakePlayer((id) => library.view.song(id), chance ? { chance } : {})
  const common = {
    dataDirectory: directory,
    identity: directory.identity({
      name: options.name ?? 'Studio',
      sharing: share === undefined ? 'none' : share === 'open' ? 'open' : 'password',
    }),
    version: '0.0.0',
    log: silentLog,
    clock: options.clock ?? systemClock,
  } as const
  const door = await openFrontDoor({ ...common, port: 0, allowedHosts: options.allowedHosts })
  const host = await openHost({
    ...common,
    door,
    library,
    player,
    database,
    discovery: options.discovery,
    sharePassword: typeof share === 'object' ? share.password : undefined,
    secure: options.secure,
    page: options.page,
    ...(options.activeRemotes ? { activeRemotes: options.activeRemotes } : {}),
  })
  t.after(async () => {
    await host.close()
    database.close()
    directory.close()
    if (options.path === undefined) rmSync(path, { recursive: true })
  })
  return { host, player, library, directory, path, ...callsTo(host.port, directory) }
}

function callsTo(port: number, directory: DataDirectory) {
  const url = `http://127.0.0.1:${port}`
  const get = (path: string, init?: RequestInit) => fetch(url + path, init)
  const api = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
    get(path, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) })
  const owner = (method: string, path: string, body?: unknown) =>
    api(method, path, body, { authorization: `Bearer ${directory.ownerToken}` })

  async function tree(path: string, init?: RequestInit): Promise<DmapContainer> {
    const response = await get(path, init)
    if (response.status !== 200) throw new Error(`${path}: ${response.status} ${await response.text()}`)
    const [root] = decode(new Uint8Array(await response.arrayBuffer()))
    return root?.[1] as DmapContainer
  }

  async function pair(name = 'kitchen phone'): Promise<string> {
    const response = await owner('POST', '/api/pairings', { name })
    return ((await response.json()) as { pairing: { guid: string } }).pairing.guid
  }

  async function login(name?: string): Promise<number> {
    const mlid = child(await tree(`/login?pairing-guid=0x${await pair(name)}`), 'mlid')
    if (mlid === undefined) throw new Error('no session id')
    return mlid
  }

  return { url, get, api, owner, tree, pair, login, raw: (bytes: string) => exchange(port, bytes) }
}

/** For answers whose end cannot be seen: silence after the last byte. */
const silenceMs = 2000
/** Silence before the first byte: a busy machine takes its time. */
const firstSilenceMs = 30_000

function exchange(port: number, bytes: string): Promise<string> {
  const methods = Array.from(bytes.matchAll(/([A-Z]+) \S+ HTTP\/1\.1\r\n/g), ([, method]) => method)
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes, 'latin1'))
    let text = ''
    socket.setTimeout(firstSilenceMs, () => socket.destroy())
    socket.on('data', (data) => {
      socket.setTimeout(silenceMs)
      text += data.toString('latin1')
      if (methods.length > 0 && wholeAnswers(text, methods) === methods.length) socket.destroy()
    })
    socket.on('error', reject)
    socket.on('close', () => resolve(text))
  })
}

/** Those to HEAD tell a length and have none. */
function wholeAnswers(text: string, methods: readonly (string | undefined)[]): number {
  let rest = text
  for (let count = 0; ; count += 1) {
    const head = /^HTTP[^]*?\r\n\r\n/.exec(rest)?.[0]
    const told = Number(/content-length: (\d+)/i.exec(head ?? '')?.[1])
    const length = methods[count] === 'HEAD' ? 0 : told
    if (head === undefined || !(rest.length >= head.length + length)) return count
    rest = rest.slice(head.length + length)
  }
}
