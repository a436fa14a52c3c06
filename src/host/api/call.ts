// What a handler of the API is given.

import type { ApiAnswer, ApiBody, ApiQuery, ApiRouteName } from '../../protocol/index.ts'
import type { HostRequest } from '../http/http-message.ts'
import type { ApiParts } from './api-parts.ts'

export interface ApiCall<Name extends ApiRouteName> {
  readonly params: Readonly<Record<string, string>>
  readonly query: ApiQuery<Name>
  readonly body: ApiBody<Name>
  readonly request: HostRequest
  /** Who asks, for the cause of a change: a remote's name, or "owner"; '' for anyone. */
  readonly who: string
  readonly asker: Asker
  readonly parts: ApiParts
}

/** Neither for anyone. */
export interface Asker {
  readonly isOwner: boolean
  /** Of a paired remote. */
  readonly guid: bigint | undefined
}

export type ApiHandler<Name extends ApiRouteName> = (
  call: ApiCall<Name>,
) => ApiAnswer<Name> | Promise<ApiAnswer<Name>>

/** One function per route of a table, of the same name. */
export type HandlersOf<Routes> = {
  readonly [Name in keyof Routes & ApiRouteName]: ApiHandler<Name>
}
