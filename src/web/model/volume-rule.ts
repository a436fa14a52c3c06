// A volume that never jumps: what a hand on the line means. Percent everywhere.

/** A click is never louder by more than this at once: ears and neighbours. */
const mostLouder = 20
const tapStep = 5

const clipped = (percent: number): number => Math.min(100, Math.max(0, Math.round(percent)))

/** Pointer: goes where it was clicked; upwards with care. */
export function clickedVolume(current: number, wanted: number): number {
  return clipped(Math.min(wanted, current + mostLouder))
}

/** Touch: moves by how far the finger moved, from wherever it started. `moved` is a share of the line's length. */
export function draggedVolume(start: number, moved: number): number {
  return clipped(start + moved * 100)
}

/** Touch without moving: a step towards the finger. */
export function tappedVolume(current: number, at: number): number {
  return clipped(at > current ? current + tapStep : current - tapStep)
}

export function steppedVolume(current: number, by: number): number {
  return clipped(current + by)
}

/** All speakers in proportion to the master, as the host will say it. */
export function inProportion(volumePercent: number, masterBefore: number, masterAfter: number): number {
  return masterBefore <= 0 ? masterAfter : clipped((volumePercent * masterAfter) / masterBefore)
}
