// What stands before the sound in a FLAC file (RFC 9639, section 8).

import type { ByteSource } from '../byte-source.ts'
import { cannotDecode } from '../decoder.ts'
import { id3v2Bytes } from '../id3.ts'

export interface SeekPoint {
  readonly firstSample: number
  /** From the first frame on. */
  readonly offset: number
}

export interface FlacMetadata {
  readonly blockFrames: number
  readonly longestFrameBytes: number
  readonly sampleRateHz: number
  readonly channels: number
  readonly bitsPerSample: number
  /** undefined: not told. */
  readonly lengthFrames: number | undefined
  readonly seekPoints: readonly SeekPoint[]
  /** Of the first frame, in the file. */
  readonly soundOffset: number
}

const mostBlocks = 1024
const mostSeekPoints = 65_536

export async function readMetadata(source: ByteSource): Promise<FlacMetadata> {
  let offset = (await id3v2Bytes(source, 0)) + 4
  let info: Omit<FlacMetadata, 'seekPoints' | 'soundOffset'> | undefined
  let seekPoints: SeekPoint[] = []
  for (let count = 0; count < mostBlocks; count += 1) {
    const head = await source.read(offset, 4)
    if (head.length < 4) throw cannotDecode('the file ends before its sound')
    const view = new DataView(head.buffer, head.byteOffset)
    const sizeBytes = view.getUint32(0) & 0xffffff
    const kind = view.getUint8(0) & 0x7f
    if (kind === 0) info = readStreamInfo(await source.read(offset + 4, 34))
    if (kind === 3)
      seekPoints = readSeekTable(await source.read(offset + 4, Math.min(sizeBytes, mostSeekPoints * 18)))
    offset += 4 + sizeBytes
    if (view.getUint8(0) < 0x80) continue
    if (info === undefined) throw cannotDecode('its format is missing')
    return { ...info, seekPoints, soundOffset: offset }
  }
  throw cannotDecode('its head never ends')
}

function readStreamInfo(bytes: Uint8Array) {
  if (bytes.length < 34) throw cannotDecode('its format is cut off')
  const view = new DataView(bytes.buffer, bytes.byteOffset)
  const packed = view.getUint32(10) // rate 20, channels 3, bits 5, upper 4 of the length
  const lengthFrames = (packed & 15) * 2 ** 32 + view.getUint32(14)
  const blockFrames = view.getUint16(2)
  const channels = ((packed >>> 9) & 7) + 1
  const bitsPerSample = ((packed >>> 4) & 31) + 1
  const sampleRateHz = packed >>> 12
  if (sampleRateHz < 1000 || sampleRateHz > 768_000)
    throw cannotDecode(`its sample rate is ${sampleRateHz} Hz`)
  // A frame that does not compress is a little longer than its samples; what the file says itself is not trusted.
  const longestFrameBytes = Math.ceil((blockFrames * channels * (bitsPerSample + 1)) / 8) + 64
  return {
    blockFrames,
    longestFrameBytes,
    sampleRateHz,
    channels,
    bitsPerSample,
    lengthFrames: lengthFrames === 0 ? undefined : lengthFrames,
  }
}

function readSeekTable(bytes: Uint8Array): SeekPoint[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const points: SeekPoint[] = []
  for (let at = 0; at + 18 <= bytes.length; at += 18) {
    const firstSample = view.getUint32(at) * 2 ** 32 + view.getUint32(at + 4)
    const offset = view.getUint32(at + 8) * 2 ** 32 + view.getUint32(at + 12)
    // Placeholders are all ones.
    if (firstSample < 2 ** 36 && offset < 2 ** 48) points.push({ firstSample, offset })
  }
  return points
}
