// What an endpoint is given. One is made for every request, so that most of it is looked up when it is asked for.

import type { EndpointContext, QueryParameters } from './endpoint.ts'
import type { HostRequest } from './http/http-message.ts'
import { type ClientHabits, habitsOf } from './quirks.ts'
import type { Session } from './sessions/sessions.ts'
import type { Speaker } from './sessions/visitors.ts'

/** What is the same for all requests. */
export type ContextParts = Pick<
  EndpointContext,
  'library' | 'player' | 'pairings' | 'sessions' | 'identity' | 'clock' | 'log'
>

/** Who asks. */
export interface Asking {
  readonly session?: Session | undefined
  readonly speaker?: Speaker | undefined
}

export interface Asked extends Asking {
  readonly method: EndpointContext['method']
  readonly params: Readonly<Record<string, string>>
  readonly query: QueryParameters
}

export class RequestContext implements EndpointContext {
  readonly #request: HostRequest
  readonly #asked: Asked
  readonly #parts: ContextParts

  constructor(request: HostRequest, asked: Asked, parts: ContextParts) {
    this.#request = request
    this.#asked = asked
    this.#parts = parts
  }

  get method(): EndpointContext['method'] {
    return this.#asked.method
  }
  get params(): Readonly<Record<string, string>> {
    return this.#asked.params
  }
  get query(): QueryParameters {
    return this.#asked.query
  }
  get session(): Session | undefined {
    return this.#asked.session
  }
  get speaker(): Speaker | undefined {
    return this.#asked.speaker
  }
  get client(): ClientHabits {
    return habitsOf(this.headers['user-agent'])
  }
  get headers(): HostRequest['headers'] {
    return this.#request.headers
  }
  get body(): Uint8Array {
    return this.#request.body
  }
  get remoteAddress(): string {
    return this.#request.remoteAddress
  }
  get signal(): AbortSignal {
    return this.#request.life.signal
  }
  get library(): ContextParts['library'] {
    return this.#parts.library
  }
  get player(): ContextParts['player'] {
    return this.#parts.player
  }
  get pairings(): ContextParts['pairings'] {
    return this.#parts.pairings
  }
  get sessions(): ContextParts['sessions'] {
    return this.#parts.sessions
  }
  get identity(): ContextParts['identity'] {
    return this.#parts.identity
  }
  get clock(): ContextParts['clock'] {
    return this.#parts.clock
  }
  get log(): ContextParts['log'] {
    return this.#parts.log
  }
}
