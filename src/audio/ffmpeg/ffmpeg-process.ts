// One run of ffmpeg: bytes come out of it as they are asked for, and what it complained of.

import { type ChildProcessByStdio, spawn } from 'node:child_process'
import type { Readable } from 'node:stream'
import { cannotDecode } from '../decoder.ts'

/** A disk that wakes up takes ten seconds; who takes longer hangs. */
const patienceMs = 20_000
const longestComplaint = 200

export class FfmpegProcess {
  readonly #child: ChildProcessByStdio<null, Readable, Readable>
  readonly #pieces: AsyncIterator<Buffer>
  #rest: Buffer = Buffer.alloc(0)
  #complaint = ''
  #isEnded = false

  constructor(program: string, args: readonly string[]) {
    this.#child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], windowsHide: true })
    this.#child.on('error', (error) => {
      this.#complaint = error.message
    })
    this.#child.stderr.on('data', (words: Buffer) => {
      if (this.#complaint.length < longestComplaint) this.#complaint += words.toString('utf8')
    })
    this.#child.stdout.on('error', () => {}) // ended by us
    this.#pieces = this.#child.stdout[Symbol.asyncIterator]() as AsyncIterator<Buffer>
  }

  /** Its first line of trouble, fit to be shown. */
  get complaint(): string {
    const [line = ''] = this.#complaint.trim().split('\n', 1)
    // It may quote the file.
    return line.replace(/\p{C}/gu, '').slice(0, longestComplaint) || 'nothing'
  }

  /** So many bytes, fewer only at the end; undefined after it. */
  async read(length: number): Promise<Buffer | undefined> {
    while (this.#rest.length < length) {
      const piece = await this.#nextPiece()
      if (piece === undefined) break
      this.#rest = this.#rest.length === 0 ? piece : Buffer.concat([this.#rest, piece])
    }
    if (this.#rest.length === 0) return undefined
    const bytes = this.#rest.subarray(0, length)
    this.#rest = this.#rest.subarray(bytes.length)
    return bytes
  }

  end(): void {
    this.#isEnded = true
    this.#child.kill('SIGKILL')
    this.#child.stdout.destroy()
    this.#child.stderr.destroy()
  }

  async #nextPiece(): Promise<Buffer | undefined> {
    let isTooLong = false
    const patience = setTimeout(() => {
      isTooLong = true
      this.end()
    }, patienceMs)
    try {
      const next = await this.#pieces.next()
      return next.done ? undefined : next.value
    } catch (cause) {
      if (isTooLong) throw cannotDecode('ffmpeg does not answer', cause)
      if (this.#isEnded) return undefined
      throw cannotDecode('ffmpeg broke down', cause)
    } finally {
      clearTimeout(patience)
    }
  }
}
