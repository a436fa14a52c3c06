// What this machine's sound needs of a driver: bytes in, in real time.

export interface Sink {
  /** Signed 16-bit little endian stereo. Resolves when it wants more. */
  write(bytes: Uint8Array): Promise<void>
  /** True when everything written has gone to the device, as far as is known. */
  isDry(): boolean
  /** At once; what has not sounded is dropped. */
  close(): void
}

export interface SinkKind {
  /** From write to ear, ms, with what `primeMs` adds. */
  readonly latencyMs: number
  /** Silence written first, so that a late block does not tear the sound. */
  readonly primeMs: number
  /** Rejects when the device cannot be opened. */
  open(sampleRateHz: number): Promise<Sink>
}
