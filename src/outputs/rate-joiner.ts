// One stream at one rate out of songs at many: those at that rate pass untouched, others are resampled, and where two
// meet there is no gap. A resampled song is as long as it should be, to the sample.

import { Resampler } from '../audio/index.ts'

export class RateJoiner {
  readonly #toHz: number
  #fromHz: number
  #resampler: Resampler | undefined

  constructor(toHz: number) {
    this.#toHz = toHz
    this.#fromHz = toHz
  }

  /** What can be said so far; the rest of a song before comes first. */
  push(samples: Float32Array, fromHz: number): Float32Array {
    if (fromHz === this.#fromHz) return this.#resampler?.push(samples) ?? samples
    const rest = this.end()
    this.#fromHz = fromHz
    this.#resampler = fromHz === this.#toHz ? undefined : new Resampler(fromHz, this.#toHz)
    const begun = this.#resampler?.push(samples) ?? samples
    if (rest.length === 0) return begun
    const both = new Float32Array(rest.length + begun.length)
    both.set(rest)
    both.set(begun, rest.length)
    return both
  }

  /** What was held back of the last song. */
  end(): Float32Array {
    const rest = this.#resampler?.end() ?? new Float32Array(0)
    this.#resampler = undefined
    this.#fromHz = this.#toHz
    return rest
  }
}
