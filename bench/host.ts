// The real host as a process of its own, and a session with it.

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { child, decode } from '../src/protocol/index.ts'
import { type Child, startChild } from './child.ts'
import { Connection } from './client.ts'

export interface HostOptions {
  readonly folders: readonly string[]
  readonly data: string
}

export interface ScanEvent {
  readonly tracks: number
  readonly added: number
  readonly failed: number
  readonly seconds: number
}

export interface RunningHost {
  readonly pid: number
  readonly port: number
  /** performance.now() of the start, and of the line that says it is ready. */
  readonly startedAt: number
  readonly readyAt: number
  /** The end of the scan that each start begins with. */
  scanned(deadlineMs: number): Promise<{ at: number; event: ScanEvent }>
  /** Logs in as the owner; the id for `session-id`. */
  login(): Promise<number>
  readonly ownerToken: string
  stop(): Promise<void>
}

/** A host that has just been started. */
export interface StartedHost {
  /** performance.now() of the start. */
  readonly startedAt: number
  /** Where it will answer: the port of its last run. Undefined in a new data directory. */
  readonly port: number | undefined
  ready(): Promise<RunningHost>
  stop(): Promise<void>
}

const root = join(import.meta.dirname, '..')
const readyMs = 60_000

export async function startHost(options: HostOptions): Promise<RunningHost> {
  return launchHost(options).ready()
}

export function launchHost({ folders, data }: HostOptions): StartedHost {
  const quiet = ['--no-announce', '--listen', '127.0.0.1', '--port', '0', '--output', 'null', '--json']
  const port = keptPort(data)
  const program = startChild(['src/cli/main.js', 'host', ...folders, ...quiet, '--data', data], { cwd: root })
  return {
    startedAt: program.startedAt,
    port,
    stop: () => program.stop(),
    async ready() {
      try {
        return await readyHost(program, data)
      } catch (error) {
        await program.stop()
        throw error
      }
    },
  }
}

function keptPort(data: string): number | undefined {
  const file = join(data, 'identity.json')
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as { port?: number }).port : undefined
}

async function readyHost(program: Child, data: string): Promise<RunningHost> {
  const { url } = await event<{ url: string }>(program, 'ready', readyMs)
  const readyAt = performance.now()
  const port = Number(new URL(url).port)
  const ownerToken = ownerTokenIn(data)
  return {
    pid: program.pid,
    port,
    startedAt: program.startedAt,
    readyAt,
    ownerToken,
    async scanned(deadlineMs) {
      const scanned = await event<ScanEvent>(program, 'scanned', deadlineMs)
      return { at: performance.now(), event: scanned }
    },
    async login() {
      const connection = await Connection.open(port)
      try {
        return await logIn(connection, ownerToken)
      } finally {
        connection.close()
      }
    },
    stop: () => program.stop(),
  }
}

export function ownerTokenIn(data: string): string {
  return readFileSync(join(data, 'owner-token'), 'utf8').trim()
}

function event<Event>(program: Child, name: string, deadlineMs: number): Promise<Event> {
  return program.line(`"${name}"`, deadlineMs, (line) => {
    const said = JSON.parse(line) as Event & { event: string }
    return said.event === name ? said : undefined
  })
}

/** The id for `session-id`. */
export async function logIn(connection: Connection, ownerToken: string): Promise<number> {
  const headers = { Authorization: `Bearer ${ownerToken}` }
  const { status, body } = await connection.get('/login', { headers, keepsBody: true })
  const id = child(child(decode(body ?? new Uint8Array()), 'mlog') ?? [], 'mlid')
  if (status !== 200 || id === undefined) throw new Error(`the host lets its owner not in: ${status}`)
  return id
}
