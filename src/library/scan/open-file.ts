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
    const isAhead =
      position >= this.#aheadFrom && position + target.length <= this.#aheadFrom + this.#aheadLength
    if (!isAhead) {
      // Not beyond the end: what is there is read with what stands before it, a small file as a whole.
      this.#aheadFrom = Math.max(0, Math.min(position, this.sizeBytes - readAheadBytes))
      const wanted = Math.max(position - this.#aheadFrom + target.length, this.sizeBytes - this.#aheadFrom)
      const window = this.#ahead.subarray(0, Math.min(readAheadBytes, wanted))
      this.#aheadLength = this.#readFully(window, this.#aheadFrom)
    }
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

  close(): void {
    closeSync(this.#descriptor)
    this.#aheadLength = 0
    spare = this.#ahead
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
