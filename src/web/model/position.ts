// Where the song is, drawn smoothly. The host says it now and then; small differences are made up by running a little
// faster or slower, since a needle that jumps looks broken.

export interface Heard {
  /** What the host said, ms, at `readAtMs` of the page's clock. */
  readonly positionMs: number
  readonly readAtMs: number
  readonly durationMs: number
  readonly isRunning: boolean
}

export interface Shown {
  readonly positionMs: number
  readonly atMs: number
}

/** A larger difference is shown at once: somebody has moved the needle. */
const jumpMs = 400
/** How much faster or slower it runs to catch up. */
const mostSlew = 0.1

function heardAt(heard: Heard, nowMs: number): number {
  const runMs = heard.isRunning ? Math.max(0, nowMs - heard.readAtMs) : 0
  const positionMs = heard.positionMs + runMs
  return heard.durationMs > 0 ? Math.min(positionMs, heard.durationMs) : positionMs
}

/** What to draw now, after what was drawn before. */
export function nextShown(before: Shown | undefined, heard: Heard, nowMs: number): Shown {
  const truthMs = heardAt(heard, nowMs)
  if (before === undefined || !heard.isRunning) return { positionMs: truthMs, atMs: nowMs }
  const elapsedMs = Math.max(0, nowMs - before.atMs)
  const expectedMs = before.positionMs + elapsedMs
  const lagMs = truthMs - expectedMs
  if (Math.abs(lagMs) >= jumpMs) return { positionMs: truthMs, atMs: nowMs }
  const mostMs = elapsedMs * mostSlew
  const positionMs = expectedMs + Math.min(mostMs, Math.max(-mostMs, lagMs))
  const limitMs = heard.durationMs > 0 ? heard.durationMs : positionMs
  return { positionMs: Math.min(positionMs, limitMs), atMs: nowMs }
}

/** How long until it has moved by a device pixel: sooner it is not worth drawing. At least a frame. */
export function msPerPixel(durationMs: number, widthDevicePixels: number): number {
  return widthDevicePixels > 0 ? Math.max(16, durationMs / widthDevicePixels) : 1000
}
