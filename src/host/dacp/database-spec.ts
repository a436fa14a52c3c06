import { KnownError } from '../../errors.ts'
import { parseId, parseSpec } from '../../protocol/index.ts'
import type { EndpointContext } from '../endpoint.ts'
import { mainDatabase } from './play-status.ts'

/**
 * NOT_FOUND when a command means another library than ours: iTunes can play from libraries that it only borrows,
 * and "the song 11 of that one" is none of ours. `database-spec` and `srcdatabase`, by item id or persistent id.
 */
export function checkDatabase({ query, identity }: Pick<EndpointContext, 'query' | 'identity'>): void {
  const text = query.get('database-spec') ?? query.get('srcdatabase')
  if (text === undefined || text === '') return
  const id = parseSpec(text)?.id ?? parseId(text)
  const isOurs = id === undefined || id === 0n || id === BigInt(mainDatabase) || id === identity.databaseId
  if (!isOurs) throw new KnownError('NOT_FOUND', { database: text.slice(0, 80) })
}
