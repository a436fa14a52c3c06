// Bytes of a file that was opened before: what was promised, or an error; never a silent rest.

import type { FileHandle } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { callbackify } from 'node:util'

const chunkBytes = 64 * 1024

/** Exactly `length` bytes from `start`; fails when the file has become shorter. Closes the file at its end. */
export function fileStream(file: FileHandle, start: number, length: number): Readable {
  const end = start + length
  const close = callbackify(() => file.close())
  let position = start

  async function readNext(): Promise<Uint8Array | null> {
    if (position === end) return null
    const { bytesRead, buffer } = await file.read({
      buffer: Buffer.allocUnsafe(Math.min(chunkBytes, end - position)),
      position,
    })
    if (bytesRead === 0) throw new Error('the file has become shorter while it was sent')
    position += bytesRead
    return buffer.subarray(0, bytesRead)
  }

  return new Readable({
    highWaterMark: chunkBytes,
    read() {
      readNext().then(
        (chunk) => this.push(chunk),
        (error: Error) => this.destroy(error),
      )
    },
    destroy(error, done) {
      close((closing) => done(error ?? closing))
    },
  })
}
