// Rows of a long list as bytes, without the many small arrays of a tree.

import type { ContentCode } from './content-codes.ts'
import { factsOf, headerBytes, type Target, writeValue } from './encode.ts'
import type { ValueOf } from './node.ts'

/** A buffer that grows as needed and is used again and again. */
export class DmapWriter {
  #target: Target = targetOf(new Uint8Array(64 * 1024))
  #length = 0

  /** Bytes written since the last `take` or `clear`. */
  get length(): number {
    return this.#length
  }

  clear(): void {
    this.#length = 0
  }

  /** A copy of what was written; the writer starts again. */
  take(): Uint8Array {
    const taken = this.#target.bytes.slice(0, this.#length)
    this.#length = 0
    return taken
  }

  /** One element that holds no others; a number is clipped to its width. */
  write<Code extends ContentCode>(code: Code, value: ValueOf<Code> & (string | number | bigint)): void {
    // A UTF-16 unit takes three bytes at most.
    this.#makeRoomFor(headerBytes + (typeof value === 'string' ? 3 * value.length : 8))
    const { letters, type } = factsOf(code)
    const start = this.#length
    this.#target.view.setUint32(start, letters)
    this.#length = writeValue(this.#target, start + headerBytes, type, value)
    this.#target.view.setUint32(start + 4, this.#length - start - headerBytes)
  }

  /** Opens a container; `end` with what this returned closes it. */
  begin(code: ContentCode): number {
    this.#makeRoomFor(headerBytes)
    const start = this.#length
    this.#target.view.setUint32(start, factsOf(code).letters)
    this.#length = start + headerBytes
    return start
  }

  end(start: number): void {
    this.#target.view.setUint32(start + 4, this.#length - start - headerBytes)
  }

  #makeRoomFor(more: number): void {
    const { bytes } = this.#target
    if (this.#length + more <= bytes.length) return
    const larger = new Uint8Array(Math.max(2 * bytes.length, this.#length + more))
    larger.set(bytes.subarray(0, this.#length))
    this.#target = targetOf(larger)
  }
}

/** A container's eight bytes in front of what it holds. */
export function containerHeader(code: ContentCode, lengthBytes: number): Uint8Array {
  const header = new Uint8Array(headerBytes)
  const view = new DataView(header.buffer)
  view.setUint32(0, factsOf(code).letters)
  view.setUint32(4, lengthBytes)
  return header
}

function targetOf(bytes: Uint8Array): Target {
  return { bytes, view: new DataView(bytes.buffer) }
}
