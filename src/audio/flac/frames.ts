// Cuts a FLAC file into its frames. A frame has no length of its own: it ends where its checksum fits
// and the next head (or the end of the sound) begins.

import type { ByteSource } from '../byte-source.ts'
import { ByteWindow } from '../byte-window.ts'
import { cannotDecode } from '../decoder.ts'
import { crc16Table } from './crc.ts'
import { type FrameHeader, longestHeaderBytes, readFrameHeader } from './frame-header.ts'
import type { FlacMetadata } from './metadata.ts'

export interface Frame {
  readonly bytes: Uint8Array
  /** Where in the file it begins. */
  readonly offset: number
  readonly firstSample: number
  readonly blockFrames: number
}

/** Shortest thinkable frame: head, a constant per channel, checksum. */
const shortestFrameBytes = 8

/** Looking through a file made of nothing but false heads must come to an end. */
const mostFalseHeads = 100

export class FrameCutter {
  readonly #window: ByteWindow
  readonly #metadata: FlacMetadata

  constructor(source: ByteSource, metadata: FlacMetadata, offset: number) {
    this.#window = new ByteWindow(source, offset)
    this.#metadata = metadata
  }

  /** The frame that begins here; undefined at the end. */
  async next(): Promise<Frame | undefined> {
    const window = this.#window
    await window.fill(longestHeaderBytes)
    if (window.bytes.length === 0) return undefined
    const header = readFrameHeader(window.bytes, 0)
    if (header === undefined) {
      if (await this.#isTagAtEnd()) return undefined
      throw cannotDecode('it is damaged')
    }
    const length = await this.#frameLength(header)
    if (length === undefined) throw cannotDecode('it is damaged or cut off')
    const frame = {
      bytes: window.bytes.subarray(0, length),
      offset: window.offset,
      firstSample: this.#firstSample(header),
      blockFrames: header.blockFrames,
    }
    window.advance(length)
    return frame
  }

  /** Steps forward to the next place where a whole frame begins; undefined when none comes within two frames' bytes. */
  async findFrame(): Promise<Frame | undefined> {
    const window = this.#window
    let falseHeads = 0
    const reach = 2 * this.#metadata.longestFrameBytes
    await window.fill(reach + longestHeaderBytes)
    for (let stepped = 0; stepped < reach && window.bytes.length > shortestFrameBytes; stepped += 1) {
      const header = readFrameHeader(window.bytes, 0)
      if (header !== undefined && this.#fits(header)) {
        if ((await this.#frameLength(header)) !== undefined) return this.next()
        falseHeads += 1
        if (falseHeads === mostFalseHeads) return undefined
      }
      window.advance(1)
    }
    return undefined
  }

  /** Length of the frame at the window's start; undefined when it has no valid end. */
  async #frameLength(header: FrameHeader): Promise<number | undefined> {
    const window = this.#window
    const longest = this.#metadata.longestFrameBytes
    await window.fill(longest + longestHeaderBytes)
    const { bytes } = window
    const end = Math.min(bytes.length, longest)
    let crc = 0
    let lastFit: number | undefined
    for (let length = 0; length <= end; length += 1) {
      // Over a frame with its own checksum at the end the sum is 0.
      if (crc === 0 && length >= shortestFrameBytes) {
        const following = readFrameHeader(bytes, length)
        if (following !== undefined && this.#follows(header, following)) return length
        lastFit = length
        if (window.isAtEnd && length === bytes.length) return length
      }
      crc = ((crc << 8) & 0xff00) ^ (crc16Table[((crc >> 8) ^ (bytes[length] ?? 0)) & 0xff] ?? 0)
    }
    // The last frame with a tag of another program behind it.
    return window.isAtEnd ? lastFit : undefined
  }

  #firstSample(header: FrameHeader): number {
    return header.isVariable ? header.number : header.number * this.#metadata.blockFrames
  }

  #fits(header: FrameHeader): boolean {
    const { channels, blockFrames, lengthFrames = Number.MAX_SAFE_INTEGER } = this.#metadata
    return (
      header.channels === channels &&
      (header.isVariable || header.blockFrames <= blockFrames) &&
      this.#firstSample(header) < lengthFrames
    )
  }

  #follows(header: FrameHeader, following: FrameHeader): boolean {
    return (
      following.isVariable === header.isVariable &&
      following.number === header.number + (header.isVariable ? header.blockFrames : 1)
    )
  }

  /** ID3v1 ("TAG") and APE tags ("APETAGEX") are put behind the sound by some programs. */
  async #isTagAtEnd(): Promise<boolean> {
    const start = String.fromCharCode(...this.#window.bytes.subarray(0, 3))
    return start === 'TAG' || start === 'APE'
  }
}
