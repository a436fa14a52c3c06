// FLAC (RFC 9639): we cut the frames, libFLAC decodes them.

import { FLACDecoder } from '@wasm-audio-decoders/flac'
import type { ByteSource } from '../byte-source.ts'
import { cannotDecode, type Decoder } from '../decoder.ts'
import { interleaveStereo } from '../stereo.ts'
import { exact } from './exact.ts'
import { type Frame, FrameCutter } from './frames.ts'
import { type FlacMetadata, readMetadata } from './metadata.ts'

/** Below this distance frames are stepped over one by one; above, the middle is tried. */
const walkBytes = 128 * 1024

/** Compiles the wasm module once per process, so that the first song does not wait for it. */
export async function warmFlac(): Promise<void> {
  const decoder = new FLACDecoder()
  await decoder.ready
  decoder.free()
}

export async function openFlac(source: ByteSource): Promise<Decoder> {
  const metadata = await readMetadata(source)
  const { soundOffset, lengthFrames } = metadata
  let wasm = new FLACDecoder()
  await wasm.ready
  let cutter = new FrameCutter(source, metadata, soundOffset)
  /** Frames to drop from what is decoded next: the start of the block in which a seek landed. */
  let leadIn = 0
  let decodedFrames = 0
  let isFinished = false

  async function decode(frame: Frame): Promise<Float32Array> {
    const { channelData, samplesDecoded, bitDepth, errors } = await wasm.decodeFrames([frame.bytes])
    if (errors.length > 0 || samplesDecoded !== frame.blockFrames || channelData.length !== metadata.channels)
      throw cannotDecode('it is damaged')
    return interleaveStereo(
      channelData.map((plane) => exact(plane, bitDepth)),
      samplesDecoded,
    )
  }

  return {
    sampleRateHz: metadata.sampleRateHz,
    lengthFrames,
    async read() {
      while (!isFinished) {
        const frame = await cutter.next()
        if (frame === undefined) {
          isFinished = true
          if (lengthFrames !== undefined && decodedFrames < lengthFrames)
            throw cannotDecode('the file ends too early')
          break
        }
        decodedFrames = frame.firstSample + frame.blockFrames
        const dropped = Math.min(leadIn, frame.blockFrames)
        leadIn -= dropped
        if (dropped < frame.blockFrames) return (await decode(frame)).subarray(dropped * 2)
      }
      return undefined
    },
    async seek(frame) {
      const target = Math.max(0, Math.round(frame))
      isFinished = lengthFrames !== undefined && target >= lengthFrames
      if (isFinished) return
      const start = await findStart(source, metadata, target)
      cutter = new FrameCutter(source, metadata, start.offset)
      leadIn = target - start.firstSample
      decodedFrames = start.firstSample
      // A new one: libFLAC counts frames and takes a jump for a missing frame.
      wasm.free()
      wasm = new FLACDecoder()
      await wasm.ready
    },
    async close() {
      wasm.free()
      await source.close()
    },
  }
}

/** A frame at or before the one that holds `target`, and near it: by the seek table, then by halving. */
async function findStart(source: ByteSource, metadata: FlacMetadata, target: number) {
  let low = { firstSample: 0, offset: metadata.soundOffset }
  let highOffset = source.sizeBytes
  for (const point of metadata.seekPoints) {
    const offset = metadata.soundOffset + point.offset
    if (offset >= source.sizeBytes) continue
    if (point.firstSample <= target && point.firstSample >= low.firstSample) low = { ...point, offset }
    if (point.firstSample > target) highOffset = Math.min(highOffset, offset)
  }
  // The table may lie: a point counts only when a frame with that number is there.
  if (low.offset > metadata.soundOffset && !(await isFrameAt(source, metadata, low)))
    low = { firstSample: 0, offset: metadata.soundOffset }
  while (highOffset - low.offset > walkBytes) {
    const middle = Math.floor((low.offset + highOffset) / 2)
    const found = await new FrameCutter(source, metadata, middle).findFrame()
    if (found === undefined || found.firstSample > target || found.offset >= highOffset) highOffset = middle
    else low = found
  }
  return low
}

async function isFrameAt(
  source: ByteSource,
  metadata: FlacMetadata,
  place: { firstSample: number; offset: number },
): Promise<boolean> {
  const found = await new FrameCutter(source, metadata, place.offset).findFrame()
  return found?.offset === place.offset && found.firstSample === place.firstSample
}
