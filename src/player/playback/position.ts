// Where in its song the sound is: the last word of the audio thread, and the clock since.

import type { Clock } from '../../clock.ts'
import type { Playhead } from '../audio-thread/messages.ts'

export class Position {
  /** Of the song, exactly, where its file tells. */
  lengthMs: number | undefined
  readonly #clock: Clock
  #positionMs = 0
  #atMs = 0

  constructor(clock: Clock, positionMs: number) {
    this.#clock = clock
    this.stand(positionMs)
  }

  /** When the sound is where it was told to be; a little from now while an output's latency lasts. */
  get atMs(): number {
    return this.#atMs
  }

  nowMs(isPlaying: boolean, durationMs: number): number {
    const sinceMs = isPlaying ? Math.max(0, this.#clock.nowMs() - this.#atMs) : 0
    return Math.min(this.#positionMs + sinceMs, durationMs || Number.MAX_SAFE_INTEGER)
  }

  stand(positionMs: number): void {
    this.#positionMs = positionMs
    this.#atMs = this.#clock.nowMs()
  }

  take({ positionMs, atMs, lengthMs }: Playhead): void {
    this.#positionMs = positionMs
    this.#atMs = atMs
    this.lengthMs = lengthMs ?? this.lengthMs
  }
}
