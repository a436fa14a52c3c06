// MP3 by LAME (in a package of its own: LGPL), at a constant 192 kbit/s.

import { createMp3Encoder } from 'wasm-media-encoders'
import { type Encoder, noBytes } from './encoder.ts'

const sampleRateHz = 44_100
const bitrate = 192

export async function mp3Encoder(): Promise<Encoder> {
  const lame = await createMp3Encoder()
  lame.configure({ channels: 2, sampleRate: sampleRateHz, bitrate })
  return {
    sampleRateHz,
    header: noBytes,
    // Copied: the next call writes over what this one gave.
    encode: (samples) => lame.encode(separated(samples)).slice(),
    end: () => lame.finalize().slice(),
  }
}

function separated(samples: Float32Array): [left: Float32Array, right: Float32Array] {
  const frames = samples.length / 2
  const left = new Float32Array(frames)
  const right = new Float32Array(frames)
  for (let frame = 0; frame < frames; frame += 1) {
    left[frame] = samples[frame * 2] ?? 0
    right[frame] = samples[frame * 2 + 1] ?? 0
  }
  return [left, right]
}
