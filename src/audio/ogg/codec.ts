// What an Ogg stream may carry: a codec is told by its first packet, set up by its header packets, fed with the rest.

export interface OggCodec {
  /** Also the unit of granules. */
  readonly sampleRateHz: number
  /** At the start of the stream, not to be heard. */
  readonly preSkipFrames: number
  /** To be decoded before a place, so that what follows is as in the whole. */
  readonly leadInFrames: number
  /** Interleaved stereo; may be empty. Rejects with CANNOT_DECODE when a packet makes no sense. */
  decode(packets: readonly Uint8Array[]): Promise<Float32Array>
  /** Forgets what was decoded before. */
  reset(): Promise<void>
  free(): void
}

export interface OggCodecKind {
  isMeant(firstPacket: Uint8Array): boolean
  /** How many packets before the sound, the first one included. */
  headerCount(firstPacket: Uint8Array): number
  open(headers: readonly Uint8Array[]): Promise<OggCodec>
}

export function startsWith(packet: Uint8Array, letters: string): boolean {
  return [...letters].every((letter, index) => packet[index] === letter.charCodeAt(0))
}
