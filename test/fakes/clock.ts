// A clock moved by hand. `await clock.advance(ms)` wakes every waiter on the way, in order of time,
// and lets each one's consequences settle before the next.

import type { Clock } from '../../src/clock.ts'

export interface FakeClock extends Clock {
  advance(ms: number): Promise<void>
  /** The machine sleeps that long: the clock on the wall goes on, the one that never jumps stands still. */
  sleep(ms: number): void
  /** How many waits are pending; a clean shutdown leaves none. */
  readonly waiting: number
}

interface Waiter {
  readonly atMs: number
  wake(): void
}

export function fakeClock(startMs = 0, startWallMs = Date.UTC(2026, 0, 1)): FakeClock {
  let nowMs = startMs
  let sleptMs = 0
  const waiters = new Set<Waiter>()

  const nextDue = (byMs: number): Waiter | undefined =>
    [...waiters].filter((waiter) => waiter.atMs <= byMs).toSorted((a, b) => a.atMs - b.atMs)[0]

  return {
    nowMs: () => nowMs,
    wallMs: () => startWallMs + nowMs - startMs + sleptMs,
    sleep(ms) {
      sleptMs += ms
    },
    get waiting() {
      return waiters.size
    },
    until(atMs, signal) {
      return new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason)
        const forget = () => {
          waiters.delete(waiter)
          signal?.removeEventListener('abort', stop)
        }
        const stop = () => {
          forget()
          reject(signal?.reason)
        }
        const waiter: Waiter = {
          atMs,
          wake() {
            forget()
            resolve()
          },
        }
        waiters.add(waiter)
        signal?.addEventListener('abort', stop, { once: true })
      })
    },
    async advance(ms) {
      const endMs = nowMs + ms
      await settled()
      for (let due = nextDue(endMs); due; due = nextDue(endMs)) {
        nowMs = Math.max(nowMs, due.atMs)
        due.wake()
        await settled()
      }
      nowMs = endMs
    },
  }
}

/** Some work is put off for a turn of the loop, and what it leads to again. */
const turnsToSettle = 3

/** Resolves when every promise that can go on by itself has done so. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < turnsToSettle; turn += 1) await new Promise((resolve) => setImmediate(resolve))
}
