// A body too large to be made at once: pieces that are made while it is sent (body-pump.ts sends them).

export interface LargeBody {
  readonly lengthBytes: number
  readonly pieceCount: number
  /** About half a millisecond of work. The same bytes whenever it is asked for. */
  piece(at: number): Piece
  /** Where zipped pieces are kept for others who ask; undefined while nothing is. */
  readonly zips?: ZipShelf | undefined
}

export interface Piece {
  readonly bytes: Uint8Array
  /** The bytes are not read any more: their memory may be used again. To be called once. */
  release(): void
}

export interface ZippedPiece {
  readonly bytes: Uint8Array
  /** CRC-32 of the plain bytes from the first piece up to the end of this one. */
  readonly crcAfter: number
}

export interface ZipShelf {
  get(at: number): ZippedPiece | undefined
  /** Keeps a copy, as the bytes may be part of something larger. */
  put(at: number, piece: ZippedPiece): void
}

export function isLargeBody(body: object | undefined): body is LargeBody {
  return body !== undefined && 'pieceCount' in body
}

/** From here on a body is sent in pieces: the kernel takes about as long to copy bytes as we to make them. */
export const largeBytes = 256 * 1024

/** Bytes that are there already, sent piece by piece. */
export function piecesOf(bytes: Uint8Array): LargeBody {
  return {
    lengthBytes: bytes.length,
    pieceCount: Math.ceil(bytes.length / largeBytes),
    piece: (at) => ({ bytes: bytes.subarray(at * largeBytes, (at + 1) * largeBytes), release() {} }),
  }
}
