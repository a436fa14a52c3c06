// Carries requests to `handle` and its answers back. Decides nothing; with response-writer.ts the one place that answers.

import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { Log } from '../../log.ts'
import { plainAddress } from '../sessions/access.ts'
import { makeRoomForCrowd } from './crowd-memory.ts'
import {
  ClientGone,
  type Eventually,
  type HeldResponse,
  type HostRequest,
  type HostResponse,
} from './http-message.ts'
import { InTurns } from './in-turns.ts'
import { Life } from './request-life.ts'
import { writeResponse } from './response-writer.ts'
import { ToldAnswers } from './told-answer.ts'

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
  /** Never fails. */
  handle(request: HostRequest): Eventually<HostResponse | HeldResponse>
  /** Value of the header DAAP-Server. */
  readonly server: string
  /** How long a connection stays when nothing is asked on it. */
  readonly keepAliveMs: number
  readonly log: Log
}

export class Carrier {
  readonly #options: CarrierOptions
  /** Those that wait. */
  readonly #lives = new Set<Life>()
  /** Those whose wait is over. */
  readonly #telling = new InTurns()
  /** Those that stand in line behind another request of their connection. */
  readonly #inLine = new WeakMap<Socket, Set<Life>>()

  readonly #told: ToldAnswers

  constructor(options: CarrierOptions) {
    this.#options = options
    this.#told = new ToldAnswers(options)
  }

  take(raw: IncomingMessage, response: ServerResponse): void {
    const { socket } = raw
    const life = new Life(socket, this.#lives)
    const isFirst = response.socket !== null
    if (!isFirst && !this.#standInLine(socket, life)) return void socket.destroy()
    if (hasBody(raw)) void this.#receive(raw, response, life)
    else this.#carry(raw, response, life, noBytes)
  }

  #standInLine(socket: Socket, life: Life): boolean {
    const line = this.#inLine.get(socket) ?? new Set()
    this.#inLine.set(socket, line.add(life))
    return line.size < mostInFlight
  }

  /** All that wait are told why they do no longer. */
  end(reason: Error): void {
    for (const life of this.#lives) life.end(reason)
  }

  async #receive(raw: IncomingMessage, response: ServerResponse, life: Life): Promise<void> {
    const { socket } = raw // a body that is left in the middle takes it away from the request
    try {
      const body = await readBody(raw, queuePath.test(raw.url ?? '') ? longestQueueBytes : longestBodyBytes)
      if (body) return this.#carry(raw, response, life, body)
      refuseLarge(response)
    } catch (error) {
      this.#fail(response, error)
    }
    this.#done({ socket }, life)
  }

  #carry(raw: IncomingMessage, response: ServerResponse, life: Life, body: Uint8Array): void {
    const answer = this.#options.handle({
      method: raw.method ?? 'GET',
      target: raw.url ?? '/',
      headers: raw.headers as Record<string, string | undefined>,
      body,
      remoteAddress: plainAddress(raw.socket.remoteAddress ?? ''),
      life,
    })
    if (!(answer instanceof Promise)) return this.#answer(raw, response, life, answer)
    answer.then(
      (later) => this.#answer(raw, response, life, later),
      (error: unknown) => {
        this.#fail(response, error)
        this.#done(raw, life)
      },
    )
  }

  #answer(
    raw: IncomingMessage,
    response: ServerResponse,
    life: Life,
    answer: HostResponse | HeldResponse,
  ): void {
    if ('wait' in answer) this.#hold(raw, response, life, answer)
    else this.#send(raw, response, life, answer)
  }

  #hold(raw: IncomingMessage, response: ServerResponse, life: Life, held: HeldResponse): void {
    let isOver = false
    const leave = held.wait(() => {
      this.#telling.do(() => {
        if (isOver) return
        life.unwatch()
        const answer = held.response()
        if (this.#told.write(raw, response, answer)) this.#done(raw, life)
        else this.#send(raw, response, life, answer)
      })
    })
    life.watch((reason) => {
      isOver = true
      leave()
      this.#send(raw, response, life, held.refusal(reason))
    })
    makeRoomForCrowd(this.#lives.size)
  }

  #send(raw: IncomingMessage, response: ServerResponse, life: Life, answer: HostResponse): void {
    let rest: Promise<void> | undefined
    try {
      rest = writeResponse(raw, response, answer, this.#options.server)
    } catch (error) {
      this.#fail(response, error)
    }
    if (rest) void this.#finish(raw, response, life, rest)
    else this.#done(raw, life)
  }

  async #finish(
    raw: IncomingMessage,
    response: ServerResponse,
    life: Life,
    rest: Promise<void>,
  ): Promise<void> {
    try {
      await rest
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

  #done({ socket }: Pick<IncomingMessage, 'socket'>, life: Life): void {
    life.done()
    this.#inLine.get(socket)?.delete(life)
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
