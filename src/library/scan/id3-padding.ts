// The empty room at the end of an ID3v2 tag. music-metadata takes each ten bytes of it for a frame and warns of it: some
// megabytes take it seconds and hundreds of megabytes. So it is shown one frame that holds all of the room.
// Source: id3.org, id3v2.3.0 and id3v2.4.0, section 3.

import type { OpenFile } from './open-file.ts'

const headBytes = 10
/** With less it is not worth it. */
const leastBytes = 100
/** More frames than any tag has. */
const mostFrames = 2000
const isUnusual = 0b1110_0000 // unsynchronised, with an extended header, experimental

/** Bytes to be seen in place of those of the file. */
export interface Overlay {
  readonly at: number
  readonly bytes: Uint8Array
}

/** Undefined where there is nothing to hide. */
export function paddingAsFrame(file: OpenFile): Overlay | undefined {
  const head = file.read(0, headBytes)
  const [i, d, three, version = 0, , flags = 0] = head
  const isTag = i === 0x49 && d === 0x44 && three === 0x33 && (version === 3 || version === 4)
  if (!isTag || (flags & isUnusual) !== 0) return undefined
  const end = headBytes + syncSafe(head, 6)
  let at = headBytes
  for (let frame = 0; frame < mostFrames && at + leastBytes < end; frame++) {
    const frameHead = file.read(at, headBytes)
    if (frameHead.length < headBytes) return undefined
    if (frameHead[0] === 0) return { at, bytes: privateFrame(end - at - headBytes, version) }
    at += headBytes + (version === 4 ? syncSafe(frameHead, 4) : bigEndian(frameHead, 4))
  }
  return undefined
}

function privateFrame(length: number, version: number): Uint8Array {
  const shift = version === 4 ? 7 : 8
  const size = [3, 2, 1, 0].map((place) => (length >> (place * shift)) & (2 ** shift - 1))
  return Uint8Array.of(0x50, 0x52, 0x49, 0x56, ...size, 0, 0) // PRIV
}

function syncSafe(bytes: Uint8Array, at: number): number {
  return [0, 1, 2, 3].reduce((size, place) => (size << 7) | ((bytes[at + place] ?? 0) & 0x7f), 0)
}

function bigEndian(bytes: Uint8Array, at: number): number {
  return [0, 1, 2, 3].reduce((size, place) => size * 256 + (bytes[at + place] ?? 0), 0)
}
