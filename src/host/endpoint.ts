// What an endpoint is: it gets what it needs by name, returns a value, throws a known error.
// Bytes, headers and status codes belong to the router.

import type { DmapNode } from '../protocol/index.ts'
import type { HostParts } from './host-parts.ts'
import type { LargeBody } from './http/large-body.ts'
import type { ClientHabits } from './quirks.ts'
import type { Session } from './sessions/sessions.ts'
import type { Speaker } from './sessions/visitors.ts'

/** Parameters after "?" (and of a form body): percent-decoded, "+" kept, order kept. */
export interface QueryParameters {
  /** The first value, or undefined. */
  get(name: string): string | undefined
  has(name: string): boolean
  /** All pairs in order, for setproperty. */
  entries(): readonly (readonly [name: string, value: string])[]
}

export interface EndpointContext extends HostParts {
  /** Values of `{name}` in the endpoint's path, decoded. */
  readonly params: Readonly<Record<string, string>>
  readonly query: QueryParameters
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly method: 'GET' | 'HEAD' | 'POST'
  readonly body: Uint8Array
  readonly remoteAddress: string
  /** Aborted when the client has gone or the host shuts down (reason SHUTTING_DOWN). */
  readonly signal: AbortSignal
  /** The one named by session-id; undefined only where the endpoint's row asks for none. */
  readonly session: Session | undefined
  /** The one that asks by its Active-Remote number instead of a session. */
  readonly speaker: Speaker | undefined
  /** What this client needs done differently. */
  readonly client: ClientHabits
}

/** Bytes that are not DMAP: pictures, streams. */
export interface BytesAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array | NodeJS.ReadableStream | undefined
}

/** A DMAP answer (200) that is bytes already, or becomes bytes while it is sent. */
export interface DmapBytes {
  readonly dmap: Uint8Array | LargeBody
  /** Beside those that every such answer has. */
  readonly headers?: Readonly<Record<string, string>>
}

/** A DMAP tree (200) or its bytes, nothing (204), or bytes with their own status. */
export type Answer = DmapNode | DmapBytes | 'no content' | BytesAnswer

/** There is nothing to tell yet. Of a request that is answered so, only this is kept. */
export interface LaterAnswer {
  /** Calls `wake` once, when there is; what it returns takes that back. */
  readonly wait: (wake: () => void) => () => void
  readonly answer: () => Answer
}

export type Endpoint = (context: EndpointContext) => Answer | LaterAnswer | Promise<Answer | LaterAnswer>
