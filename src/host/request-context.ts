// What an endpoint is given. One is made for every request, so that most of it is looked up when it is asked for.

import type { EndpointContext, QueryParameters } from './endpoint.ts'
import type { HostParts } from './host-parts.ts'
import type { HostRequest } from './http/http-message.ts'
import { type ClientHabits, habitsOf } from './quirks.ts'
import type { Session } from './sessions/sessions.ts'
import type { Speaker } from './sessions/visitors.ts'

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
  readonly #parts: HostParts

  constructor(request: HostRequest, asked: Asked, parts: HostParts) {
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
  get library(): HostParts['library'] {
    return this.#parts.library
  }
  get player(): HostParts['player'] {
    return this.#parts.player
  }
  get pairings(): HostParts['pairings'] {
    return this.#parts.pairings
  }
  get sessions(): HostParts['sessions'] {
    return this.#parts.sessions
  }
  get identity(): HostParts['identity'] {
    return this.#parts.identity
  }
  get clock(): HostParts['clock'] {
    return this.#parts.clock
  }
  get log(): HostParts['log'] {
    return this.#parts.log
  }
}
