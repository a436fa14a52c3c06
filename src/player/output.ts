// What an output is. Implementations live in outputs/; each passes test/contracts/output.contract.ts.

/** Interleaved samples as the player hands them out. */
export interface AudioFormat {
  readonly sampleRateHz: number
  readonly channels: 2
}

export interface AudioBlock {
  /** Interleaved stereo, -1 to 1, before volume. 16-bit sources are exact multiples of 1/32768. */
  readonly samples: Float32Array
  /** When its first sample must sound, ms of the player's clock. */
  readonly atMs: number
}

export interface OutputHealth {
  readonly isWell: boolean
  /** One sentence when not well. */
  readonly trouble: string | undefined
  /** How often its sound tore because a block came too late, since it was made. */
  readonly underruns: number
}

/** One call at a time, but for `flush`, `setVolume`, `health` and `close`, which may come while `write` waits. */
export interface Output {
  readonly id: string
  readonly name: string
  /** From write to ear, ms; the player starts each output that much earlier. */
  readonly latencyMs: number
  /** It takes blocks so much earlier still, where they are decoded already: what is sent ahead to a listener. */
  readonly earlyMs?: number
  /** Again, with another format, when the rate changes; what was written before still sounds. */
  open(format: AudioFormat): Promise<void>
  /** Resolves when it wants more; rejects with SPEAKER_LOST, and the others play on. */
  write(block: AudioBlock): Promise<void>
  /**
   * Drops what has not sounded yet: pause, seek, skip. Blocks before `fromMs` (of the player's clock) still
   * sound, also one that a `write` is waiting with; the player goes on with the block that was due at `fromMs`.
   */
  flush(fromMs: number): Promise<void>
  setVolume(percent: number): Promise<void>
  health(): OutputHealth
  close(): Promise<void>
}

export const perfectHealth: OutputHealth = { isWell: true, trouble: undefined, underruns: 0 }
