// Where each frame of an MP3 file begins. Grows as far as it is asked: playing needs only what comes next.

import type { ByteSource } from '../byte-source.ts'
import { ByteWindow } from '../byte-window.ts'
import { cannotDecode } from '../decoder.ts'
import { type FrameHeader, isSameStream, readFrameHeader } from './frame-header.ts'

/** How far rubbish between frames is stepped over. */
const longestRubbishBytes = 128 * 1024
const headBytes = 4

export class FrameTable {
  readonly first: FrameHeader
  readonly #window: ByteWindow
  readonly #offsets: number[] = []
  readonly #sizes: number[] = []

  private constructor(window: ByteWindow, first: FrameHeader) {
    this.#window = window
    this.first = first
  }

  /** CANNOT_DECODE when no two frames in a row are found. */
  static async open(source: ByteSource, start: number): Promise<FrameTable> {
    const window = new ByteWindow(source, start)
    const first = await findFrame(window)
    if (first === undefined) throw cannotDecode('there is no MP3 sound in it')
    return new FrameTable(window, first)
  }

  /** The frame's place in the file; undefined past the last. */
  async place(index: number): Promise<{ offset: number; sizeBytes: number } | undefined> {
    while (this.#offsets.length <= index) {
      if (!(await this.#readOne())) return undefined
    }
    return { offset: this.#offsets[index] ?? 0, sizeBytes: this.#sizes[index] ?? 0 }
  }

  async #readOne(): Promise<boolean> {
    const window = this.#window
    await window.fill(headBytes)
    let header = readFrameHeader(window.bytes, 0)
    if (header === undefined || !isSameStream(header, this.first)) {
      header = await findFrame(window, this.first)
      if (header === undefined) return false
    }
    if (!(await window.fill(header.frameBytes))) return false // the last frame is cut off
    this.#offsets.push(window.offset)
    this.#sizes.push(header.frameBytes)
    window.advance(header.frameBytes)
    return true
  }
}

/** Steps forward to two frames in a row (or one that ends with the file). */
async function findFrame(window: ByteWindow, like?: FrameHeader): Promise<FrameHeader | undefined> {
  for (let stepped = 0; stepped < longestRubbishBytes; stepped += 1) {
    if (!(await window.fill(headBytes))) return undefined
    const header = readFrameHeader(window.bytes, 0)
    if (header !== undefined && (like === undefined || isSameStream(header, like))) {
      await window.fill(header.frameBytes + headBytes)
      const following = readFrameHeader(window.bytes, header.frameBytes)
      const isLast = window.isAtEnd && window.bytes.length === header.frameBytes
      if (isLast || (following !== undefined && isSameStream(header, following))) return header
    }
    window.advance(1)
  }
  return undefined
}
