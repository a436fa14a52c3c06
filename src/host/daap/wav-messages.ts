// What the host and the thread that decodes for streams say to each other. One answer for each question.

/** `stream` is a number of the host's choice, for as long as the stream is open. */
export type WavQuestion =
  | { readonly kind: 'open'; readonly stream: number; readonly want: WantedSound }
  | { readonly kind: 'more'; readonly stream: number }
  | { readonly kind: 'close'; readonly stream: number }

export interface WantedSound {
  readonly path: string
  readonly sampleRateHz: number
  /** Frames from this one on, and as many: silence where the file has less. */
  readonly fromFrame: number
  readonly frames: number
}

/** Nothing is answered to `close`. `bytes`: 16-bit stereo, little endian; undefined after `open`. */
export type WavAnswer =
  | { readonly kind: 'done'; readonly stream: number; readonly bytes: Uint8Array | undefined }
  | { readonly kind: 'failed'; readonly stream: number; readonly reason: string }
