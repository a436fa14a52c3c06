// A request and its answer as the host sees them; http-server.ts carries them over a socket.

import type { Readable } from 'node:stream'
import type { Ending } from '../ending.ts'
import type { LargeBody } from './large-body.ts'

export interface HostRequest {
  readonly method: string
  /** As sent: a path with its query, or an absolute URL (`daap://host:3689/…`). */
  readonly target: string
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly body: Uint8Array
  /** IPv4 addresses as such, also on an IPv6 socket. */
  readonly remoteAddress: string
  /** Aborted when the client has gone (ClientGone), the session has ended or the host shuts down. */
  readonly life: RequestLife
}

export interface HostResponse {
  readonly status: number
  /** Pairs name, value, name, value …; without Content-Length, Date and DAAP-Server. */
  readonly headers: readonly string[]
  readonly body: Uint8Array | Readable | LargeBody | undefined
  /** Pictures, streams and errors are not. */
  readonly isCompressible: boolean
  /** A large body ends with this too. */
  readonly endsWith?: AbortSignal
}

/** Most answers are there at once: they need no promise. */
export type Eventually<Value> = Value | Promise<Value>

/**
 * An answer that is not there yet. Thousands of remotes wait at once, so that little is kept of each: no promise, no
 * stack of calls.
 */
export interface HeldResponse {
  /** Calls `wake` once, when there is an answer; what it returns takes that back. */
  wait(wake: () => void): () => void
  /** Never throws. */
  response(): HostResponse
  /** When the wait ends otherwise: why is what the request's life says. */
  refusal(reason: unknown): HostResponse
}

export type Answered = HostResponse | HeldResponse

/** Nobody is there to read an answer. */
export class ClientGone extends Error {
  override readonly name = 'ClientGone'
}

/** How long a request lives. Its signal is made only for those who look at it: most requests are answered at once. */
export interface RequestLife {
  readonly signal: AbortSignal
  /** Ends with this too, with its reason. */
  endWith(limit: Ending): void
  /** Calls it once the last byte of the answer is on its way, or nobody is there to take it. */
  afterwards(done: () => void): void
}

/** The parts of a request's target. `authority` is undefined for a plain path. */
export interface Target {
  readonly authority: string | undefined
  readonly path: string
  readonly rawQuery: string
}

export function targetOf(target: string): Target {
  let authority: string | undefined
  let rest = target
  if (!target.startsWith('/')) {
    // iTunes asks for streams by absolute URL, old ones with the scheme daap.
    const absolute = /^[a-z][a-z0-9+.-]*:\/\/([^/?#]*)(.*)$/is.exec(target)
    authority = absolute?.[1]
    rest = absolute?.[2] || '/'
  }
  const hash = rest.indexOf('#')
  if (hash !== -1) rest = rest.slice(0, hash)
  const mark = rest.indexOf('?')
  if (mark === -1) return { authority, path: rest, rawQuery: '' }
  return { authority, path: rest.slice(0, mark), rawQuery: rest.slice(mark + 1) }
}
