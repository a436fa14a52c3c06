// The outputs as people switch them: which are on, how loud, what is wrong with them.

import { createHash } from 'node:crypto'
import { KnownError } from '../../errors.ts'
import type { OutputSetting } from '../audio-thread/messages.ts'
import type { RememberedOutput } from '../queue/store.ts'
import type { GuestOutput, OutputStatus } from '../types.ts'
import { absoluteVolume } from './loudness.ts'

export interface KnownOutput {
  readonly id: string
  readonly name: string
  /** A speaker's MAC; others get a number made from their id. */
  readonly speakerId?: bigint
}

/** What there is to play on. */
export interface OutputChoice {
  /** In order; the first is "this machine". */
  readonly known: readonly KnownOutput[]
  /** On at start, whatever was remembered; undefined: as remembered, else the first. */
  readonly on: readonly string[] | undefined
  /** The file of the audio thread. */
  readonly worker: URL
}

export type Speakers = readonly OutputStatus[]

export function firstSpeakers(
  { known, on }: OutputChoice,
  remembered: readonly RememberedOutput[],
): Speakers {
  const before = new Map(remembered.map((output) => [output.id, output]))
  const isAnyRemembered = known.some(({ id }) => before.get(id)?.isOn === true)
  return known.map(({ id, name, speakerId }, index) => ({
    id,
    name,
    speakerId: index === 0 ? 0n : (speakerId ?? speakerIdOf(id)),
    isOn: on?.includes(id) ?? (isAnyRemembered ? before.get(id)?.isOn === true : index === 0),
    relativeVolumePercent: before.get(id)?.relativeVolumePercent ?? 100,
    isGuest: false,
    trouble: undefined,
    underruns: 0,
  }))
}

/** On at once; one that is there already is only switched on. */
export function withGuest(speakers: Speakers, { id, name, relativeVolumePercent }: GuestOutput): Speakers {
  if (speakers.some((speaker) => speaker.id === id)) return changed(speakers, id, { isOn: true })
  const speakerId = speakerIdOf(id)
  const state = { isOn: true, isGuest: true, trouble: undefined, underruns: 0 }
  return [...speakers, { id, name, speakerId, relativeVolumePercent, ...state }]
}

export function withoutGuest(speakers: Speakers, id: string): Speakers {
  return speakers.filter((speaker) => speaker.id !== id || !speaker.isGuest)
}

/** Exactly these on; NOT_FOUND for others than those known. */
export function switched(speakers: Speakers, ids: readonly string[]): Speakers {
  for (const id of ids) needSpeaker(speakers, id)
  return speakers.map((speaker) => {
    const isOn = ids.includes(speaker.id)
    return isOn === speaker.isOn ? speaker : { ...speaker, isOn, trouble: undefined }
  })
}

export function withVolume(speakers: Speakers, id: string, percent: number): Speakers {
  needSpeaker(speakers, id)
  return changed(speakers, id, { relativeVolumePercent: wholePercent(percent) })
}

export function withTrouble(speakers: Speakers, id: string, trouble: string | undefined): Speakers {
  return changed(speakers, id, { trouble })
}

export function withUnderruns(speakers: Speakers, id: string, more: number): Speakers {
  return speakers.map((speaker) =>
    speaker.id === id ? { ...speaker, underruns: speaker.underruns + more } : speaker,
  )
}

/** The ones that are on, each with its part of the master volume. */
export function settingsOf(speakers: Speakers, masterPercent: number): OutputSetting[] {
  return speakers
    .filter(({ isOn }) => isOn)
    .map(({ id, relativeVolumePercent }) => ({
      id,
      volumePercent: absoluteVolume(masterPercent, relativeVolumePercent),
    }))
}

export function areAllInTrouble(speakers: Speakers): boolean {
  return speakers.every(({ isOn, trouble }) => !isOn || trouble !== undefined)
}

/** Clipped; BAD_REQUEST for no number. */
export function wholePercent(percent: number): number {
  if (Number.isNaN(percent)) throw new KnownError('BAD_REQUEST', { parameter: 'volume' })
  return Math.round(Math.max(0, Math.min(100, percent)))
}

function changed(speakers: Speakers, id: string, change: Partial<OutputStatus>): Speakers {
  return speakers.map((speaker) => (speaker.id === id ? { ...speaker, ...change } : speaker))
}

/** NOT_FOUND. */
export function needSpeaker(speakers: Speakers, id: string): OutputStatus {
  const found = speakers.find((speaker) => speaker.id === id)
  if (found === undefined) throw new KnownError('NOT_FOUND', { output: id })
  return found
}

/** 48 bits, as a MAC would have; the same each time. */
function speakerIdOf(id: string): bigint {
  return BigInt(`0x${createHash('sha256').update(id).digest('hex').slice(0, 12)}`)
}
