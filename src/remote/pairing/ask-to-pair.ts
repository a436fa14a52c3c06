// Pairing with one of our own hosts by its address: where multicast does not reach, nobody could call us. The host gives
// the digits, its owner types them there, and the guid comes back the way that we asked.

import type { Clock } from '../../clock.ts'
import { KnownError } from '../../errors.ts'
import { pairingSecretHeader } from '../../protocol/index.ts'
import type { Connection, ConnectionAnswer, RequestOptions } from '../talk/connection.ts'
import { textOr } from '../talk/json.ts'

export interface AskToPairOptions {
  readonly connection: Connection
  /** What the host calls us. */
  readonly name: string
  readonly clock: Clock
  readonly signal?: AbortSignal | undefined
  /** What `onDigits` gave the last time, to go on with: a page that is loaded again shows the same digits. */
  readonly former?: OpenPairingRequest | undefined
  /** For the owner to type on the host; good for five minutes. */
  readonly onDigits: (digits: string, hostName: string, request: OpenPairingRequest) => void
}

/** Until it is accepted or has run out. The secret is for nobody else to see. */
export interface OpenPairingRequest {
  readonly id: string
  readonly digits: string
  readonly secret: string
}

export interface PairedByAddress {
  /** What to log in with: 16 hex digits, a secret. */
  readonly guid: string
  readonly hostName: string
  /** The instance name of its `_touch-able._tcp`. */
  readonly serviceName: string
}

type Json = Readonly<Record<string, unknown>>

const askAgainMs = 1000
const longestAnswerBytes = 64 * 1024
const hex64 = /^[0-9a-f]{16}$/i

/**
 * Resolves once the owner has typed the digits. HOST_GONE, BAD_ANSWER; NOT_A_TONEARM_HOST by others than ours;
 * TOO_MANY_PAIRING_REQUESTS; NO_SUCH_PAIRING_REQUEST when nobody typed them in time.
 */
export async function askToPair(options: AskToPairOptions): Promise<PairedByAddress> {
  const { connection, name, clock, signal, former, onDigits } = options
  const about = await call(connection, '/api/about', { signal })
  const [hostName, serviceName] = [field(about, 'name'), field(about, 'databaseId', hex64)]
  const isOpen = former !== undefined && (await stateOf(connection, former, signal)) !== undefined
  const request = isOpen ? former : await askAnew(connection, name, signal)
  onDigits(request.digits, hostName, request)
  for (;;) {
    const state = await stateOf(connection, request, signal)
    if (state === undefined)
      throw new KnownError('NO_SUCH_PAIRING_REQUEST', { reason: 'the digits were not typed in time' })
    if (state['state'] === 'accepted') return { guid: field(state, 'guid', hex64), hostName, serviceName }
    await clock.until(clock.nowMs() + askAgainMs, signal)
  }
}

async function askAnew(
  connection: Connection,
  name: string,
  signal: AbortSignal | undefined,
): Promise<OpenPairingRequest> {
  const asked = await call(connection, '/api/pairing-requests', {
    signal,
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ name }),
  })
  return { id: field(asked, 'id'), digits: field(asked, 'digits', /^\d{4}$/), secret: field(asked, 'secret') }
}

/** Undefined when there is no such request, any more or ever. */
async function stateOf(
  connection: Connection,
  { id, secret }: OpenPairingRequest,
  signal: AbortSignal | undefined,
): Promise<Json | undefined> {
  const path = `/api/pairing-requests/${encodeURIComponent(id)}`
  const options = { signal, headers: { [pairingSecretHeader]: secret }, maxBytes: longestAnswerBytes }
  const answer = await connection.request(path, options)
  return answer.status === 404 ? undefined : readJson(connection, answer)
}

async function call(connection: Connection, path: string, options: RequestOptions): Promise<Json> {
  return readJson(connection, await connection.request(path, { ...options, maxBytes: longestAnswerBytes }))
}

function readJson(connection: Connection, { status, body }: ConnectionAnswer): Json {
  if (status === 429) throw new KnownError('TOO_MANY_PAIRING_REQUESTS')
  if (status !== 200) throw new KnownError('NOT_A_TONEARM_HOST', { host: connection.address, status })
  return jsonOf(body)
}

function jsonOf(body: Uint8Array): Json {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(body))
    if (typeof value === 'object' && value !== null) return value as Json
  } catch {
    // Told below.
  }
  throw new KnownError('BAD_ANSWER', { problem: 'no JSON' })
}

function field(answer: Json, name: string, pattern = /^.{1,255}$/su): string {
  const text = textOr(answer[name])
  if (!pattern.test(text)) throw new KnownError('BAD_ANSWER', { problem: `no ${name} in it` })
  return text
}
