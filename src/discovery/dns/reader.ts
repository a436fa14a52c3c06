// Reads numbers, bytes and names from a packet; every step is checked against its end.

import { KnownError } from '../../errors.ts'
import { type Label, longestNameBytes } from './name.ts'

/** The two high bits of a length byte say what it is (RFC 1035 4.1.4). */
const pointerBits = 0xc0
/** A name has at most 127 labels; whoever needs more pointers than that wants to keep us busy. */
const mostPointers = 127

export class ByteReader {
  offset = 0
  readonly #bytes: Uint8Array
  readonly #view: DataView
  /** Names by where they start: most of a packet points to a few of them. */
  readonly #names = new Map<number, readonly Label[]>()

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }

  fail(reason: string, offset = this.offset): never {
    throw new KnownError('BAD_PACKET', { offset, reason })
  }

  need(length: number): void {
    if (this.offset + length > this.#bytes.length) this.fail('packet ends too early')
  }

  uint8(): number {
    this.need(1)
    this.offset += 1
    return this.#view.getUint8(this.offset - 1)
  }

  uint16(): number {
    this.need(2)
    this.offset += 2
    return this.#view.getUint16(this.offset - 2)
  }

  uint32(): number {
    this.need(4)
    this.offset += 4
    return this.#view.getUint32(this.offset - 4)
  }

  /** A copy: what we keep must not pin or follow the socket's buffer. */
  take(length: number): Uint8Array {
    this.need(length)
    this.offset += length
    return this.#bytes.slice(this.offset - length, this.offset)
  }

  name(): readonly Label[] {
    const start = this.offset
    const target = this.#pointedAt(start)
    const known = target === undefined ? undefined : this.#names.get(target)
    if (known) {
      this.offset += 2
      return known
    }
    const labels = this.#newName()
    this.#names.set(start, labels)
    return labels
  }

  /** Where a name that is nothing but a pointer leads. */
  #pointedAt(start: number): number | undefined {
    const [high = 0, low] = this.#bytes.subarray(start, start + 2)
    if ((high & pointerBits) !== pointerBits || low === undefined) return undefined
    return ((high & ~pointerBits) << 8) | low
  }

  #newName(): Label[] {
    const labels: Label[] = []
    let lengthBytes = 1
    // Pointers go backward only, each before the last one: so none can loop.
    let barrier = this.offset
    let resumeAt: number | undefined
    let pointers = 0
    for (;;) {
      const start = this.offset
      const length = this.uint8()
      if (length === 0) break
      if ((length & pointerBits) === pointerBits) {
        const target = ((length & ~pointerBits) << 8) | this.uint8()
        pointers += 1
        if (target >= barrier) this.fail('name pointer does not go backward', start)
        if (pointers > mostPointers) this.fail('name has too many pointers', start)
        resumeAt ??= this.offset
        barrier = target
        this.offset = target
      } else if ((length & pointerBits) !== 0) {
        this.fail('label of an unknown kind', start)
      } else {
        lengthBytes += 1 + length
        if (lengthBytes > longestNameBytes) this.fail('name too long', start)
        labels.push(this.take(length))
      }
    }
    if (resumeAt !== undefined) this.offset = resumeAt
    return labels
  }
}
