// The answer to those who waited: the same for all, so its bytes are made once.

import type { IncomingMessage, ServerResponse } from 'node:http'
import type { HostResponse } from './http-message.ts'
import { STATUS_CODES, validateHeaderValue } from './node-http.ts'

/** Longer ones are not told to crowds, and may be zipped (response-writer.ts). */
const mostBytes = 512

export interface ToldAnswersOptions {
  /** Value of the header DAAP-Server. */
  readonly server: string
  /** How long a connection stays when nothing is asked on it. */
  readonly keepAliveMs: number
}

interface Whole {
  readonly answer: HostResponse
  /** The header Date changes each second. */
  readonly second: number
  readonly bytes: Buffer
}

/**
 * Node checks and joins an answer's headers, and writes them and the body as two pieces, for each who gets it. Where
 * thousands get the same one that is half of the time in which they are told. Here it is written as one piece, and the
 * response that Node made for it is told that it has finished, as it would be by its own last write.
 */
export class ToldAnswers {
  readonly #options: ToldAnswersOptions
  #last: Whole | undefined

  constructor(options: ToldAnswersOptions) {
    this.#options = options
  }

  /** False, and nothing is done, where Node has to decide how it is written: see `isPlain`. */
  write(raw: IncomingMessage, response: ServerResponse, answer: HostResponse): boolean {
    const { body } = answer
    if (!(body instanceof Uint8Array) || body.length > mostBytes || !isPlain(raw, response)) return false
    response.socket?.write(this.#bytesOf(answer, body))
    response.emit('finish')
    return true
  }

  #bytesOf(answer: HostResponse, body: Uint8Array): Buffer {
    const second = Math.floor(Date.now() / 1000)
    const last = this.#last
    if (last?.second === second && isSame(last.answer, answer)) return last.bytes
    const bytes = Buffer.concat([Buffer.from(headOf(answer, body.length, this.#options), 'latin1'), body])
    this.#last = { answer, second, bytes }
    return bytes
  }
}

/** The first in line of a connection that is whole and stays. */
function isPlain(raw: IncomingMessage, response: ServerResponse): boolean {
  const { connection } = raw.headers
  return (
    raw.httpVersion === '1.1' &&
    raw.method !== 'HEAD' &&
    (connection === undefined || connection.toLowerCase() === 'keep-alive') &&
    response.socket?.writable === true &&
    response.socket.writableLength === 0
  )
}

function isSame(a: HostResponse, b: HostResponse): boolean {
  return (
    a.body === b.body &&
    a.status === b.status &&
    a.headers.length === b.headers.length &&
    a.headers.every((text, index) => text === b.headers[index])
  )
}

/** As Node writes it. */
function headOf({ status, headers }: HostResponse, lengthBytes: number, options: ToldAnswersOptions): string {
  const all = ['DAAP-Server', options.server, ...headers, 'Content-Length', String(lengthBytes)]
  all.push('Date', new Date().toUTCString(), 'Connection', 'keep-alive')
  all.push('Keep-Alive', `timeout=${options.keepAliveMs / 1000}`)
  let head = `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? 'unknown'}\r\n`
  for (let index = 0; index < all.length; index += 2) {
    const [name = '', value = ''] = all.slice(index, index + 2)
    validateHeaderValue(name, value)
    head += `${name}: ${value}\r\n`
  }
  return `${head}\r\n`
}
