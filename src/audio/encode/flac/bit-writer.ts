// Bits one after the other, the highest first.

export class BitWriter {
  #bytes = new Uint8Array(1024)
  #length = 0
  /** Not yet a byte: the lowest `#heldBits` of it. */
  #held = 0
  #heldBits = 0

  /** At most 24 bits of a number that is not negative. */
  write(value: number, bits: number): void {
    this.#held = ((this.#held << bits) | value) >>> 0
    this.#heldBits += bits
    while (this.#heldBits >= 8) {
      this.#heldBits -= 8
      this.#push((this.#held >>> this.#heldBits) & 0xff)
    }
    this.#held &= (1 << this.#heldBits) - 1
  }

  /** In two's complement. */
  writeSigned(value: number, bits: number): void {
    this.write(value & ((1 << bits) - 1), bits)
  }

  /** So many zeros, then a one. */
  writeUnary(zeros: number): void {
    let left = zeros
    for (; left >= 24; left -= 24) this.write(0, 24)
    this.write(1, left + 1)
  }

  /** Zeros up to the next whole byte. */
  align(): void {
    if (this.#heldBits > 0) this.write(0, 8 - this.#heldBits)
  }

  /** All whole bytes so far; valid until the next write. */
  get bytes(): Uint8Array {
    return this.#bytes.subarray(0, this.#length)
  }

  clear(): void {
    this.#length = 0
    this.#held = 0
    this.#heldBits = 0
  }

  #push(byte: number): void {
    if (this.#length === this.#bytes.length) {
      const larger = new Uint8Array(this.#length * 2)
      larger.set(this.#bytes)
      this.#bytes = larger
    }
    this.#bytes[this.#length] = byte
    this.#length += 1
  }
}
