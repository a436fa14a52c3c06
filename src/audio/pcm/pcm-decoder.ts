// Uncompressed sound, whatever file it lies in: WAV and AIFF only say where it is and how it is written.

import type { ByteSource } from '../byte-source.ts'
import { cannotDecode, type Decoder } from '../decoder.ts'
import { type ChannelOrder, interleaveStereo, mostChannels } from '../stereo.ts'
import { type SampleKind, sampleKinds } from './samples.ts'

export interface PcmLayout {
  readonly kind: SampleKind
  readonly channels: number
  /** Where they stand, when the file tells. */
  readonly order?: ChannelOrder
  readonly sampleRateHz: number
  readonly dataOffset: number
  readonly dataBytes: number
}

const framesPerRead = 8192

export function pcmDecoder(source: ByteSource, layout: PcmLayout): Decoder {
  const { kind, channels, sampleRateHz, dataOffset } = layout
  if (channels < 1 || channels > mostChannels) throw cannotDecode(`it has ${channels} channels`)
  if (!(sampleRateHz >= 1000 && sampleRateHz <= 768_000))
    throw cannotDecode(`its sample rate is ${sampleRateHz} Hz`)
  const { bytes: sampleBytes, read } = sampleKinds[kind]
  const frameBytes = sampleBytes * channels
  const dataBytes = Math.max(0, Math.min(layout.dataBytes, source.sizeBytes - dataOffset))
  const lengthFrames = Math.floor(dataBytes / frameBytes)
  let position = 0
  return {
    sampleRateHz,
    lengthFrames,
    async read() {
      const wanted = Math.min(framesPerRead, lengthFrames - position)
      if (wanted <= 0) return undefined
      const bytes = await source.read(dataOffset + position * frameBytes, wanted * frameBytes)
      const frames = Math.floor(bytes.length / frameBytes)
      if (frames === 0) throw cannotDecode('the file ends too early')
      position += frames
      const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
      const planes = Array.from({ length: channels }, (_, channel) => {
        const plane = new Float32Array(frames)
        for (let frame = 0; frame < frames; frame += 1)
          plane[frame] = read(view, frame * frameBytes + channel * sampleBytes)
        return plane
      })
      return interleaveStereo(planes, frames, layout.order)
    },
    async seek(frame) {
      position = Math.max(0, Math.min(lengthFrames, Math.round(frame)))
    },
    close: () => source.close(),
  }
}
