// Which of many rows were met: numbers of rows, one bit each.

export class IdSet {
  #bits: Uint8Array<ArrayBuffer>

  constructor(bits: Uint8Array<ArrayBuffer> = new Uint8Array(1024)) {
    this.#bits = bits
  }

  /** For another thread. */
  get bits(): Uint8Array<ArrayBuffer> {
    return this.#bits
  }

  get count(): number {
    let count = 0
    for (const byte of this.#bits) for (let rest = byte; rest > 0; rest &= rest - 1) count += 1
    return count
  }

  add(id: number): void {
    const at = id >>> 3
    this.#makeRoom(at + 1)
    this.#bits[at] = (this.#bits[at] ?? 0) | (1 << (id & 7))
  }

  addAll({ bits }: IdSet): void {
    this.#makeRoom(bits.length)
    for (const [at, byte] of bits.entries()) this.#bits[at] = (this.#bits[at] ?? 0) | byte
  }

  has(id: number): boolean {
    return ((this.#bits[id >>> 3] ?? 0) & (1 << (id & 7))) !== 0
  }

  #makeRoom(length: number): void {
    if (length <= this.#bits.length) return
    const larger = new Uint8Array(Math.max(length, this.#bits.length * 2))
    larger.set(this.#bits)
    this.#bits = larger
  }
}
