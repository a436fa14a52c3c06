// The first frame of most MP3 files holds no sound but facts about the rest.
// Source: "Mp3 Info Tag revision 1" (LAME), and the Xing header it extends.

import type { FrameHeader } from './frame-header.ts'

export interface InfoFrame {
  /** Frames that follow, where told. */
  readonly frameCount: number | undefined
  /** Samples that the encoder put before and behind the sound, where told. */
  readonly padding: { readonly startSamples: number; readonly endSamples: number } | undefined
}

const hasFrames = 1
const hasBytes = 2
const hasTable = 4
const hasQuality = 8
/** From the encoder's name to its two 12-bit numbers. */
const delaysOffset = 21

/** undefined: an ordinary frame with sound. */
export function readInfoFrame(frame: Uint8Array, header: FrameHeader): InfoFrame | undefined {
  let at = 4 + header.sideBytes
  const name = text(frame, at, 4)
  if (name !== 'Xing' && name !== 'Info') {
    // Fraunhofer's own, always 32 bytes after the head: a count, but no delays.
    if (text(frame, 36, 4) !== 'VBRI') return undefined
    return { frameCount: uint32(frame, 50), padding: undefined }
  }
  const flags = uint32(frame, at + 4)
  at += 8
  const frameCount = flags & hasFrames ? uint32(frame, at) : undefined
  at += (flags & hasFrames ? 4 : 0) + (flags & hasBytes ? 4 : 0) + (flags & hasTable ? 100 : 0)
  at += flags & hasQuality ? 4 : 0
  const encoder = text(frame, at, 4)
  const isTold = encoder === 'LAME' || encoder === 'Lavf' || encoder === 'Lavc' || encoder === 'GOGO'
  if (!isTold || at + delaysOffset + 3 > frame.length) return { frameCount, padding: undefined }
  const delays = uint32(frame, at + delaysOffset) >>> 8
  return { frameCount, padding: { startSamples: delays >> 12, endSamples: delays & 0xfff } }
}

function text(bytes: Uint8Array, at: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + length))
}

function uint32(bytes: Uint8Array, at: number): number {
  const [b0 = 0, b1 = 0, b2 = 0, b3 = 0] = bytes.subarray(at, at + 4)
  return b0 * 2 ** 24 + ((b1 << 16) | (b2 << 8) | b3)
}
