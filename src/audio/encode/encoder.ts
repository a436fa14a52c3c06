// What an encoder is: sound on its way out, for one listener.

export interface Encoder {
  /** The one rate that it takes. */
  readonly sampleRateHz: number
  /** What stands before all sound; empty where a format has nothing of the kind. */
  readonly header: Uint8Array
  /** Interleaved stereo, -1 to 1. Answers what is whole by now, which may be nothing yet. */
  encode(samples: Float32Array): Uint8Array
  /** What was held back. Nothing may be encoded after it. */
  end(): Uint8Array
}

export const noBytes = new Uint8Array(0)

export function joinedBytes(parts: readonly Uint8Array[]): Uint8Array {
  if (parts.length === 1 && parts[0]) return parts[0]
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
