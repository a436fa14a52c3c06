// A body zipped piece by piece, each on its own, so that pieces can be kept and shared: together they are one gzip stream.

import { constants, crc32, deflateRaw } from 'node:zlib'
import type { LargeBody, ZippedPiece } from './large-body.ts'

/** RFC 1952: magic, deflate, no flags, no time, fastest, unknown system. */
const gzipHead = Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 4, 0xff)
/** An empty last block of deflate, fixed codes (RFC 1951, 3.2.6). */
const lastBlock = [0x03, 0x00]
/**
 * Each piece ends on a byte and looks back at nothing before it. It is zipped in one go: where what comes out fills the
 * room for it, as it does Node's usual 16 KB, it goes to another thread and back once more.
 */
const options = { level: 1, finishFlush: constants.Z_FULL_FLUSH, chunkSize: 64 * 1024 }

export interface Zipper {
  /** Bytes to send next, once they are there; `onMore` is called when others may be. Throws what zipping failed with. */
  take(onMore: () => void): Uint8Array | undefined
  /** There is something for `take` to do at once. */
  readonly isReady: boolean
  /** Everything was taken. */
  readonly isDone: boolean
}

/** `most`: pieces that are being zipped or wait to be taken. */
export function zipperOf(body: LargeBody, most: number): Zipper {
  const made: (ZippedPiece | Error | undefined)[] = []
  /** Of the pieces started so far. */
  let crc = 0
  let started = 0
  let taken = -1 // the head is before the first piece
  const canStart = () => started < body.pieceCount && started - Math.max(0, taken) < most

  function start(onMore: () => void): void {
    const at = started
    started += 1
    const kept = body.zips?.get(at)
    if (kept) {
      crc = kept.crcAfter
      made[at] = kept
      return
    }
    const piece = body.piece(at)
    crc = crc32(piece.bytes, crc)
    const crcAfter = crc
    deflateRaw(piece.bytes, options, (error, bytes) => {
      piece.release()
      made[at] = error ?? { bytes, crcAfter }
      if (!error) body.zips?.put(at, { bytes, crcAfter })
      onMore()
    })
  }

  return {
    take(onMore) {
      if (canStart()) start(onMore)
      if (taken === -1) {
        taken = 0
        return gzipHead
      }
      if (taken === body.pieceCount) {
        taken += 1
        return gzipTail(crc, body.lengthBytes)
      }
      const next = made[taken]
      if (next === undefined) return undefined
      if (next instanceof Error) throw next
      made[taken] = undefined
      taken += 1
      return next.bytes
    },
    get isReady() {
      return canStart() || made[taken] !== undefined || taken === body.pieceCount
    },
    get isDone() {
      return taken > body.pieceCount
    },
  }
}

/** Both numbers have their low byte first, the length modulo 2^32. */
function gzipTail(crc: number, lengthBytes: number): Uint8Array {
  const tail = new Uint8Array(10)
  tail.set(lastBlock)
  const view = new DataView(tail.buffer)
  view.setUint32(2, crc, true)
  view.setUint32(6, lengthBytes, true)
  return tail
}
