// Coming in: by what pairing gave, by the owner's token, or with neither where everybody may.

import { KnownError } from '../../errors.ts'
import { child, errorHeader, hex64, parseHex64, pathOf } from '../../protocol/index.ts'
import { treeOf } from './answer.ts'
import type { Connection } from './connection.ts'

/** One of them, or neither where a host lets everybody in. */
export interface Credentials {
  /** What pairing gave: 64 bits, as hex text or number. */
  readonly guid?: string | bigint | undefined
  /** Held by the owner of one of our hosts, on its own machine. */
  readonly ownerToken?: string | undefined
}

/** Any refusal of a guid means "pair first": OwnTone says 401, iTunes 503 or 403 (docs/protocol/pairing-and-login.md). */
export async function logIn(
  connection: Connection,
  { guid, ownerToken }: Credentials,
  signal: AbortSignal | undefined,
): Promise<number> {
  const query = guid === undefined ? '' : `?pairing-guid=0x${guidText(guid)}&hasFP=1`
  const answer = await connection.request(`${pathOf('login', {})}${query}`, {
    signal,
    maxBytes: 65536,
    ...(ownerToken === undefined ? {} : { headers: { Authorization: `Bearer ${ownerToken}` } }),
  })
  const isRefused = [401, 403, 503].includes(answer.status)
  // Our own hosts say which it is: they also answer 503 while they shut down.
  if (isRefused && answer.header(errorHeader) === undefined)
    throw new KnownError('NOT_PAIRED', { address: connection.address, status: answer.status })
  const id = child(treeOf(answer, 'mlog'), 'mlid')
  if (id === undefined || id === 0)
    throw new KnownError('BAD_ANSWER', { problem: 'a login without a session' })
  return id
}

/** 16 upper-case hex digits; BAD_REQUEST when it is no 64-bit number. */
export function guidText(guid: string | bigint): string {
  const id = typeof guid === 'bigint' ? guid : parseHex64(guid)
  if (id === undefined)
    throw new KnownError('BAD_REQUEST', { problem: 'a pairing guid is up to 16 hex digits' })
  return hex64(id)
}
