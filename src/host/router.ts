// From a request to the endpoint that answers it: access first, then who asks, then the endpoint, then bytes.

import { addAbortSignal, Readable } from 'node:stream'
import type { Clock } from '../clock.ts'
import { KnownError } from '../errors.ts'
import type { Library } from '../library/index.ts'
import type { Log } from '../log.ts'
import type { Player } from '../player/index.ts'
import { type EndpointName, type EndpointRow, endpoints, matchEndpoint } from '../protocol/index.ts'
import { dacpEndpoints } from './dacp/index.ts'
import type { Identity } from './data/data-directory.ts'
import type { Answer, Endpoint, EndpointContext, LaterAnswer, QueryParameters } from './endpoint.ts'
import {
  ClientGone,
  type HeldResponse,
  type HostRequest,
  type HostResponse,
  type Target,
  targetOf,
} from './http/http-message.ts'
import { isLargeBody } from './http/large-body.ts'
import { parametersOf, sessionIdOf } from './http/query-parameters.ts'
import { bugResponse, errorResponse, responseOf } from './http/responses.ts'
import type { Pairings } from './pairing/pairings.ts'
import { habitsOf } from './quirks.ts'
import type { Access } from './sessions/access.ts'
import type { Session, Sessions } from './sessions/sessions.ts'
import type { Speaker, Visitors } from './sessions/visitors.ts'
import { streamPath } from './streams/streams.ts'

export interface RouterParts {
  readonly library: Library
  readonly player: Player
  readonly pairings: Pairings
  readonly sessions: Sessions
  readonly identity: Identity
  readonly clock: Clock
  readonly log: Log
  readonly access: Access
  readonly visitors: Visitors
  readonly endpoints: Readonly<Partial<Record<EndpointName, Endpoint>>>
  /** Everything under /api; throws KnownError. */
  answerApi(request: HostRequest, target: Target): Promise<HostResponse>
  /** Everything under /stream; throws KnownError. */
  answerStream(request: HostRequest, target: Target): Promise<HostResponse>
  /** Paths that are none of these: the page. Undefined: unknown. */
  answerPage(request: HostRequest, target: Target): HostResponse | undefined
}

/** Never rejects. */
export type Handle = (request: HostRequest) => Promise<HostResponse | HeldResponse>

export function createRouter(parts: RouterParts): Handle {
  return async function handle(request) {
    try {
      const target = targetOf(request.target)
      checkAccess(request, target, parts.access)
      if (target.path.startsWith('/api/')) return await parts.answerApi(request, target)
      if (target.path.startsWith(streamPath)) return await parts.answerStream(request, target)
      const match = matchEndpoint(target.path)
      const endpoint = match && parts.endpoints[match.name]
      if (endpoint) return await answerEndpoint(request, target, { ...match, endpoint }, parts)
      const answer = parts.answerPage(request, target)
      if (!answer) throw new KnownError('BAD_REQUEST', { reason: 'unknown path' })
      return answer
    } catch (error) {
      return failed(error, request, parts)
    }
  }
}

/** An absolute target's authority is what the client means to reach, so it counts as well as the header. */
function checkAccess({ headers }: HostRequest, { authority }: Target, access: Access): void {
  if (!access.isHostAllowed(headers['host']) || !access.isHostAllowed(authority))
    throw new KnownError('HOST_NOT_ALLOWED')
  if (!access.isOriginAllowed(headers['origin'], authority ?? headers['host']))
    throw new KnownError('ORIGIN_NOT_ALLOWED')
}

interface Asked {
  readonly name: EndpointName
  readonly params: Readonly<Record<string, string>>
  readonly endpoint: Endpoint
}

async function answerEndpoint(
  request: HostRequest,
  target: Target,
  { name, params, endpoint }: Asked,
  parts: RouterParts,
): Promise<HostResponse | HeldResponse> {
  const method = request.method
  if (method !== 'GET' && method !== 'POST' && method !== 'HEAD')
    throw new KnownError('BAD_REQUEST', { reason: 'unknown method' })

  const { library, player, pairings, sessions, identity, clock, log } = parts
  const row: EndpointRow = endpoints[name]
  const query = parametersOf(target.rawQuery, formOf(request, name))
  const { session, speaker } = admit(request, row, query, parts)
  if (session) {
    request.life.endWith(session.ended)
    // To its last byte: a song that is sent for an hour keeps its session alive.
    request.life.afterwards(sessions.hold(session))
  }
  const context: EndpointContext = {
    params,
    query,
    headers: request.headers,
    method,
    body: request.body,
    remoteAddress: request.remoteAddress,
    get signal() {
      return request.life.signal
    },
    session,
    speaker,
    client: habitsOf(request.headers['user-agent']),
    library,
    player,
    pairings,
    sessions,
    identity,
    clock,
    log,
  }
  const response = await answerOf(endpoint, context, name)
  if ('wait' in response) return heldResponse(response, request, parts)
  // A song that is being sent ends with the session: a pairing that is revoked is revoked at once.
  if (session && response.body instanceof Readable) addAbortSignal(session.ended, response.body)
  if (session && isLargeBody(response.body)) return { ...response, endsWith: session.ended }
  return name in dacpEndpoints ? withPlayRevision(response, player) : response
}

