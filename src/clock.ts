// Time as a value that is handed in, so that tests can move it by hand.

export interface Clock {
  /** Milliseconds on a clock that never jumps; only differences mean something. */
  nowMs(): number
  /** Milliseconds since 1970-01-01 UTC, as the machine believes. */
  wallMs(): number
  /** Resolves at `atMs` of `nowMs`, never before, and never at once; rejects with the signal's reason when aborted. */
  until(atMs: number, signal?: AbortSignal): Promise<void>
}

/** Longest delay that a timer of the platform takes, ms. */
const longestTimerMs = 2 ** 31 - 1

export const systemClock: Clock = {
  nowMs: () => performance.now(),
  wallMs: () => Date.now(),
  until(atMs, signal) {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason)
      let timer: NodeJS.Timeout
      const stop = () => {
        clearTimeout(timer)
        reject(signal?.reason)
      }
      const wait = () => {
        // In whole milliseconds: a timer's fraction is cut off, and it may still fire a moment early.
        const delayMs = Math.ceil(atMs - performance.now())
        timer = setTimeout(wake, Math.min(Math.max(0, delayMs), longestTimerMs))
      }
      const wake = () => {
        if (performance.now() < atMs) return wait()
        signal?.removeEventListener('abort', stop)
        resolve()
      }
      wait()
      signal?.addEventListener('abort', stop, { once: true })
    })
  },
}
