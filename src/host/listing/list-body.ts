// A long list as a body: its rows in pieces of some hundred.

import type { LargeBody } from '../http/large-body.ts'
import { giveBack, takeBuffer } from './buffer-pool.ts'
import type { RowEncoder } from './row-encoder.ts'
import { mostRowsAtOnce, type Run } from './row-field.ts'

export interface EncodedList {
  readonly encoder: RowEncoder
  readonly run: Run
  /** Of all rows of the run together. */
  readonly rowsBytes: number
  /** What stands in front of the first row and behind the last one. */
  readonly head: Uint8Array
  readonly tail: Uint8Array
}

/** About as much as is encoded in half a millisecond. */
const pieceBytes = 224 * 1024
const mostRows = mostRowsAtOnce

const sizes = new Uint32Array(mostRows)

export function listBody({ encoder, run, rowsBytes, head, tail }: EncodedList): LargeBody {
  const averageBytes = Math.max(1, rowsBytes / Math.max(1, run.count))
  const rowsPerPiece = Math.min(mostRows, Math.max(16, Math.floor(pieceBytes / averageBytes)))
  const pieceCount = Math.max(1, Math.ceil(run.count / rowsPerPiece))
  return {
    lengthBytes: head.length + rowsBytes + tail.length,
    pieceCount,
    piece(at) {
      const first = at * rowsPerPiece
      const count = Math.min(rowsPerPiece, run.count - first)
      const [front, back] = [at === 0 ? head : none, at === pieceCount - 1 ? tail : none]
      const part = { rows: run.rows, from: run.from + first, count }
      const length = encoder.measure(part, sizes)
      const buffer = takeBuffer(front.length + length + back.length)
      buffer.set(front)
      encoder.encode(part, sizes, targetIn(buffer), front.length)
      buffer.set(back, front.length + length)
      return {
        bytes: buffer.subarray(0, front.length + length + back.length),
        release: () => giveBack(buffer),
      }
    },
  }
}

const none = new Uint8Array(0)

export function targetIn(buffer: Buffer) {
  return { bytes: buffer, view: new DataView(buffer.buffer, buffer.byteOffset, buffer.byteLength) }
}
