// A file opened for reading with a read-ahead, synchronously: in a worker that is ten times as quick as
// asking the thread pool for each small piece.

import { closeSync, constants, openSync, readSync } from 'node:fs'

const readAheadBytes = 64 * 1024
/** The read-ahead of a file that was closed, for the next one. */
let spare: Uint8Array | undefined

export class OpenFile {
  readonly path: string
  readonly sizeBytes: number
  readonly #descriptor: number
  readonly #ahead: Uint8Array
  #aheadFrom = 0
  #aheadLength = 0

  constructor(path: string, sizeBytes: number) {
    this.path = path
    this.sizeBytes = sizeBytes
    // Non-blocking: should a pipe have taken the file's place, opening it must not wait for a writer.
    this.#descriptor = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
    this.#ahead = spare ?? new Uint8Array(readAheadBytes)
    spare = undefined
  }

  /** Fills `target` from `position` on; fewer bytes only at the end of the file. */
  readInto(target: Uint8Array, position: number): number {
    if (target.length > readAheadBytes) return this.#readFully(target, position)
    this.#readAhead(position, target.length)
    const from = position - this.#aheadFrom
    const length = Math.max(0, Math.min(target.length, this.#aheadLength - from))
    target.set(this.#ahead.subarray(from, from + length))
    return length
  }

  /** The bytes there, fewer at the end of the file. */
  read(position: number, length: number): Uint8Array {
    const target = new Uint8Array(Math.max(0, Math.min(length, this.sizeBytes - position)))
    return target.subarray(0, this.readInto(target, position))
  }

  /** The same without a copy, of no more than the read-ahead holds; to be looked at before anything else is read. */
  look(position: number, length: number): Uint8Array {
    const there = Math.max(0, Math.min(length, this.sizeBytes - position))
    if (there > readAheadBytes) throw new RangeError('more than the read-ahead holds')
    this.#readAhead(position, there)
    const from = position - this.#aheadFrom
    return this.#ahead.subarray(from, Math.min(from + there, this.#aheadLength))
  }

  close(): void {
    closeSync(this.#descriptor)
    this.#aheadLength = 0
    spare = this.#ahead
  }

  /** So many bytes from a position on are in the read-ahead afterwards, as far as the file has them. */
  #readAhead(position: number, length: number): void {
    const end = this.#aheadFrom + this.#aheadLength
    if (position >= this.#aheadFrom && position + length <= end) return
    // Not beyond the end: what is there is read with what stands before it, a small file as a whole.
    this.#aheadFrom = Math.max(0, Math.min(position, this.sizeBytes - readAheadBytes))
    const wanted = Math.max(position - this.#aheadFrom + length, this.sizeBytes - this.#aheadFrom)
    const window = this.#ahead.subarray(0, Math.min(readAheadBytes, wanted))
    this.#aheadLength = this.#readFully(window, this.#aheadFrom)
  }

  #readFully(target: Uint8Array, position: number): number {
    let done = 0
    while (done < target.length) {
      const length = readSync(this.#descriptor, target, done, target.length - done, position + done)
      if (length === 0) break
      done += length
    }
    return done
  }
}
