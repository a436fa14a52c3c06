// The two scales of loudness: the master M is the loudest active speaker's; a speaker's own r is percent of M.
// Source: docs/protocol/dacp-control.md, section 8.

interface SpeakerVolume {
  readonly id: string
  readonly isOn: boolean
  readonly relativeVolumePercent: number
}

interface VolumePlan {
  readonly masterPercent: number
  /** Relative volumes that change, by output. */
  readonly relative: ReadonlyMap<string, number>
}

/** What a mute is to bring back, %. */
export interface LoudnessBeforeMute {
  /** undefined: the master is not muted. */
  readonly master?: number
  /** Relative volumes, by output. */
  readonly outputs: Readonly<Record<string, number>>
}

/** trunc(M·r/100); 100 is exactly M. */
export function absoluteVolume(masterPercent: number, relativePercent: number): number {
  return Math.trunc((masterPercent * relativePercent) / 100)
}

/** The smallest r that gives this absolute volume. */
function relativeVolume(masterPercent: number, absolutePercent: number): number {
  return Math.min(100, Math.ceil((absolutePercent * 100) / masterPercent))
}

/**
 * Gives one speaker an absolute volume: the master becomes the new loudest, and all others stay as loud as they are
 * by changing their own r.
 */
export function planLoudness(
  masterPercent: number,
  speakers: readonly SpeakerVolume[],
  id: string,
  absolutePercent: number,
): VolumePlan {
  const wanted = new Map<string, number>()
  for (const speaker of speakers) {
    if (speaker.id === id) wanted.set(id, absolutePercent)
    else if (speaker.isOn)
      wanted.set(speaker.id, absoluteVolume(masterPercent, speaker.relativeVolumePercent))
  }
  const loudest = Math.max(0, ...wanted.values())
  const relative = new Map<string, number>()
  // At silence every r gives the same, so they are kept for when it is louder again.
  if (loudest > 0)
    for (const [name, absolute] of wanted) relative.set(name, relativeVolume(loudest, absolute))
  return { masterPercent: loudest, relative }
}
