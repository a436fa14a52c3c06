// The frames in a trace of Chromium: how many a second reached the screen, and the longest gap between two.

export interface Frames {
  readonly perSecond: number
  readonly worstMs: number
  /** How far into the trace the worst gap began. */
  readonly worstAtMs: number
}

interface TraceEvent {
  readonly name: string
  /** Microseconds. */
  readonly ts: number
}

export const frameCategories = ['disabled-by-default-devtools.timeline.frame', 'devtools.timeline.frame']
/** The compositor hands a frame to the screen. */
const drawn = 'DrawFrame'

/** `trace` is the JSON that Chromium writes; what comes later than `lastsMs` after the first frame is left out. */
export function framesIn(trace: string, lastsMs = Number.POSITIVE_INFINITY): Frames {
  const { traceEvents } = JSON.parse(trace) as { traceEvents: readonly TraceEvent[] }
  const all = traceEvents.filter(({ name }) => name === drawn).map(({ ts }) => ts / 1000)
  all.sort((a, b) => a - b)
  const [first] = all
  const times = all.filter((time) => first !== undefined && time <= first + lastsMs)
  const last = times.at(-1)
  if (first === undefined || last === undefined || last === first) throw new Error('no frames in the trace')
  let worst = { ms: 0, atMs: 0 }
  for (const [index, time] of times.entries()) {
    const ms = index === 0 ? 0 : time - (times[index - 1] ?? time)
    if (ms > worst.ms) worst = { ms, atMs: time - ms - first }
  }
  return {
    perSecond: ((times.length - 1) * 1000) / (last - first),
    worstMs: worst.ms,
    worstAtMs: worst.atMs,
  }
}
