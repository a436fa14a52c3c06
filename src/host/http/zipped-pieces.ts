// A body zipped piece by piece, each on its own, so that pieces can be kept and shared: together they are one gzip stream.

import { constants, crc32, createDeflateRaw, type DeflateRaw } from 'node:zlib'
import type { LargeBody, ZippedPiece } from './large-body.ts'

/** RFC 1952: magic, deflate, no flags, no time, fastest, unknown system. */
const gzipHead = Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 4, 0xff)
/** An empty last block of deflate, fixed codes (RFC 1951, 3.2.6). */
const lastBlock = [0x03, 0x00]
/**
 * Each piece ends on a byte and looks back at nothing before it. What comes out of several has room in one buffer: where
 * one is full, zipping goes to another thread and back once more.
 */
const options = { level: 1, flush: constants.Z_FULL_FLUSH, chunkSize: 256 * 1024 }

export interface Zipper {
  /** Bytes to send next, once they are there; `onMore` is called when others may be. Throws what zipping failed with. */
  take(onMore: () => void): Uint8Array | undefined
  /** There is something for `take` to do at once. */
  readonly isReady: boolean
  /** Everything was taken. */
  readonly isDone: boolean
  /** Nothing more is taken: what is being zipped is finished, kept where zips are kept, and forgotten. */
  end(): void
}

/**
 * `most`: pieces that are being zipped or wait to be taken. One thread zips them, in turn: making the next one keeps
 * this one as busy, and with more threads than that they wait for each other.
 */
export function zipperOf(body: LargeBody, most: number): Zipper {
  const made: (ZippedPiece | Error | undefined)[] = []
  let deflater: Deflater | undefined
  /** Of the pieces started so far. */
  let crc = 0
  let started = 0
  let taken = -1 // the head is before the first piece
  const canStart = () => started < body.pieceCount && started - Math.max(0, taken) < most

  async function start(onMore: () => void): Promise<void> {
    const at = started
    started += 1
    const kept = body.zips?.get(at)
    if (kept) {
      crc = kept.crcAfter
      made[at] = kept
      return
    }
    try {
      const piece = body.piece(at)
      crc = crc32(piece.bytes, crc)
      const crcAfter = crc
      deflater ??= new Deflater()
      const bytes = await deflater.zipped(piece.bytes).finally(piece.release)
      made[at] = { bytes, crcAfter }
      body.zips?.put(at, { bytes, crcAfter })
    } catch (error) {
      made[at] = error as Error
    }
    onMore()
  }

  return {
    take(onMore) {
      if (canStart()) void start(onMore)
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
    end() {
      deflater?.end()
    },
  }
}

/** Zips one piece after the other. To begin takes as long as to zip one, so it is begun once for many. */
class Deflater {
  readonly #stream: DeflateRaw = createDeflateRaw(options)
  readonly #waiting = new Set<(error: Error) => void>()
  #parts: Uint8Array[] = []
  #hasEnded = false

  constructor() {
    this.#stream.on('data', (part: Buffer) => this.#parts.push(part))
    // Of a write under way the stream tells nothing then.
    this.#stream.on('error', (error) => {
      for (const reject of this.#waiting) reject(error)
      this.#waiting.clear()
    })
  }

  zipped(bytes: Uint8Array): Promise<Uint8Array> {
    return new Promise((resolve, reject) => {
      this.#waiting.add(reject)
      this.#stream.write(bytes, (error) => {
        const parts = this.#parts
        this.#parts = []
        this.#waiting.delete(reject)
        const failure = error ?? this.#stream.errored
        if (failure) reject(failure)
        else resolve(parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts))
        if (this.#hasEnded) this.end()
      })
    })
  }

  /** What waits is zipped first: torn out of it, half a piece would pass for a whole one. */
  end(): void {
    this.#hasEnded = true
    if (this.#waiting.size === 0) this.#stream.destroy()
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
