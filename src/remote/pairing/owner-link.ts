// Becoming the owner by a link: `http://HOST/#owner=CODE`, which works once, within ten minutes.

import { KnownError } from '../../errors.ts'
import { jsonOf } from '../talk/answer.ts'
import type { Connection } from '../talk/connection.ts'
import { textOr } from '../talk/json.ts'

export interface OwnerLinkOptions {
  readonly connection: Connection
  /** What stands behind `#owner=`. */
  readonly code: string
  readonly signal?: AbortSignal | undefined
}

const longestAnswerBytes = 64 * 1024

/**
 * The owner token, to log in with from now on. A secret.
 *
 * Fails   OWNER_LINK_USED when it was used, has run out or never was; TOO_MANY_ATTEMPTS; HOST_GONE, BAD_ANSWER.
 */
export async function useOwnerLink({ connection, code, signal }: OwnerLinkOptions): Promise<string> {
  const answer = await connection.request('/api/owner/exchange', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ code }),
    maxBytes: longestAnswerBytes,
    signal,
  })
  const { token } = Object(jsonOf(answer)) as { token?: unknown }
  if (textOr(token) === '') throw new KnownError('BAD_ANSWER', { problem: 'no token in it' })
  return textOr(token)
}
