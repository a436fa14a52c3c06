// Writes numbers, bytes and names; remembers where each name ended up, to point back at it.

import type { Name } from './name.ts'

/** A pointer has 14 bits (RFC 1035 4.1.4). */
const farthestPointer = 0x3fff

export class ByteWriter {
  #bytes = new Uint8Array(512)
  #length = 0
  readonly #compresses: boolean
  readonly #compressesSrv: boolean
  readonly #offsets = new Map<string, number>()

  constructor({
    compresses = true,
    compressesSrv = true,
  }: { compresses?: boolean; compressesSrv?: boolean } = {}) {
    this.#compresses = compresses
    this.#compressesSrv = compresses && compressesSrv
  }

  get length(): number {
    return this.#length
  }

  bytes(): Uint8Array {
    return this.#bytes.slice(0, this.#length)
  }

  uint8(value: number): void {
    this.#grow(1)
    this.#bytes[this.#length] = value
    this.#length += 1
  }

  uint16(value: number): void {
    this.uint8(value >> 8)
    this.uint8(value & 0xff)
  }

  uint32(value: number): void {
    this.uint16(value >>> 16)
    this.uint16(value & 0xffff)
  }

  put(bytes: Uint8Array): void {
    this.#grow(bytes.length)
    this.#bytes.set(bytes, this.#length)
    this.#length += bytes.length
  }

  /** A 16-bit length, then what `write` writes. */
  sized(write: () => void): void {
    const start = this.#length
    this.uint16(0)
    write()
    const length = this.#length - start - 2
    this.#bytes[start] = length >> 8
    this.#bytes[start + 1] = length & 0xff
  }

  name(name: Name): void {
    for (const [index, label] of name.entries()) {
      const key = exactKey(name, index)
      const known = this.#offsets.get(key)
      if (known !== undefined) return this.uint16(0xc000 | known)
      if (this.#compresses && this.#length <= farthestPointer) this.#offsets.set(key, this.#length)
      this.uint8(label.length)
      this.put(label)
    }
    this.uint8(0)
  }

  srvTarget(name: Name): void {
    if (this.#compressesSrv) return this.name(name)
    for (const label of name) {
      this.uint8(label.length)
      this.put(label)
    }
    this.uint8(0)
  }

  #grow(more: number): void {
    if (this.#length + more <= this.#bytes.length) return
    const larger = new Uint8Array(Math.max(this.#bytes.length * 2, this.#length + more))
    larger.set(this.#bytes)
    this.#bytes = larger
  }
}

/** Letters as they are: a pointer must not change the spelling of a name. */
function exactKey(name: Name, from: number): string {
  return name
    .slice(from)
    .map((label) => `${String.fromCharCode(label.length)}${String.fromCharCode(...label)}`)
    .join('')
}
