// Answers and errors as HTTP says them.

import { KnownError } from '../../errors.ts'
import { encode, errorHeader } from '../../protocol/index.ts'
import type { Answer } from '../endpoint.ts'
import type { HostResponse } from './http-message.ts'
import { refusalText } from './refusal-text.ts'

/** Exactly this: some clients read no body under any other (docs/protocol/clients.md). */
const dmapHeaders = ['Content-Type', 'application/x-dmap-tagged', 'Accept-Ranges', 'bytes']

export function responseOf(answer: Answer): HostResponse {
  if (answer === 'no content')
    return { status: 204, headers: dmapHeaders, body: undefined, isCompressible: false }
  if (isNode(answer)) return { status: 200, headers: dmapHeaders, body: encode(answer), isCompressible: true }
  if ('dmap' in answer)
    return {
      status: 200,
      headers: [...dmapHeaders, ...Object.entries(answer.headers ?? {}).flat()],
      body: answer.dmap,
      isCompressible: true,
    }
  const { status, headers, body } = answer
  return {
    status,
    headers: Object.entries(headers).flat(),
    body: body as HostResponse['body'],
    isCompressible: false,
  }
}

/** What is wrong and `try` as plain text, with the status of the error's row. `realm` is asked for with 401. */
export function errorResponse(error: KnownError, realm: string): HostResponse {
  const { row, code } = error
  const headers = ['Content-Type', 'text/plain; charset=utf-8', errorHeader, code]
  if (row.status === 401) headers.push('WWW-Authenticate', basicChallenge(realm))
  if (row.status === 429) headers.push('Retry-After', '60')
  return {
    status: row.status,
    headers,
    body: Buffer.from(`${refusalText(error)} ${row.try}\n`),
    isCompressible: false,
  }
}

/** Something of ours is broken: the log has the whole of it, the answer nothing. */
export const bugResponse: HostResponse = {
  status: 500,
  headers: ['Content-Type', 'text/plain; charset=utf-8', errorHeader, 'BUG'],
  body: Buffer.from('Something went wrong inside the host; its log says what.\n'),
  isCompressible: false,
}

function isNode(answer: Exclude<Answer, 'no content'>): answer is Extract<Answer, readonly unknown[]> {
  return Array.isArray(answer)
}

/** Header values are Latin-1 without quotes and controls. */
function basicChallenge(realm: string): string {
  return `Basic realm="${realm.replace(/[^\x20-\x7e]|["\\]/g, '_')}"`
}
