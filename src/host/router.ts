// From a request to the endpoint that answers it: who asks, then the endpoint, then bytes.

import { addAbortSignal, Readable } from 'node:stream'
import { KnownError } from '../errors.ts'
import type { Player } from '../player/index.ts'
import {
  type EndpointName,
  type EndpointRow,
  endpoints,
  matchEndpoint,
  playRevisionHeader,
} from '../protocol/index.ts'
import { dacpEndpoints } from './dacp/index.ts'
import { failed } from './door/failed-request.ts'
import type { Answer, Endpoint, LaterAnswer, QueryParameters } from './endpoint.ts'
import type { HostParts } from './host-parts.ts'
import type {
  Answered,
  Eventually,
  HeldResponse,
  HostRequest,
  HostResponse,
  Target,
} from './http/http-message.ts'
import { isLargeBody } from './http/large-body.ts'
import { parametersOf, sessionIdOf } from './http/query-parameters.ts'
import { errorResponse, responseOf } from './http/responses.ts'
import { type Asked, type Asking, RequestContext } from './request-context.ts'
import type { Visitors } from './sessions/visitors.ts'
import { streamPath } from './streams/stream-path.ts'

export interface RouterParts extends HostParts {
  readonly visitors: Visitors
  readonly endpoints: Readonly<Partial<Record<EndpointName, Endpoint>>>
  /** Everything under /api; throws KnownError. */
  answerApi(request: HostRequest, target: Target): Promise<HostResponse>
  /** Everything under /stream; throws KnownError. */
  answerStream(request: HostRequest, target: Target): Promise<HostResponse>
  /** Paths that are none of these: the page. Undefined: unknown. */
  answerPage(request: HostRequest, target: Target): HostResponse | undefined
}

type Match = NonNullable<ReturnType<typeof matchEndpoint>>

/** Throws KnownError for what it refuses. */
export function route(request: HostRequest, target: Target, parts: RouterParts): Eventually<Answered> {
  if (target.path.startsWith('/api/')) return parts.answerApi(request, target)
  if (target.path.startsWith(streamPath)) return parts.answerStream(request, target)
  const match = matchEndpoint(target.path)
  const endpoint = match && parts.endpoints[match.name]
  if (endpoint) return answerEndpoint(request, target, match, endpoint, parts)
  const answer = parts.answerPage(request, target)
  if (!answer) throw new KnownError('BAD_REQUEST', { reason: 'unknown path' })
  return answer
}

function answerEndpoint(
  request: HostRequest,
  target: Target,
  { name, params }: Match,
  endpoint: Endpoint,
  parts: RouterParts,
): Eventually<Answered> {
  const method = methodOf(request)
  const query = parametersOf(target.rawQuery, formOf(request, name))
  const { session, speaker } = admit(request, endpoints[name], query, parts)
  if (session) {
    request.life.endWith(session.ended)
    // To its last byte: a song that is sent for an hour keeps its session alive.
    request.life.afterwards(parts.sessions.hold(session))
  }
  const asked = { name, method, params, query, session, speaker }
  try {
    const answer = endpoint(new RequestContext(request, asked, parts))
    if (!(answer instanceof Promise)) return answered(answer, request, asked, parts)
    return answer
      .then((later) => answered(later, request, asked, parts))
      .catch((error: unknown) => refused(error, asked, parts))
  } catch (error) {
    return refused(error, asked, parts)
  }
}

function methodOf({ method }: HostRequest): Asked['method'] {
  if (method === 'GET' || method === 'POST' || method === 'HEAD') return method
  throw new KnownError('BAD_REQUEST', { reason: 'unknown method' })
}

interface AskedByName extends Asked {
  readonly name: EndpointName
}

function answered(
  answer: Answer | LaterAnswer,
  request: HostRequest,
  { name, session }: AskedByName,
  parts: RouterParts,
): Answered {
  if (isLater(answer)) return heldResponse(answer, request, parts)
  const response = responseOf(answer)
  // A song that is being sent ends with the session: a pairing that is revoked is revoked at once.
  if (session && response.body instanceof Readable) addAbortSignal(session.ended.signal, response.body)
  if (session && isLargeBody(response.body)) return { ...response, endsWith: session.ended.signal }
  return name in dacpEndpoints ? withPlayRevision(response, parts.player) : response
}

/** "Not now" to a remote's ears. */
const refusedCommand = 500
/** What it names is gone by now, or cannot be stored: told so, it would log in again and say the same (clients.md). */
const misheard: readonly number[] = [404, 507]

function refused(error: unknown, { name }: AskedByName, { identity, player }: RouterParts): HostResponse {
  const isCommand = name in dacpEndpoints
  if (!isCommand || !(error instanceof KnownError) || !misheard.includes(error.row.status)) throw error
  return withPlayRevision({ ...errorResponse(error, identity.name), status: refusedCommand }, player)
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
  return { ...response, headers: [...response.headers, playRevisionHeader, String(state.revision)] }
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
