// When a list moves too fast to be looked at.

export interface Moment {
  readonly topPx: number
  readonly atMs: number
}

/** Nobody sees a cover that crosses the screen in less. */
const crossingMs = 500
/** A step after a rest says nothing of a speed. Shorter pauses are those of a busy machine. */
const restMs = 1000

export function isFlight(before: Moment, now: Moment, viewPx: number): boolean {
  const tookMs = now.atMs - before.atMs
  if (tookMs <= 0 || tookMs > restMs) return false
  return Math.abs(now.topPx - before.topPx) / tookMs > viewPx / crossingMs
}
