// The sleep timer: the music fades out at its moment, or ends with the song that plays.

import type { Clock } from '../../clock.ts'
import { KnownError } from '../../errors.ts'
import type { SleepTimer } from '../types.ts'

const longestMs = 24 * 60 * 60 * 1000
const fadeMs = 5000
const fadeSteps = 25

export interface SleepOptions {
  readonly clock: Clock
  /** From 1 down to 0. */
  readonly onFade: (level: number) => void
  readonly onTime: () => void
}

export class Sleep {
  readonly #options: SleepOptions
  #timer: SleepTimer | undefined
  #cancel = new AbortController()

  constructor(options: SleepOptions) {
    this.#options = options
  }

  get timer(): SleepTimer | undefined {
    return this.#timer
  }

  get isAtEndOfSong(): boolean {
    return this.#timer === 'endOfSong'
  }

  /** BAD_REQUEST for a time that is none, or longer than a day. */
  set(timer: { readonly afterMs: number } | 'endOfSong' | undefined): void {
    if (typeof timer === 'object' && !(timer.afterMs >= 0 && timer.afterMs <= longestMs))
      throw new KnownError('BAD_REQUEST', { parameter: 'afterMs', most: longestMs })
    this.clear()
    if (typeof timer !== 'object') {
      this.#timer = timer
      return
    }
    const atMs = this.#options.clock.nowMs() + timer.afterMs
    this.#timer = { atMs }
    this.#run(atMs, this.#cancel.signal).catch(() => {}) // cleared
  }

  clear(): void {
    this.#cancel.abort()
    this.#cancel = new AbortController()
    this.#timer = undefined
  }

  async #run(atMs: number, signal: AbortSignal): Promise<void> {
    const { clock, onFade, onTime } = this.#options
    for (let step = 1; step <= fadeSteps; step += 1) {
      await clock.until(atMs - fadeMs + (fadeMs * step) / fadeSteps, signal)
      // One set for less than the fade takes begins in the middle of it.
      if (atMs > clock.nowMs()) onFade((atMs - clock.nowMs()) / fadeMs)
    }
    onTime()
  }
}
