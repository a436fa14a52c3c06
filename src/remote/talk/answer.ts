// Reads what a host answered, or says in a known error what is wrong with it.

import { type ErrorCode, errors, KnownError } from '../../errors.ts'
import { type ContentCode, child, type DmapContainer, decode, errorHeader } from '../../protocol/index.ts'
import type { ConnectionAnswer } from './connection.ts'

/**
 * The nodes inside the outermost container.
 *
 * Fails   as `throwIfRefused`; BAD_ANSWER when it is not DMAP or another container than expected;
 *         HOST_REFUSED when `mstt` inside a 200 says so.
 */
export function treeOf(answer: ConnectionAnswer, root: ContentCode): DmapContainer {
  throwIfRefused(answer)
  const nodes = nodesOf(answer)
  const tree = child(nodes, root)
  if (!isContainer(tree)) throw new KnownError('BAD_ANSWER', { problem: `no ${root} in it` })
  throwIfFailed(tree, answer.status)
  return tree
}

/** For commands: 204 with nothing, or a container whose status is all we look at. */
export function throwIfCommandFailed(answer: ConnectionAnswer): void {
  throwIfRefused(answer)
  if (answer.body.length === 0) return
  for (const node of nodesOf(answer)) {
    const inside: unknown = node[1]
    if (isContainer(inside)) throwIfFailed(inside, answer.status)
  }
}

/** A status outside 2xx: our own host's error by its code, else what the number means. */
export function throwIfRefused(answer: ConnectionAnswer): void {
  const { status } = answer
  if (status >= 200 && status < 300) return
  throw ownError(answer) ?? new KnownError(codeOf(status), { status, ...saidIn(answer) })
}

/** JSON of our own API. */
export function jsonOf(answer: ConnectionAnswer): unknown {
  throwIfRefused(answer)
  try {
    return JSON.parse(new TextDecoder().decode(answer.body))
  } catch (error) {
    throw new KnownError('BAD_ANSWER', { problem: 'not JSON' }, error)
  }
}

function nodesOf(answer: ConnectionAnswer): DmapContainer {
  try {
    return decode(answer.body)
  } catch (error) {
    throw new KnownError('BAD_ANSWER', error instanceof KnownError ? error.details : {}, error)
  }
}

function isContainer(value: unknown): value is DmapContainer {
  return Array.isArray(value)
}

/** An answer without `mstt` counts as good: Apple TV leaves it out at times. */
function throwIfFailed(tree: DmapContainer, httpStatus: number): void {
  const status = child(tree, 'mstt') ?? 200
  if (status >= 200 && status < 300) return
  throw new KnownError(codeOf(status), { status, httpStatus, ...said(child(tree, 'msts')) })
}

function codeOf(status: number): ErrorCode {
  if (status === 401 || status === 403) return 'NO_SESSION'
  if (status === 404) return 'NOT_FOUND'
  if (status === 429) return 'TOO_MANY_ATTEMPTS'
  if (status === 902) return 'SPEAKER_PASSWORD'
  return 'HOST_REFUSED'
}

/** The host's own words inside an error's body, when it is DMAP. */
function saidIn(answer: ConnectionAnswer): { hostSays?: string } {
  try {
    for (const [, inside] of decode(answer.body) as Iterable<readonly [string, unknown]>)
      if (isContainer(inside)) return said(child(inside, 'msts'))
  } catch {
    // The body of an error may be anything: its status has said enough.
  }
  return {}
}

function said(text: string | undefined): { hostSays?: string } {
  return text === undefined || text === '' ? {} : { hostSays: text.slice(0, 500) }
}

/** What our own host calls its refusal; undefined on others. */
export function refusalCode(answer: ConnectionAnswer): ErrorCode | undefined {
  return ownError(answer)?.code
}

/** Our own hosts name the row of their table, which is ours too: in a header, under /api in the body. */
function ownError(answer: ConnectionAnswer): KnownError | undefined {
  const code = answer.header(errorHeader)
  if (code !== undefined && isErrorCode(code))
    return new KnownError(code, reasonIn(answer, errors[code].says))
  if (!answer.header('content-type')?.startsWith('application/json')) return undefined
  return apiError(textOf(answer))
}

function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(errors, code)
}

/** The body is `says`, perhaps a reason in brackets, and `try`. */
function reasonIn(answer: ConnectionAnswer, says: string): { reason?: string } {
  const text = textOf(answer)
  const reason = text.startsWith(says) ? /^ \((.{1,500}?)\) /s.exec(text.slice(says.length))?.[1] : undefined
  return reason === undefined ? {} : { reason }
}

function apiError(text: string): KnownError | undefined {
  try {
    const error: unknown = JSON.parse(text)
    if (typeof error !== 'object' || error === null) return undefined
    const { code, says, details } = error as Record<string, unknown>
    if (typeof code === 'string' && isErrorCode(code))
      return new KnownError(code, typeof details === 'object' && details ? { ...details } : {})
    // A newer host may have codes that this remote lacks.
    return new KnownError('HOST_REFUSED', typeof says === 'string' ? said(says) : {})
  } catch {
    return undefined
  }
}

function textOf({ body }: ConnectionAnswer): string {
  return new TextDecoder().decode(body.subarray(0, 65_536))
}
