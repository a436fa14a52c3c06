// Values that a hand makes faster than the host answers: there is never a line of old ones.

import type { Clock } from '../../clock.ts'

const leastGapMs = 50

export interface NewestOnly<Value> {
  /** Sent at once if none is under way; else the newest is sent when the answer has come. */
  send(value: Value): void
  /** Resolves when the last value was answered. Rejects with what the last one failed with. */
  settled(): Promise<void>
}

export function newestOnly<Value>(tell: (value: Value) => Promise<void>, clock: Clock): NewestOnly<Value> {
  let waiting: { value: Value } | undefined
  let isBusy = false
  let done = Promise.resolve()

  async function work(): Promise<void> {
    let lastSentMs = Number.NEGATIVE_INFINITY
    while (waiting) {
      if (clock.nowMs() < lastSentMs + leastGapMs) await clock.until(lastSentMs + leastGapMs)
      const { value } = waiting
      waiting = undefined
      lastSentMs = clock.nowMs()
      try {
        await tell(value)
      } catch (error) {
        // A later value may still be taken.
        if (!waiting) throw error
      }
    }
  }

  return {
    send(value) {
      waiting = { value }
      if (isBusy) return
      isBusy = true
      done = work().finally(() => {
        isBusy = false
      })
      done.catch(() => {}) // told to who waits in `settled`
    },
    settled: () => done,
  }
}
