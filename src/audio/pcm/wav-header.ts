// Sound as a plain WAV file: the 44 bytes before it, and its samples.

export interface WavShape {
  readonly sampleRateHz: number
  readonly bits: 16 | 24 | 32
}

export const wavHeaderBytes = 44
const channels = 2
/** Sizes are 32 bits: what is longer is still written, and players that go by the size stop there. */
const largestDataBytes = 0xffffffff - wavHeaderBytes

export function wavHeader({ sampleRateHz, bits }: WavShape, dataBytes: number): Uint8Array {
  const sizeBytes = Math.min(dataBytes, largestDataBytes)
  const frameBytes = (channels * bits) / 8
  const bytes = new Uint8Array(wavHeaderBytes)
  const view = new DataView(bytes.buffer)
  const name = (at: number, text: string) => {
    for (let index = 0; index < 4; index += 1) bytes[at + index] = text.charCodeAt(index)
  }
  name(0, 'RIFF')
  view.setUint32(4, sizeBytes + wavHeaderBytes - 8, true)
  name(8, 'WAVE')
  name(12, 'fmt ')
  view.setUint32(16, 16, true)
  view.setUint16(20, 1, true) // PCM
  view.setUint16(22, channels, true)
  view.setUint32(24, sampleRateHz, true)
  view.setUint32(28, sampleRateHz * frameBytes, true)
  view.setUint16(32, frameBytes, true)
  view.setUint16(34, bits, true)
  name(36, 'data')
  view.setUint32(40, sizeBytes, true)
  return bytes
}

/** Floats as whole numbers, little endian: exact for sources of at most so many bits, clipped beyond full scale. */
export function toWholeNumbers(samples: Float32Array, bits: WavShape['bits']): Uint8Array {
  const full = 2 ** (bits - 1)
  const sampleBytes = bits / 8
  const bytes = new Uint8Array(samples.length * sampleBytes)
  const view = new DataView(bytes.buffer)
  for (let index = 0; index < samples.length; index += 1) {
    const value = Math.max(-full, Math.min(full - 1, Math.round((samples[index] ?? 0) * full)))
    const at = index * sampleBytes
    if (bits === 16) view.setInt16(at, value, true)
    else if (bits === 32) view.setInt32(at, value, true)
    else {
      view.setUint16(at, value & 0xffff, true)
      view.setInt8(at + 2, value >> 16)
    }
  }
  return bytes
}
