// The one call that a host makes to a remote: /pair, at the remote's own little server.

import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'
import { KnownError } from '../errors.ts'
import { child, decode, encodeUrlQuery, pairingCode } from '../protocol/index.ts'

export interface RemoteToCall {
  /** Best first; link-local IPv6 ones with their scope. */
  readonly addresses: readonly string[]
  readonly port: number
  /** Of its TXT record. */
  readonly pair: string
}

export interface PairedRemote {
  /** The remote's own choice (`cmpg`), which it will log in with; other than its Pair. */
  readonly guid: bigint
  readonly name: string | undefined
}

/** To connect and to answer. A person is waiting. */
const answerMs = 5000
/** `cmpa` is about 60 bytes. */
const longestAnswerBytes = 16 * 1024

/**
 * Proves to the remote that its digits were typed. Addresses are tried in turn until one connects; the request is sent
 * once. WRONG_PIN when the remote refuses, REMOTE_GONE when nobody answers, BAD_REMOTE_ANSWER.
 * Source: docs/protocol/pairing-and-login.md, section 3.
 */
export async function callRemote(
  remote: RemoteToCall,
  pin: string,
  serviceName: string,
): Promise<PairedRemote> {
  const code = pairingCode(remote.pair, pin, (bytes) => createHash('md5').update(bytes).digest())
  const path = `/pair?${encodeUrlQuery([
    ['pairingcode', code],
    ['servicename', serviceName],
  ])}`
  let failure: unknown
  for (const address of remote.addresses) {
    try {
      return remoteOf(await ask(address, remote.port, path))
    } catch (error) {
      if (!isUnreachable(error)) throw error
      failure = error
    }
  }
  throw new KnownError('REMOTE_GONE', {}, failure)
}

interface Reply {
  readonly status: number
  readonly body: Uint8Array
}

/** The whole request leaves in one write, since TunesRemote reads only what has arrived when it looks. */
async function ask(host: string, port: number, path: string): Promise<Reply> {
  const signal = AbortSignal.timeout(answerMs)
  const call = request({ host, port, path, agent: false, signal, maxHeaderSize: 8192 })
  try {
    call.end()
    const [reply] = (await once(call, 'response')) as [IncomingMessage]
    return { status: reply.statusCode ?? 0, body: await bounded(reply) }
  } catch (error) {
    throw isUnreachable(error) ? error : answered(error)
  } finally {
    call.on('error', () => {}) // ending it early is no news
    call.destroy()
  }
}

async function bounded(reply: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of reply) {
    length += chunk.length
    if (length > longestAnswerBytes) throw new KnownError('BAD_REMOTE_ANSWER', { reason: 'too long' })
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/** What went wrong once the remote was reached: it must not be asked a second time with the same digits. */
function answered(error: unknown): unknown {
  if (error instanceof KnownError) return error
  const code = (error as NodeJS.ErrnoException).code ?? ''
  const isOdd = code.startsWith('HPE_')
  return new KnownError(isOdd ? 'BAD_REMOTE_ANSWER' : 'REMOTE_GONE', { reason: code || undefined }, error)
}

const unreachable = new Set(['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'EADDRNOTAVAIL', 'EINVAL'])

function isUnreachable(error: unknown): boolean {
  return unreachable.has((error as NodeJS.ErrnoException).code ?? '')
}

/** pyatv refuses with 500, TunesRemote with 404: every status but 200 is a refusal. */
function remoteOf({ status, body }: Reply): PairedRemote {
  if (status !== 200) throw new KnownError('WRONG_PIN')
  let answer: ReturnType<typeof decode>
  try {
    answer = decode(body)
  } catch (error) {
    throw new KnownError('BAD_REMOTE_ANSWER', { reason: 'no DMAP' }, error)
  }
  const cmpa = child(answer, 'cmpa')
  const guid = cmpa && child(cmpa, 'cmpg')
  if (!cmpa || guid === undefined) throw new KnownError('BAD_REMOTE_ANSWER', { reason: 'no guid' })
  return { guid, name: child(cmpa, 'cmnm') }
}
