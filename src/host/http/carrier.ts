// Carries requests to `handle` and its answers back. Decides nothing; with response-writer.ts the one place that answers.

import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { Log } from '../../log.ts'
import { plainAddress } from '../sessions/access.ts'
import { ClientGone, type HeldResponse, type HostRequest, type HostResponse } from './http-message.ts'
import { Life } from './request-life.ts'
import { writeResponse } from './response-writer.ts'

/** Only typed text and the API have bodies. */
const longestBodyBytes = 64 * 1024
/** A whole queue: 100,000 ids in JSON. */
const longestQueueBytes = 1536 * 1024
const queuePath = /^\/api\/queue(?:\/\w+)?(?:\?|$)/
/**
 * Requests of one connection that are not answered yet. No client of this family sends a second one before it has its
 * answer; without a bound, one that sends polls in a row would fill the memory.
 */
const mostInFlight = 64
const noBytes = new Uint8Array(0)

export interface CarrierOptions {
  /** Never rejects. */
  handle(request: HostRequest): Promise<HostResponse | HeldResponse>
  /** Value of the header DAAP-Server. */
  readonly server: string
  readonly log: Log
}

export class Carrier {
  readonly #options: CarrierOptions
  /** Those that wait. */
  readonly #lives = new Set<Life>()
  readonly #inFlight = new WeakMap<Socket, number>()

  constructor(options: CarrierOptions) {
    this.#options = options
  }

  take(raw: IncomingMessage, response: ServerResponse): void {
    const { socket } = raw
    const count = (this.#inFlight.get(socket) ?? 0) + 1
    if (count > mostInFlight) return void socket.destroy()
    this.#inFlight.set(socket, count)
    void this.#carry(raw, response)
  }

  /** All that wait are told why they do no longer. */
  end(reason: Error): void {
    for (const life of this.#lives) life.end(reason)
  }

  async #carry(raw: IncomingMessage, response: ServerResponse): Promise<void> {
    const life = new Life(raw.socket, this.#lives)
    try {
      const target = (raw as { originalUrl?: string }).originalUrl ?? '/'
      const longestBytes = queuePath.test(target) ? longestQueueBytes : longestBodyBytes
      const body = hasBody(raw) ? await readBody(raw, longestBytes) : noBytes
      if (body === undefined) {
        refuseLarge(response)
        return this.#done(raw, life)
      }
      const answer = await this.#options.handle({
        method: raw.method ?? 'GET',
        target,
        headers: raw.headers as Record<string, string | undefined>,
        body,
        remoteAddress: plainAddress(raw.socket.remoteAddress ?? ''),
        life,
      })
      if ('wait' in answer) this.#hold(raw, response, life, answer)
      else await this.#send(raw, response, life, answer)
    } catch (error) {
      this.#fail(response, error)
      this.#done(raw, life)
    }
  }

  #hold(raw: IncomingMessage, response: ServerResponse, life: Life, held: HeldResponse): void {
    const leave = held.wait(() => {
      life.unwatch()
      void this.#send(raw, response, life, held.response())
    })
    life.watch((reason) => {
      leave()
      void this.#send(raw, response, life, held.refusal(reason))
    })
  }

  async #send(
    raw: IncomingMessage,
    response: ServerResponse,
    life: Life,
    answer: HostResponse,
  ): Promise<void> {
    try {
      await writeResponse(raw, response, answer, this.#options.server)
    } catch (error) {
      this.#fail(response, error)
    } finally {
      this.#done(raw, life)
    }
  }

  #fail(response: ServerResponse, error: unknown): void {
    if (!isGone(error)) this.#options.log.error('an answer could not be sent', { error })
    response.destroy()
  }

  #done({ socket }: IncomingMessage, life: Life): void {
    life.done()
    this.#inFlight.set(socket, (this.#inFlight.get(socket) ?? 1) - 1)
  }
}

function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || (headers['content-length'] ?? '0') !== '0'
}

/** Undefined when it is larger than allowed. */
async function readBody(raw: IncomingMessage, longestBytes: number): Promise<Uint8Array | undefined> {
  if (Number(raw.headers['content-length']) > longestBytes) return undefined
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of raw as AsyncIterable<Uint8Array>) {
    length += chunk.length
    if (length > longestBytes) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

function refuseLarge(response: ServerResponse): void {
  response.writeHead(413, { 'Content-Length': 0, Connection: 'close' })
  // What is still coming is not read: the connection ends with this answer.
  response.end(() => response.destroy())
}

function isGone(error: unknown): boolean {
  return error instanceof ClientGone || goneCodes.has((error as NodeJS.ErrnoException).code ?? '')
}

const goneCodes = new Set([
  'ABORT_ERR', // the session has ended
  'ECONNRESET',
  'EPIPE',
  'ERR_STREAM_PREMATURE_CLOSE',
  'ERR_STREAM_DESTROYED',
])
