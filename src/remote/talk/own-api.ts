// Calls of our own hosts' API, whose answers carry what they led to: both revisions, and after a command what plays.

import { KnownError } from '../../errors.ts'
import type { ApiAnswer, ApiBody, ApiRouteName, ApiRoutes } from '../../protocol/index.ts'
import type { CallOptions, HostSession, Query } from './session.ts'

export interface OwnCall<Name extends ApiRouteName> extends Pick<CallOptions, 'signal' | 'timeoutMs'> {
  /** With its parameters filled in. */
  readonly path: string
  readonly query?: Query
  readonly body?: ApiBody<Name>
  /** The field that is used: without it the answer is not what the table promises. */
  readonly key: keyof ApiAnswer<Name> & string
}

/** HOST_REFUSED on other hosts; BAD_ANSWER. What is inside came over the network and is read with care. */
export async function askOwn<Name extends ApiRouteName>(
  session: HostSession,
  name: Name,
  method: ApiRoutes[Name]['method'],
  { path, key, ...options }: OwnCall<Name>,
): Promise<ApiAnswer<Name>> {
  if (!session.facts.quirks.hasApi)
    throw new KnownError('HOST_REFUSED', { problem: 'only Tonearm hosts can do this' })
  const answer = await session.api(name, method, path, options)
  if (typeof answer !== 'object' || answer === null || !(key in answer))
    throw new KnownError('BAD_ANSWER', { problem: `no ${key} in it` })
  return answer as ApiAnswer<Name>
}
