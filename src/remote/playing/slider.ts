// A volume control that a finger drags: the host is told where it is about four times a second, and where it stopped.

import type { Clock } from '../../clock.ts'

/** As TunesRemote: more often only delays what the finger does next. */
const everyMs = 250

export interface Slider {
  /** Where it is now. Told at once after a rest, else when it is time; what came in between is left out. */
  moveTo(percent: number): void
  /** Resolves when the host has been told the last place; rejects when it refused it. */
  settled(): Promise<void>
}

export function makeSlider(tell: (percent: number) => Promise<void>, clock: Clock): Slider {
  let wanted: number | undefined
  let nextAtMs = Number.NEGATIVE_INFINITY
  let isTelling = false
  let telling = Promise.resolve()

  async function tellWanted(): Promise<void> {
    for (;;) {
      if (clock.nowMs() < nextAtMs) await clock.until(nextAtMs)
      if (wanted === undefined) return
      const percent = wanted
      wanted = undefined
      nextAtMs = clock.nowMs() + everyMs
      try {
        await tell(percent)
      } catch (error) {
        if (wanted === undefined) throw error // a later place may still be taken
      }
      if (wanted === undefined) return
    }
  }

  return {
    moveTo(percent) {
      wanted = percent
      if (isTelling) return
      isTelling = true
      telling = tellWanted().finally(() => {
        isTelling = false
      })
      telling.catch(() => {}) // told to who waits in `settled`
    },
    settled: () => telling,
  }
}
