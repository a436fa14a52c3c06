// JSON under /api, as the table in protocol/api.ts says: match, admit, check, answer. Errors have the table's shape too.

import type { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import type { TSchema } from 'typebox'
import { Compile, type Validator } from 'typebox/compile'
import { KnownError } from '../../errors.ts'
import { type ApiRoute, apiRoutes } from '../../protocol/api.ts'
import {
  type ApiError,
  type ApiRouteName,
  errorHeader,
  parseUrlQuery,
  playRevisionHeader,
} from '../../protocol/index.ts'
import type { HostRequest, HostResponse, Target } from '../http/http-message.ts'
import { parametersOf, sessionIdOf } from '../http/query-parameters.ts'
import type { ApiParts } from './api-parts.ts'
import type { ApiCall, Asker } from './call.ts'
import { handlers } from './handlers.ts'
import { createWatch } from './watch.ts'

export interface Api {
  answer(request: HostRequest, target: Target): Promise<HostResponse>
  upgrade(request: IncomingMessage, socket: Socket, head: Buffer): void
  close(): void
}

export function createApi(parts: ApiParts): Api {
  const watch = createWatch(parts)

  return {
    async answer(request, target) {
      try {
        const value = await call(request, target, parts)
        const answer = json(200, value)
        return {
          ...answer,
          headers: [...answer.headers, playRevisionHeader, String(parts.player.state.revision)],
        }
      } catch (error) {
        if (error instanceof KnownError) return refusal(error)
        throw error
      }
    },
    upgrade: watch.upgrade,
    close: watch.close,
  }
}

async function call(request: HostRequest, target: Target, parts: ApiParts): Promise<unknown> {
  const { name, params } = match(request.method, target.path)
  const route: ApiRoute = apiRoutes[name]
  const { who, ...asker } = admit(request, target, route, parts)
  const query = route.query ? checked(route.query, queryOf(target, route.query)) : undefined
  const body = route.body ? checked(route.body, bodyOf(request)) : undefined
  // The table's schemas have just been checked, which the compiler cannot see through the common handler type.
  const handler = handlers[name] as (call: ApiCall<ApiRouteName>) => unknown
  return await handler({ params, query, body, request, who, asker, parts } as ApiCall<ApiRouteName>)
}

function match(method: string, path: string): { name: ApiRouteName; params: Record<string, string> } {
  const asked = method === 'HEAD' ? 'GET' : method
  const segments = path.split('/')
  let isKnownPath = false
  for (const name of Object.keys(apiRoutes) as ApiRouteName[]) {
    const params = matchSegments(apiRoutes[name].path.split('/'), segments)
    if (!params) continue
    isKnownPath = true
    if (apiRoutes[name].method === asked) return { name, params }
  }
  throw isKnownPath
    ? new KnownError('BAD_REQUEST', { method: asked.slice(0, 20) })
    : new KnownError('NOT_FOUND', { path: path.slice(0, 100) })
}

function matchSegments(
  pattern: readonly string[],
  given: readonly string[],
): Record<string, string> | undefined {
  if (pattern.length !== given.length) return undefined
  const params: Record<string, string> = {}
  for (const [index, segment] of pattern.entries()) {
    const text = given[index] ?? ''
    if (segment.startsWith('{') && /^[\w-]{1,64}$/.test(text)) params[segment.slice(1, -1)] = text
    else if (segment !== text) return undefined
  }
  return params
}

/** `who`: the name of the one who asks. NOT_OWNER or NO_SESSION. */
function admit(
  request: HostRequest,
  target: Target,
  { who }: ApiRoute,
  parts: ApiParts,
): Asker & { readonly who: string } {
  const { authorization } = request.headers
  if (who === 'anyone') return { who: '', isOwner: false, guid: undefined }
  if (parts.visitors.isOwner(authorization)) return { who: 'owner', isOwner: true, guid: undefined }
  if (who === 'owner') parts.visitors.checkOwner(authorization, request.remoteAddress)
  const id = sessionIdOf(parametersOf(target.rawQuery))
  const session = id === undefined ? undefined : parts.sessions.find(id)
  if (!session || session.kind === 'player') throw new KnownError('NO_SESSION')
  return { who: session.name, isOwner: session.kind === 'owner', guid: session.guid }
}

// --- what was sent

const checkers = new Map<TSchema, Validator>()

/** BAD_REQUEST says which part is wrong and how. */
function checked(schema: TSchema, value: unknown): unknown {
  let checker = checkers.get(schema)
  if (!checker) {
    checker = Compile(schema)
    checkers.set(schema, checker)
  }
  if (checker.Check(value)) return value
  const first = checker.Errors(value)[0]
  throw new KnownError('BAD_REQUEST', { where: first?.instancePath ?? '', problem: first?.message ?? '' })
}

function bodyOf({ body }: HostRequest): unknown {
  if (body.length === 0) return {}
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body))
  } catch (error) {
    throw new KnownError('BAD_REQUEST', { problem: 'the body is not JSON' }, error)
  }
}

/** Only the parameters of the schema, those that are numbers there as numbers. "+" is a space here, as in forms. */
function queryOf({ rawQuery }: Target, schema: TSchema): Record<string, unknown> {
  const properties = (schema as { properties?: Record<string, { type?: string }> }).properties ?? {}
  const values: Record<string, unknown> = {}
  for (const [name, text] of parseUrlQuery(rawQuery.replaceAll('+', '%20'))) {
    if (!Object.hasOwn(properties, name)) continue
    const isNumber = properties[name]?.type === 'integer' && /^\d{1,15}$/.test(text)
    values[name] = isNumber ? Number(text) : text
  }
  return values
}

// --- what is answered

function json(status: number, value: unknown): HostResponse {
  return {
    status,
    headers: [
      'Content-Type',
      'application/json',
      'Cache-Control',
      'no-store',
      'X-Content-Type-Options',
      'nosniff',
    ],
    body: Buffer.from(JSON.stringify(value, withoutBigInts)),
    isCompressible: status === 200,
  }
}

function refusal({ code, row, details }: KnownError): HostResponse {
  const error: ApiError = { code, says: row.says, try: row.try, details: { ...details } }
  const response = json(row.status, error)
  return { ...response, headers: [...response.headers, errorHeader, code] }
}

function withoutBigInts(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value
}
