// The formats that sound is sent in, by the ending that an address has.

import type { Encoder } from './encoder.ts'

/** Loaded when first asked for: most hosts have no listener, and each format a library of its own. */
const encoders: Readonly<Record<'mp3' | 'flac' | 'opus' | 'wav', () => Promise<Encoder>>> = {
  mp3: async () => (await import('./mp3-encoder.ts')).mp3Encoder(),
  flac: async () => (await import('./flac/flac-encoder.ts')).flacEncoder(),
  opus: async () => (await import('./opus-encoder.ts')).opusEncoder(),
  wav: async () => (await import('./wav-encoder.ts')).wavEncoder(),
}

export type EncodedFormat = keyof typeof encoders

export const encodedFormats = Object.keys(encoders) as EncodedFormat[]

export function openEncoder(format: EncodedFormat): Promise<Encoder> {
  return encoders[format]()
}
