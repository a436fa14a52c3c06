// A client that costs little, so that the host is measured and not the client: one request at a time on a connection
// that stays, bytes counted and dropped.

import { connect, type Socket } from 'node:net'

export interface Answer {
  readonly status: number
  readonly headers: ReadonlyMap<string, string>
  /** Bytes of the body as they came over the wire. */
  readonly bytes: number
  /** From sending to the first byte, ms. */
  readonly firstByteMs: number
  /** From sending to the last byte, ms. */
  readonly wholeMs: number
  /** Only when it was to be kept. */
  readonly body: Buffer | undefined
}

export interface Asking {
  readonly headers?: Readonly<Record<string, string>>
  readonly keepsBody?: boolean
  readonly deadlineMs?: number
}

const readBytes = 256 * 1024
const longestHeadBytes = 64 * 1024
const usualDeadlineMs = 60_000

export class Connection {
  readonly #socket: Socket
  readonly #host: string
  #reader: AnswerReader | undefined
  #fail: ((error: Error) => void) | undefined

  private constructor(port: number, whenOpen: () => void, whenNot: (error: Error) => void) {
    this.#host = `127.0.0.1:${port}`
    this.#fail = whenNot
    const onread = {
      buffer: Buffer.allocUnsafe(readBytes),
      callback: (length: number, buffer: Uint8Array) => this.#read(buffer.subarray(0, length)),
    }
    this.#socket = connect({ port, host: '127.0.0.1', noDelay: true, onread })
    this.#socket.once('connect', whenOpen)
    this.#socket.on('error', (error) => this.#fail?.(error))
    this.#socket.on('close', () => this.#fail?.(new Error('the host closed the connection')))
  }

  static open(port: number): Promise<Connection> {
    return new Promise((resolve, reject) => {
      const connection = new Connection(port, () => resolve(connection), reject)
    })
  }

  get(
    target: string,
    { headers = {}, keepsBody = false, deadlineMs = usualDeadlineMs }: Asking = {},
  ): Promise<Answer> {
    if (this.#reader) throw new Error('one request at a time')
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
    const request = `GET ${target} HTTP/1.1\r\nHost: ${this.#host}\r\n${lines.join('')}\r\n`
    return new Promise((resolve, reject) => {
      const settle = () => {
        clearTimeout(timer)
        this.#reader = undefined
        this.#fail = undefined
      }
      this.#fail = (error) => {
        settle()
        reject(new Error(`${target.slice(0, 80)}: ${error.message}`, { cause: error }))
      }
      const timer = setTimeout(() => this.#fail?.(new Error(`no answer in ${deadlineMs} ms`)), deadlineMs)
      this.#reader = new AnswerReader(keepsBody, (answer) => {
        settle()
        resolve(answer)
      })
      this.#socket.write(request)
    })
  }

  /** Whoever waits for an answer is told that none will come. */
  close(): void {
    this.#fail?.(new Error('we left'))
    this.#socket.destroy()
  }

  #read(bytes: Buffer | Uint8Array): boolean {
    try {
      this.#reader?.take(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))
    } catch (error) {
      this.#fail?.(error as Error)
      this.#socket.destroy()
    }
    return true
  }
}

/** HTTP/1.1 answers, with a length or in chunks; made when the request is sent. */
class AnswerReader {
  readonly #sentAt = performance.now()
  readonly #whenWhole: (answer: Answer) => void
  readonly #kept: Buffer[] | undefined
  #firstByteAt = 0
  #head = Buffer.alloc(0)
  #status = 0
  #headers = new Map<string, string>()
  #isInBody = false
  #isChunked = false
  /** Bytes until the body, or this chunk with its line end, is whole. */
  #left = 0
  /** A chunk's size as far as it has come. */
  #sizeLine = ''
  #isLastChunk = false
  #bytes = 0

  constructor(keepsBody: boolean, whenWhole: (answer: Answer) => void) {
    this.#kept = keepsBody ? [] : undefined
    this.#whenWhole = whenWhole
  }

  take(bytes: Buffer): void {
    if (this.#firstByteAt === 0) this.#firstByteAt = performance.now()
    let rest = bytes
    if (!this.#isInBody) {
      this.#head = Buffer.concat([this.#head, bytes])
      const end = this.#head.indexOf('\r\n\r\n')
      if (end < 0) {
        if (this.#head.length > longestHeadBytes) throw new Error('the answer has no end of its head')
        return
      }
      this.#readHead(this.#head.toString('latin1', 0, end))
      rest = this.#head.subarray(end + 4)
      this.#isInBody = true
    }
    if (this.#isChunked) this.#takeChunks(rest)
    else {
      this.#count(rest)
      this.#left -= rest.length
      if (this.#left <= 0) this.#end()
    }
  }

  #readHead(head: string): void {
    const [first = '', ...lines] = head.split('\r\n')
    this.#status = Number(first.split(' ')[1])
    for (const line of lines) {
      const colon = line.indexOf(':')
      this.#headers.set(line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim())
    }
    this.#isChunked = this.#headers.get('transfer-encoding') === 'chunked'
    this.#left = this.#isChunked ? 0 : Number(this.#headers.get('content-length') ?? 0)
  }

  #takeChunks(bytes: Buffer): void {
    for (let at = 0; at < bytes.length; ) {
      if (this.#left > 0) {
        const here = Math.min(this.#left, bytes.length - at)
        // The last two bytes of what is left are the line end behind the chunk.
        const content = Math.max(0, Math.min(here, this.#left - 2))
        this.#count(bytes.subarray(at, at + content))
        this.#left -= here
        at += here
        if (this.#left === 0 && this.#isLastChunk) return this.#end()
        continue
      }
      const lineEnd = bytes.indexOf(10, at)
      this.#sizeLine += bytes.toString('latin1', at, lineEnd < 0 ? bytes.length : lineEnd)
      if (lineEnd < 0) return
      const size = Number.parseInt(this.#sizeLine, 16)
      if (!(size >= 0)) throw new Error('a chunk has no size')
      this.#sizeLine = ''
      this.#isLastChunk = size === 0
      this.#left = size + 2
      at = lineEnd + 1
    }
  }

  #count(bytes: Buffer): void {
    this.#bytes += bytes.length
    this.#kept?.push(Buffer.from(bytes)) // copied: the socket's buffer is used again
  }

  #end(): void {
    const now = performance.now()
    this.#whenWhole({
      status: this.#status,
      headers: this.#headers,
      bytes: this.#bytes,
      firstByteMs: this.#firstByteAt - this.#sentAt,
      wholeMs: now - this.#sentAt,
      body: this.#kept && Buffer.concat(this.#kept),
    })
  }
}
