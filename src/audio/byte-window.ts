// A window that moves forward over a file: the frames of FLAC and MP3 are cut out of it.

import type { ByteSource } from './byte-source.ts'

/** The first piece is small, so that the first sound comes early; later ones are large, so that reads are few. */
const firstPieceBytes = 16 * 1024
const largestPieceBytes = 256 * 1024

export class ByteWindow {
  /** What is in memory, from `offset` on. */
  bytes: Uint8Array = new Uint8Array(0)
  /** Where in the file `bytes` begins. */
  offset: number
  readonly #source: ByteSource
  #pieceBytes = firstPieceBytes

  constructor(source: ByteSource, offset: number) {
    this.#source = source
    this.offset = offset
  }

  get isAtEnd(): boolean {
    return this.offset + this.bytes.length >= this.#source.sizeBytes
  }

  /** Reads until at least `length` bytes are there; false when the file ends before. */
  async fill(length: number): Promise<boolean> {
    while (this.bytes.length < length && !this.isAtEnd) {
      const piece = await this.#source.read(this.offset + this.bytes.length, this.#pieceBytes)
      if (piece.length === 0) return false
      this.#pieceBytes = Math.min(largestPieceBytes, this.#pieceBytes * 2)
      const joined = new Uint8Array(this.bytes.length + piece.length)
      joined.set(this.bytes)
      joined.set(piece, this.bytes.length)
      this.bytes = joined
    }
    return this.bytes.length >= length
  }

  /** Forgets the first `length` bytes. */
  advance(length: number): void {
    this.offset += length
    this.bytes = this.bytes.subarray(length)
  }
}
