// How a request travels to a host and its answer back. Everything above knows only this interface,
// so another way (a Node socket, a relay) is another `Connection`.

import { KnownError } from '../../errors.ts'
import { addressText, authorityText, type HostAddress } from '../address.ts'
import { Channel } from './channel.ts'
import { remoteHeaders } from './remote-headers.ts'

export interface RequestOptions {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array<ArrayBuffer>
  readonly signal?: AbortSignal | undefined
  /** Until the whole answer is here; `Infinity` for long polls. Default `answerTimeoutMs`. */
  readonly timeoutMs?: number
  /** A longer answer is refused. Default `answerBytes`. */
  readonly maxBytes?: number
}

export interface ConnectionAnswer {
  /** Any three digits: OwnTone says 902 when a speaker wants a password. */
  readonly status: number
  header(name: string): string | undefined
  /** Uncompressed. */
  readonly body: Uint8Array
}

export interface Connection {
  /** For people: `192.168.1.20:3689`. */
  readonly address: string
  /** It answers nobody who has not logged in: from outside. */
  readonly isLoginFirst?: boolean
  /** HOST_GONE when it cannot be reached or falls silent, BAD_ANSWER when it says too much; the signal's reason when aborted. */
  request(path: string, options?: RequestOptions): Promise<ConnectionAnswer>
  /**
   * Messages the host sends by itself (a WebSocket). Ends when the host ends it; HOST_GONE when it cannot be
   * reached or is lost.
   */
  messages(path: string, options?: { signal?: AbortSignal | undefined }): AsyncIterable<string>
}

/** As pyatv waits. */
export const answerTimeoutMs = 10_000
/** 100,000 songs with our fields take about 20 MB. */
export const answerBytes = 128 * 1024 * 1024
/** One message of `/api/watch` is some hundred bytes. */
export const messageBytes = 1024 * 1024
/** What a slow reader may leave unread; each message is whole, so the oldest can go. */
const messagesUnread = 1000

export type Ask = (url: string, init: RequestInit) => Promise<Response>

export interface FetchOptions {
  /** Another `fetch`, of one who has asked ahead. */
  readonly ask?: Ask
  /** Not for a page: it cannot see which one it is shown. */
  readonly certificate?: string | undefined
}

/**
 * By the platform's own `fetch` and `WebSocket`: what a page uses. It asks for gzip and unpacks it by itself.
 * BAD_ADDRESS for tls://: a page cannot see which certificate it is shown, let alone hold one.
 */
export function fetchConnection(address: HostAddress, { ask = fetch }: FetchOptions = {}): Connection {
  if (address.isSecure) throw new KnownError('BAD_ADDRESS', { address: addressText(address) })
  const authority = authorityText(address)
  return {
    address: authority,
    async request(path, options = {}) {
      const { signal, done } = deadline(authority, options)
      try {
        const response = await ask(`http://${authority}${path}`, {
          method: options.method ?? 'GET',
          headers: { ...remoteHeaders, ...options.headers },
          redirect: 'error', // a host never sends us elsewhere; a hotel's login page does
          cache: 'no-store',
          signal,
          ...(options.body === undefined ? {} : { body: options.body }),
        })
        const body = await boundedBody(response, options.maxBytes ?? answerBytes)
        return { status: response.status, header: (name) => response.headers.get(name) ?? undefined, body }
      } catch (error) {
        options.signal?.throwIfAborted()
        throw error instanceof KnownError ? error : new KnownError('HOST_GONE', { address: authority }, error)
      } finally {
        done()
      }
    },
    messages: (path, options = {}) =>
      socketMessages(() => new WebSocket(`ws://${authority}${path}`), authority, options.signal),
  }
}

async function boundedBody(response: Response, maxBytes: number): Promise<Uint8Array> {
  const announced = Number(response.headers.get('content-length') ?? 0)
  if (announced > maxBytes) {
    await response.body?.cancel()
    throw tooLong(announced)
  }
  const chunks: Uint8Array[] = []
  let length = 0
  const reader = response.body?.getReader() // not by `for await`: Safari cannot
  for (;;) {
    const { done, value } = (await reader?.read()) ?? { done: true }
    if (done) break
    length += value.length
    if (length > maxBytes) {
      await reader?.cancel()
      throw tooLong(length)
    }
    chunks.push(value)
  }
  return joined(chunks, length)
}

export function tooLong(bytes: number): KnownError {
  return new KnownError('BAD_ANSWER', { problem: 'the answer is too long', bytes })
}

export function joined(chunks: readonly Uint8Array[], length: number): Uint8Array {
  if (chunks.length === 1 && chunks[0]) return chunks[0]
  const whole = new Uint8Array(length)
  let at = 0
  for (const chunk of chunks) {
    whole.set(chunk, at)
    at += chunk.length
  }
  return whole
}

/** A signal that also fires after `timeoutMs`. Call `done` when the answer is there. `address`: for people. */
export function deadline(
  address: string,
  { signal: outer, timeoutMs = answerTimeoutMs }: Pick<RequestOptions, 'signal' | 'timeoutMs'>,
): { signal: AbortSignal; done: () => void } {
  const ending = new AbortController()
  const stop = () => ending.abort(outer?.reason)
  if (outer?.aborted) stop()
  outer?.addEventListener('abort', stop, { once: true })
  const timer = Number.isFinite(timeoutMs)
    ? setTimeout(() => ending.abort(new KnownError('HOST_GONE', { address, timeoutMs })), timeoutMs)
    : undefined
  const done = () => {
    clearTimeout(timer)
    outer?.removeEventListener('abort', stop)
  }
  return { signal: ending.signal, done }
}

/** What both the browser's WebSocket and the `ws` package have. */
export interface SocketLike {
  addEventListener(
    type: 'open' | 'message' | 'error' | 'close',
    listener: (event: { data?: unknown }) => void,
  ): void
  close(): void
}

/** A socket's text messages in order. HOST_GONE when it cannot be opened or is lost. */
export async function* socketMessages(
  open: () => SocketLike | Promise<SocketLike>,
  address: string,
  signal: AbortSignal | undefined,
): AsyncGenerator<string> {
  signal?.throwIfAborted()
  const messages = new Channel<string>(messagesUnread)
  const fail = () => messages.end(new KnownError('HOST_GONE', { address }))
  const stop = () => messages.end(signal?.reason)
  signal?.addEventListener('abort', stop, { once: true })
  const socket = await open()
  socket.addEventListener('message', ({ data }) => {
    if (typeof data === 'string' && data.length <= messageBytes) messages.push(data)
    else fail()
  })
  socket.addEventListener('error', fail)
  socket.addEventListener('close', () => messages.end())
  try {
    yield* messages
  } finally {
    signal?.removeEventListener('abort', stop)
    socket.close()
  }
}