/** What a remote names is gone by now: to its ears that is "not now", and 404 would be "log in again" (clients.md). */
const refusedCommand = 500

async function answerOf(
  endpoint: Endpoint,
  context: EndpointContext,
  name: EndpointName,
): Promise<HostResponse | LaterAnswer> {
  try {
    const answer = await endpoint(context)
    return isLater(answer) ? answer : responseOf(answer)
  } catch (error) {
    const isGone = error instanceof KnownError && error.row.status === 404 && name in dacpEndpoints
    if (!isGone) throw error
    return { ...errorResponse(error, context.identity.name), status: refusedCommand }
  }
}

function isLater(answer: Answer | LaterAnswer): answer is LaterAnswer {
  return typeof answer === 'object' && 'wait' in answer
}

/** Whoever waits, waits for the player. */
function heldResponse({ wait, answer }: LaterAnswer, request: HostRequest, parts: RouterParts): HeldResponse {
  return {
    wait,
    response() {
      try {
        return withPlayRevision(responseOf(answer()), parts.player)
      } catch (error) {
        return failed(error, request, parts)
      }
    },
    refusal: (reason) => failed(reason, request, parts),
  }
}

/** No state older than this needs to be shown by whoever sent the command. */
function withPlayRevision(response: HostResponse, { state }: Player): HostResponse {
  return { ...response, headers: [...response.headers, 'Tonearm-Play-Revision', String(state.revision)] }
}

interface Asking {
  readonly session?: Session | undefined
  readonly speaker?: Speaker | undefined
}

/** Who asks: a session, a speaker, or nobody where none is needed and where players bring the password instead. */
function admit(
  request: HostRequest,
  row: EndpointRow,
  query: QueryParameters,
  { sessions, visitors }: RouterParts,
): Asking {
  const id = sessionIdOf(query)
  const session = id === undefined ? undefined : sessions.find(id)
  if (row.needs === 'nothing') return { session }
  if (session) {
    if (session.kind === 'player' && !row.isShared) throw new KnownError('NO_SESSION')
    return { session }
  }
  const activeRemote = request.headers['active-remote']
  const speaker = row.speakers === 'none' ? undefined : visitors.speakerOf(activeRemote)
  if (speaker) return { speaker }
  // As OwnTone: a speaker whose number is not known learns that from the commands that are its own.
  if (row.speakers === 'own' && activeRemote !== undefined)
    throw new KnownError('BAD_REQUEST', { reason: 'unknown Active-Remote' })
  // A remote whose session has ended must log in again; asked for a password, a phone would show it to its user.
  const isRemote = request.headers['viewer-only-client'] === '1'
  if (!row.isShared || isRemote) throw new KnownError('NO_SESSION')
  visitors.checkSharePassword(request.headers['authorization'], request.remoteAddress)
  return {}
}

/** controlpromptentry calls its DMAP a form. */
function formOf({ headers, body }: HostRequest, name: EndpointName): Uint8Array | undefined {
  if (body.length === 0 || name === 'controlpromptentry') return undefined
  return headers['content-type']?.startsWith('application/x-www-form-urlencoded') ? body : undefined
}

/** For the log: the key of a stream is a secret. */
function shownPath({ target }: HostRequest): string {
  const { path } = targetOf(target)
  return path.startsWith(streamPath) ? streamPath : path
}

function failed(error: unknown, request: HostRequest, { log, identity }: RouterParts): HostResponse {
  const path = shownPath(request)
  if (error instanceof KnownError) {
    log.debug('request refused', { path, code: error.code, from: request.remoteAddress })
    return errorResponse(error, identity.name)
  }
  if (error instanceof ClientGone) return bugResponse // nobody reads it
  log.error('a request failed', { path, error })
  return bugResponse
}
