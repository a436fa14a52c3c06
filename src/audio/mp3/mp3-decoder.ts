// MP3: we find the frames and trim what the encoder added, mpg123 decodes.

import { MPEGDecoder } from 'mpg123-decoder'
import type { ByteSource } from '../byte-source.ts'
import { cannotDecode, type Decoder } from '../decoder.ts'
import { id3v2Bytes } from '../id3.ts'
import { interleaveStereo } from '../stereo.ts'
import { FrameTable } from './frame-table.ts'
import { readInfoFrame } from './info-frame.ts'

/** Samples by which every MP3 decoder is late (LAME's technical FAQ: 528, and one more). */
const decoderDelaySamples = 529
/** A frame may use bits of up to nine frames before it, and overlaps with one. */
const leadInFrames = 10
/** Few at first, so that sound comes early. */
const fewFrames = 4
const manyFrames = 24

export async function warmMp3(): Promise<void> {
  const decoder = new MPEGDecoder({ enableGapless: false })
  await decoder.ready
  decoder.free()
}

export async function openMp3(source: ByteSource): Promise<Decoder> {
  const table = await FrameTable.open(source, await id3v2Bytes(source, 0))
  const { sampleRateHz, samplesPerFrame } = table.first
  const start = await table.place(0)
  if (start === undefined) throw cannotDecode('there is no MP3 sound in it')
  const info = readInfoFrame(await source.read(start.offset, start.sizeBytes), table.first)
  /** Index of the first frame with sound. */
  const firstFrame = info === undefined ? 0 : 1
  const trimmed = info?.padding
  const startSamples = trimmed === undefined ? 0 : trimmed.startSamples + decoderDelaySamples
  const lengthFrames =
    trimmed === undefined || info?.frameCount === undefined
      ? undefined
      : Math.max(0, info.frameCount * samplesPerFrame - trimmed.startSamples - trimmed.endSamples)

  let wasm = new MPEGDecoder({ enableGapless: false })
  await wasm.ready
  /** Next frame to feed, from `firstFrame` on. */
  let nextFrame = 0
  let batch = fewFrames
  /** Decoded samples to drop, then those that may still be handed out. */
  let drop = startSamples
  let left = lengthFrames ?? Number.POSITIVE_INFINITY

  async function feed(): Promise<Float32Array | undefined> {
    const pieces: Uint8Array[] = []
    while (pieces.length < batch) {
      const place = await table.place(firstFrame + nextFrame)
      if (place === undefined) break
      pieces.push(await source.read(place.offset, place.sizeBytes))
      nextFrame += 1
    }
    batch = manyFrames
    if (pieces.length === 0) return undefined
    const { channelData, samplesDecoded } = wasm.decodeFrames(pieces)
    return interleaveStereo(channelData, samplesDecoded)
  }

  return {
    sampleRateHz,
    lengthFrames,
    async read() {
      while (left > 0) {
        const decoded = await feed()
        if (decoded === undefined) return finish()
        const frames = decoded.length / 2
        const from = Math.min(drop, frames)
        const to = Math.min(frames, from + left)
        drop -= from
        if (to === from) continue
        left -= to - from
        return decoded.subarray(from * 2, to * 2)
      }
      return undefined
    },
    async seek(frame) {
      const target = Math.max(0, Math.min(Math.round(frame), lengthFrames ?? Number.MAX_SAFE_INTEGER))
      const sample = target + startSamples
      nextFrame = Math.max(0, Math.floor(sample / samplesPerFrame) - leadInFrames)
      drop = sample - nextFrame * samplesPerFrame
      left = (lengthFrames ?? Number.POSITIVE_INFINITY) - target
      batch = leadInFrames + fewFrames
      wasm.free()
      wasm = new MPEGDecoder({ enableGapless: false })
      await wasm.ready
    },
    async close() {
      wasm.free()
      await source.close()
    },
  }

  /** The promised length, when the last samples were left in the decoder or the end of the file is missing. */
  function finish(): Float32Array | undefined {
    const missing = left
    left = 0
    if (!Number.isFinite(missing) || missing <= 0) return undefined
    if (missing > 2 * samplesPerFrame) throw cannotDecode('the file ends too early')
    return new Float32Array(missing * 2)
  }
}
