// The one call that a host makes to a remote: /pair, at the remote's own little server.

import { createHash } from 'node:crypto'
import { once } from 'node:events'
import type { IncomingMessage } from 'node:http'
import { KnownError } from '../../errors.ts'
import { child, decode, encodeUrlQuery, pairingCode } from '../../protocol/index.ts'
import { request } from '../http/node-http.ts'

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
  /** Which of its addresses answered. */
  readonly address: string
}

/** A person is waiting. One address may lead nowhere while the next one works. */
const connectMs = 1500
const answerMs = 5000
/** Whoever announces more wants us to knock at many doors. */
const mostAddresses = 6
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
  for (const address of remote.addresses.slice(0, mostAddresses)) {
    try {
      return { ...remoteOf(await ask(address, remote.port, path)), address }
    } catch (error) {
      if (!(error instanceof NotReached)) throw error
      failure = error.cause
    }
  }
  throw new KnownError('REMOTE_GONE', {}, failure)
}

/** Nobody heard the digits there: another address may be tried. */
class NotReached extends Error {}

interface Reply {
  readonly status: number
  readonly body: Uint8Array
}

/** The whole request leaves in one write, since TunesRemote reads only what has arrived when it looks. */
async function ask(address: string, port: number, path: string): Promise<Reply> {
  const signal = AbortSignal.timeout(connectMs + answerMs)
  const headers = { Host: hostHeader(address, port) }
  const call = request({ host: address, port, path, headers, agent: false, signal, maxHeaderSize: 8192 })
  const connecting = setTimeout(() => call.destroy(new Error('no connection in time')), connectMs)
  let isReached = false
  call.once('socket', (socket) =>
    socket.once('connect', () => {
      isReached = true
      clearTimeout(connecting)
    }),
  )
  try {
    call.end()
    const [reply] = (await once(call, 'response')) as [IncomingMessage]
    return { status: reply.statusCode ?? 0, body: await bounded(reply) }
  } catch (error) {
    throw isReached ? answered(error) : new NotReached('nobody there', { cause: error })
  } finally {
    clearTimeout(connecting)
    call.on('error', () => {}) // ending it early is no news
    call.destroy()
  }
}

/** Without the scope, which means something on this machine only (RFC 6874 1). */
function hostHeader(address: string, port: number): string {
  const plain = address.replace(/%.*$/, '')
  return plain.includes(':') ? `[${plain}]:${port}` : `${plain}:${port}`
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

/** pyatv refuses with 500, TunesRemote with 404: every status but 200 is a refusal. */
function remoteOf({ status, body }: Reply): Omit<PairedRemote, 'address'> {
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
