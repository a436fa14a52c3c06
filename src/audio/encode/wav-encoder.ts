// WAV without an end: 16 bits, with sizes as large as they go, which players take for "until it stops".

import { toWholeNumbers, wavHeader } from '../pcm/wav-header.ts'
import { type Encoder, noBytes } from './encoder.ts'

const sampleRateHz = 44_100

export function wavEncoder(): Encoder {
  return {
    sampleRateHz,
    header: wavHeader({ sampleRateHz, bits: 16 }, Number.POSITIVE_INFINITY),
    encode: (samples) => toWholeNumbers(samples, 16),
    end: () => noBytes,
  }
}
