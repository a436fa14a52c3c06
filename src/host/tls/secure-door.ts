// The way in from outside. A handshake proves nothing: only the guid of a pairing opens a session here, and nothing but
// that login is answered without one. No plain players, no page, no owner: whatever those show is dropped unread.

import { randomBytes } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import { KnownError } from '../../errors.ts'
import { child, decode, matchEndpoint, sessionKeyHeader } from '../../protocol/index.ts'
import {
  type Eventually,
  type HeldResponse,
  type HostRequest,
  type HostResponse,
  targetOf,
} from '../http/http-message.ts'
import { parametersOf, sessionIdOf } from '../http/query-parameters.ts'
import { errorResponse } from '../http/responses.ts'
import { isSameSecret } from '../sessions/secrets.ts'
import type { Session, Sessions } from '../sessions/sessions.ts'

export interface SecureDoorParts {
  /** The host's router. */
  handle(request: HostRequest): Eventually<HostResponse | HeldResponse>
  upgrade(request: IncomingMessage, socket: Socket, head: Buffer): void
  readonly sessions: Sessions
  readonly libraryName: string
}

export type SecureDoor = Pick<SecureDoorParts, 'handle' | 'upgrade'>

/** Under /api, but of no concern to a remote that is paired already. */
const forHomeOnly = /^\/api\/(?:owner|pairing)/
/** What would speak for somebody else, or belongs to pages and their names. */
const droppedHeaders = ['authorization', 'host', 'active-remote']

export function secureDoor(parts: SecureDoorParts): SecureDoor {
  // A session id has 32 bits and could be guessed from outside: with it goes a key of 128, told at login.
  const keys = new WeakMap<Session, string>()

  /** NO_SESSION, NOT_PAIRED. */
  function admit(
    url: string,
    headers: HostRequest['headers'] | IncomingMessage['headers'],
  ): 'login' | 'member' {
    const { path, rawQuery, authority } = targetOf(url)
    if (headers['origin'] !== undefined) throw new KnownError('ORIGIN_NOT_ALLOWED')
    if (authority !== undefined) throw new KnownError('BAD_REQUEST')
    const query = parametersOf(rawQuery)
    if (path === '/login') {
      if (!query.has('pairing-guid')) throw new KnownError('NOT_PAIRED')
      return 'login'
    }
    const id = sessionIdOf(query)
    const session = id === undefined ? undefined : parts.sessions.find(id)
    const key = session && keys.get(session)
    if (key === undefined || !isSameSecret(String(headers[sessionKeyHeader] ?? ''), key))
      throw new KnownError('NO_SESSION')
    const isForRemotes = path.startsWith('/api/')
      ? !forHomeOnly.test(path)
      : matchEndpoint(path) !== undefined
    if (!isForRemotes) throw new KnownError('NOT_FOUND')
    return 'member'
  }

  function withKey(response: HostResponse): HostResponse {
    if (response.status !== 200 || !(response.body instanceof Uint8Array)) return response
    const answer = child(decode(response.body), 'mlog')
    const session = parts.sessions.find((answer && child(answer, 'mlid')) ?? 0)
    if (!session) return response
    const key = randomBytes(16).toString('base64url')
    keys.set(session, key)
    return { ...response, headers: [...response.headers, sessionKeyHeader, key] }
  }

  return {
    async handle(request) {
      try {
        const kind = admit(request.target, request.headers)
        const response = await parts.handle({ ...request, headers: without(request.headers) })
        return kind === 'login' && 'status' in response ? withKey(response) : response
      } catch (error) {
        if (error instanceof KnownError) return errorResponse(error, parts.libraryName)
        throw error
      }
    },
    upgrade(request, socket, head) {
      try {
        if (admit(request.url ?? '', request.headers) !== 'member') throw new KnownError('NO_SESSION')
      } catch (error) {
        if (!(error instanceof KnownError)) throw error
        socket.on('error', () => socket.destroy())
        const answer = `HTTP/1.1 ${error.row.status} Refused\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`
        socket.end(answer, () => socket.destroy())
        return
      }
      for (const name of droppedHeaders) delete request.headers[name]
      parts.upgrade(request, socket, head)
    },
  }
}

function without(headers: HostRequest['headers']): HostRequest['headers'] {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !droppedHeaders.includes(name)))
}
