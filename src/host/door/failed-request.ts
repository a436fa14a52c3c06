// What a request is answered that cannot be, and what the log hears of it.

import { KnownError } from '../../errors.ts'
import type { Log } from '../../log.ts'
import type { Identity } from '../data/data-directory.ts'
import { ClientGone, type HostRequest, type HostResponse, targetOf } from '../http/http-message.ts'
import { bugResponse, errorResponse } from '../http/responses.ts'
import { streamPath } from '../streams/stream-path.ts'

export interface FailureParts {
  readonly log: Log
  readonly identity: Identity
}

export function failed(error: unknown, request: HostRequest, { log, identity }: FailureParts): HostResponse {
  const path = shownPath(request)
  if (error instanceof KnownError) {
    log.debug('request refused', { path, code: error.code, from: request.remoteAddress })
    return errorResponse(error, identity.name)
  }
  if (error instanceof ClientGone) return bugResponse // nobody reads it
  log.error('a request failed', { path, error })
  return bugResponse
}

/** For the log: the key of a stream is a secret. */
function shownPath({ target }: HostRequest): string {
  const { path } = targetOf(target)
  return path.startsWith(streamPath) ? streamPath : path
}
