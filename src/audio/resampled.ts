// A decoder at another rate than its file's, as exact as any: from every sample on, the same as in the whole.

import type { Decoder } from './decoder.ts'
import { Resampler } from './resampler.ts'

export function resampled(decoder: Decoder, sampleRateHz: number): Decoder {
  if (decoder.sampleRateHz === sampleRateHz) return decoder
  const { lengthFrames } = decoder
  let resampler: Resampler | undefined = new Resampler(decoder.sampleRateHz, sampleRateHz)
  let drop = 0
  return {
    sampleRateHz,
    lengthFrames:
      lengthFrames === undefined
        ? undefined
        : Math.round((lengthFrames * sampleRateHz) / decoder.sampleRateHz),
    async read() {
      while (resampler !== undefined) {
        const block = await decoder.read()
        const sound: Float32Array = block === undefined ? resampler.end() : resampler.push(block)
        if (block === undefined) resampler = undefined
        const dropped = Math.min(drop, sound.length / 2)
        drop -= dropped
        if (sound.length / 2 > dropped) return sound.subarray(dropped * 2)
      }
      return undefined
    },
    async seek(frame) {
      // From the beginning: where samples fall between those of the file is counted from there.
      await decoder.seek(0)
      resampler = new Resampler(decoder.sampleRateHz, sampleRateHz)
      drop = Math.max(0, Math.round(frame))
    },
    close: () => decoder.close(),
  }
}
