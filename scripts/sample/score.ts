// The sample album's music: one small piece in three movements, D major, 90 beats a minute.
// Written for this project. Every movement runs into the next: notes and echoes ring over the joins.

export const sampleRateHz = 44_100
export const beatsPerMinute = 90
export const beatsPerBar = 4
/** 44,100 Hz and 90 beats a minute divide evenly. */
export const framesPerBeat = (sampleRateHz * 60) / beatsPerMinute

export interface Movement {
  readonly title: string
  readonly bars: number
}

export const movements: readonly Movement[] = [
  { title: 'Needle Down', bars: 4 },
  { title: 'First Groove', bars: 4 },
  { title: 'Run-out', bars: 5 },
]

export function framesOf(movement: Movement): number {
  return movement.bars * beatsPerBar * framesPerBeat
}

export const framesInAll = movements.reduce((sum, movement) => sum + framesOf(movement), 0)

/** A melody note: name, length in beats. Names are scientific pitch; `-` is a rest. */
type Step = readonly [note: string, beats: number]

export const melody: readonly Step[] = [
  // I
  ...([
    ['A4', 1],
    ['D5', 1],
    ['F#5', 1.5],
    ['E5', 0.5],
  ] as const),
  ...([
    ['E5', 1],
    ['C#5', 0.5],
    ['D5', 0.5],
    ['E5', 2],
  ] as const),
  ...([
    ['F#5', 1],
    ['D5', 1],
    ['B4', 1.5],
    ['C#5', 0.5],
  ] as const),
  ...([
    ['D5', 1],
    ['B4', 0.5],
    ['A4', 0.5],
    ['B4', 1],
    ['D5', 1],
  ] as const),
  // II
  ...([
    ['F#5', 1.5],
    ['G5', 0.5],
    ['A5', 1],
    ['F#5', 1],
  ] as const),
  ...([
    ['E5', 1],
    ['C#5', 1],
    ['A4', 1],
    ['C#5', 1],
  ] as const),
  ...([
    ['D5', 1.5],
    ['E5', 0.5],
    ['F#5', 1],
    ['G5', 1],
  ] as const),
  ...([
    ['E5', 1],
    ['F#5', 0.5],
    ['G5', 0.5],
    ['A5', 1.5],
    ['G5', 0.5],
  ] as const),
  // III
  ...([
    ['B5', 1],
    ['A5', 0.5],
    ['G5', 0.5],
    ['D5', 2],
  ] as const),
  ...([
    ['A5', 1],
    ['F#5', 1],
    ['D5', 1],
    ['E5', 1],
  ] as const),
  ...([
    ['G5', 1],
    ['F#5', 0.5],
    ['E5', 0.5],
    ['C#5', 1],
    ['E5', 1],
  ] as const),
  ...([['D5', 8]] as const),
]

export interface Harmony {
  readonly beats: number
  readonly bass: string
  readonly tones: readonly string[]
}

export const harmonies: readonly Harmony[] = [
  // I
  { beats: 4, bass: 'D2', tones: ['D3', 'A3', 'F#4'] },
  { beats: 4, bass: 'C#2', tones: ['E3', 'A3', 'E4'] },
  { beats: 4, bass: 'B1', tones: ['D3', 'B3', 'F#4'] },
  { beats: 4, bass: 'G1', tones: ['D3', 'B3', 'G4'] },
  // II
  { beats: 4, bass: 'D2', tones: ['F#3', 'A3', 'D4'] },
  { beats: 4, bass: 'F#2', tones: ['F#3', 'A3', 'C#4'] },
  { beats: 4, bass: 'G2', tones: ['G3', 'B3', 'D4'] },
  { beats: 4, bass: 'A2', tones: ['E3', 'A3', 'C#4'] },
  // III
  { beats: 4, bass: 'G2', tones: ['G3', 'B3', 'D4'] },
  { beats: 4, bass: 'F#2', tones: ['F#3', 'A3', 'D4'] },
  { beats: 2, bass: 'E2', tones: ['E3', 'G3', 'B3'] },
  { beats: 2, bass: 'A1', tones: ['E3', 'G3', 'C#4'] },
  { beats: 8, bass: 'D2', tones: ['D3', 'A3', 'F#4'] },
]

/** From this beat to that one the chords are also broken into quavers: the groove of the second movement. */
export const brokenChords = { fromBeat: 14, toBeat: 44 } as const

/** Rising notes under the last chord: beat, name. */
export const farewell: readonly (readonly [beat: number, note: string])[] = [
  [44.5, 'A4'],
  [45, 'D5'],
  [45.5, 'F#5'],
  [46, 'A5'],
  [47, 'D6'],
]

const semitones: Record<string, number> = { C: 0, D: 2, E: 4, F: 5, G: 7, A: 9, B: 11 }

/** Frequency of a note in equal temperament, A4 = 440 Hz. */
export function frequencyHz(note: string): number {
  const [, letter = '', sharp, octave] = /^([A-G])(#?)(\d)$/.exec(note) ?? []
  const step = semitones[letter]
  if (step === undefined) throw new Error(`not a note: ${note}`)
  const midi = (Number(octave) + 1) * 12 + step + (sharp === '#' ? 1 : 0)
  return 440 * 2 ** ((midi - 69) / 12)
}
