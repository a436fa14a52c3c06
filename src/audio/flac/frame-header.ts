// The head of a FLAC frame (RFC 9639, section 9.1).

import { crc8 } from './crc.ts'

export interface FrameHeader {
  readonly headerBytes: number
  readonly blockFrames: number
  /** Number of the frame, or of its first sample when block sizes vary. */
  readonly number: number
  readonly isVariable: boolean
  readonly channels: number
}

/** Longest head: 2 sync, 2 codes, 7 number, 2 block size, 2 rate, 1 checksum. */
export const longestHeaderBytes = 16

const reserved = 0

function blockFramesOf(code: number): number {
  if (code === 1) return 192
  if (code >= 2 && code <= 5) return 576 * 2 ** (code - 2)
  if (code >= 8) return 256 * 2 ** (code - 8)
  return reserved // 6 and 7: written after the number
}

/** The head at `at`, or undefined when there is none (or it is cut off). */
export function readFrameHeader(bytes: Uint8Array, at: number): FrameHeader | undefined {
  if (bytes[at] !== 0xff || ((bytes[at + 1] ?? 0) & 0xfe) !== 0xf8) return undefined
  const sizes = bytes[at + 2] ?? 0
  const channelsAndBits = bytes[at + 3] ?? 0
  const sizeCode = sizes >> 4
  const rateCode = sizes & 15
  const channelCode = channelsAndBits >> 4
  if (sizeCode === 0 || rateCode === 15 || channelCode > 10 || (channelsAndBits & 1) !== 0) return undefined

  const number = readNumber(bytes, at + 4)
  if (number === undefined) return undefined
  let end = at + 4 + number.bytes
  let blockFrames = blockFramesOf(sizeCode)
  if (sizeCode === 6) blockFrames = (bytes[end] ?? 0) + 1
  if (sizeCode === 7) blockFrames = (((bytes[end] ?? 0) << 8) | (bytes[end + 1] ?? 0)) + 1
  end += sizeCode === 6 ? 1 : sizeCode === 7 ? 2 : 0
  end += rateCode === 12 ? 1 : rateCode > 12 ? 2 : 0
  if (end >= bytes.length || crc8(bytes, at, end) !== bytes[end]) return undefined
  return {
    headerBytes: end + 1 - at,
    blockFrames,
    number: number.value,
    isVariable: ((bytes[at + 1] ?? 0) & 1) === 1,
    channels: channelCode < 8 ? channelCode + 1 : 2,
  }
}

/** A number written like UTF-8, up to 36 bits in 7 bytes. */
function readNumber(bytes: Uint8Array, at: number): { value: number; bytes: number } | undefined {
  const first = bytes[at] ?? 0xff
  if (first < 0x80) return { value: first, bytes: 1 }
  const length = Math.clz32(~(first << 24))
  if (length < 2 || length > 7) return undefined
  let value = first & (0x7f >> length)
  for (let index = 1; index < length; index += 1) {
    const next = bytes[at + index] ?? 0
    if ((next & 0xc0) !== 0x80) return undefined
    value = value * 64 + (next & 0x3f) // not by shifts: 36 bits
  }
  return { value, bytes: length }
}
