// Winding while a button is held: every now and then a jump, and a snippet of sound in between.

import type { Clock } from '../../clock.ts'
import type { WindDirection } from '../types.ts'

/** How long a snippet is heard. */
const snippetMs = 400
/** A remote that vanished never lets go. */
const longestMs = 60_000

export interface Wind {
  readonly direction: WindDirection
  /** It played before, and plays when the button is let go. */
  readonly wasPlaying: boolean
  readonly cause: string
}

export interface WinderOptions {
  readonly clock: Clock
  /** Jumps by so much, back when negative. The next one waits for it; must not reject. */
  readonly onJump: (wind: Wind, byMs: number) => Promise<void>
  /** Nobody let go. */
  readonly onForgotten: (wind: Wind) => void
}

export class Winder {
  readonly #options: WinderOptions
  #wind: Wind | undefined
  #cancel = new AbortController()

  constructor(options: WinderOptions) {
    this.#options = options
  }

  get wind(): Wind | undefined {
    return this.#wind
  }

  begin(wind: Wind): void {
    this.end()
    this.#wind = wind
    this.#cancel = new AbortController()
    this.#run(wind, this.#cancel.signal).catch(() => {}) // ended
  }

  end(): void {
    this.#wind = undefined
    this.#cancel.abort()
  }

  async #run(wind: Wind, signal: AbortSignal): Promise<void> {
    const { clock, onJump, onForgotten } = this.#options
    const startMs = clock.nowMs()
    for (let sinceMs = 0; sinceMs < longestMs; sinceMs = clock.nowMs() - startMs) {
      const byMs = snippetMs * windSpeed(sinceMs)
      await onJump(wind, wind.direction === 'forward' ? byMs : -byMs)
      await clock.until(clock.nowMs() + snippetMs, signal)
    }
    onForgotten(wind)
  }
}

/** How many times as fast as the music, after so long: a short song is met gently, a long one crossed in time. */
function windSpeed(sinceMs: number): number {
  if (sinceMs < 3000) return 4
  return sinceMs < 8000 ? 8 : 16
}
