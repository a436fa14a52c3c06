// What a decoder is: one per file format, all with the same few methods.

import { KnownError } from '../errors.ts'

/** A file being decoded. One call at a time; every call may reject with CANNOT_DECODE and a reason in words. */
export interface Decoder {
  readonly sampleRateHz: number
  /** Exact number of frames (one sample per channel) where the file tells; silence of encoders is not counted. */
  readonly lengthFrames: number | undefined
  /** The next frames as interleaved stereo, -1 to 1; undefined at the end. Never empty. */
  read(): Promise<Float32Array | undefined>
  /** The next `read` begins with this frame, exactly; past the end there is nothing left to read. */
  seek(frame: number): Promise<void>
  close(): Promise<void>
}

/** The error for every file that is broken or of a kind that is not understood. */
export function cannotDecode(reason: string, cause?: unknown): KnownError {
  return new KnownError('CANNOT_DECODE', { reason }, cause)
}
