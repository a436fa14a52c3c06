// Renders the score: a plucked voice, a soft pad, a bass, and a small room round them.
// Sines only and no noise, so the same bytes come out everywhere and lossless files stay small.

import {
  brokenChords,
  farewell,
  framesInAll,
  framesPerBeat,
  frequencyHz,
  harmonies,
  melody,
  sampleRateHz,
} from './score.ts'

/** Peak of the finished piece, as a part of full scale. */
const peak = 0.5
const fadeOutSeconds = 2

interface Stereo {
  readonly left: Float64Array
  readonly right: Float64Array
}

interface Note {
  readonly frequencyHz: number
  readonly startBeat: number
  readonly beats: number
  readonly gain: number
  /** 0 left, 0.5 middle, 1 right. */
  readonly pan: number
}

/** The whole piece as 16-bit stereo, interleaved. */
export function renderPiece(): Int16Array {
  const dry = stereo()
  for (const note of melodyNotes()) pluck(dry, note)
  for (const note of brokenNotes()) pluck(dry, note)
  let beat = 0
  for (const harmony of harmonies) {
    harmony.tones.forEach((tone, index) =>
      pad(dry, { ...at(tone, beat, harmony.beats), gain: 0.085, pan: 0.35 + 0.15 * index }),
    )
    bass(dry, { ...at(harmony.bass, beat, harmony.beats), gain: 0.26, pan: 0.5 })
    beat += harmony.beats
  }
  return finish(mixRoom(dry))
}

function at(note: string, startBeat: number, beats: number) {
  return { frequencyHz: frequencyHz(note), startBeat, beats }
}

function* melodyNotes(): Generator<Note> {
  let beat = 0
  for (const [name, beats] of melody) {
    if (name !== '-') yield { ...at(name, beat, beats), gain: beat % 4 === 0 ? 0.34 : 0.28, pan: 0.55 }
    beat += beats
  }
  for (const [startBeat, name] of farewell) yield { ...at(name, startBeat, 4), gain: 0.12, pan: 0.4 }
}

/** The chords of the middle part in quavers: low, middle, high, middle. */
function* brokenNotes(): Generator<Note> {
  const { fromBeat, toBeat } = brokenChords
  for (let beat = fromBeat; beat < toBeat; beat += 0.5) {
    const { tones } = harmonyAt(beat)
    const pattern = [0, 1, 2, 1] as const
    const tone = tones[pattern[(beat * 2) % 4] ?? 0] ?? tones[0]
    if (tone === undefined) continue
    // Grows in over two bars, so that the second movement starts before its track does.
    const gain = 0.11 * Math.min(1, 0.3 + (beat - fromBeat) / 8)
    yield { ...at(tone, beat, 0.5), gain, pan: beat % 1 === 0 ? 0.3 : 0.7 }
  }
}

function harmonyAt(beat: number) {
  let end = 0
  for (const harmony of harmonies) {
    end += harmony.beats
    if (beat < end) return harmony
  }
  throw new Error(`no harmony at beat ${beat}`)
}

/** A struck tine: a quick soft attack, upper partials gone first. */
function pluck(into: Stereo, note: Note): void {
  const ringSeconds = 0.9 * Math.sqrt(440 / note.frequencyHz)
  const partials = [1, 0.38, 0.16, 0.07, 0.025].map((level, index) => ({
    level,
    decayPerSecond: (index + 1) ** 0.9 / ringSeconds,
    radiansPerSecond: 2 * Math.PI * note.frequencyHz * (index + 1),
  }))
  const heldSeconds = (note.beats * framesPerBeat) / sampleRateHz
  add(into, note, heldSeconds + 1, (seconds) => {
    const attack = rise(seconds / 0.006)
    const release = seconds < heldSeconds ? 1 : Math.exp(-(seconds - heldSeconds) / 0.18)
    let value = 0
    for (const { level, decayPerSecond, radiansPerSecond } of partials)
      value += level * Math.exp(-seconds * decayPerSecond) * Math.sin(radiansPerSecond * seconds)
    return value * attack * release
  })
}

/** Held chords: slow to come, slow to go, so neighbours melt into each other. */
function pad(into: Stereo, note: Note): void {
  const heldSeconds = (note.beats * framesPerBeat) / sampleRateHz
  add(into, note, heldSeconds + 0.7, (seconds) => {
    const level = rise(seconds / 0.45) * (1 - rise((seconds - heldSeconds) / 0.7))
    const phase = 2 * Math.PI * note.frequencyHz * seconds
    const breath = 1 + 0.12 * Math.sin(2 * Math.PI * 0.4 * seconds + note.pan * 6)
    return level * breath * (Math.sin(phase) + 0.3 * Math.sin(2 * phase) + 0.08 * Math.sin(3 * phase))
  })
}

function bass(into: Stereo, note: Note): void {
  const heldSeconds = (note.beats * framesPerBeat) / sampleRateHz
  add(into, note, heldSeconds + 0.3, (seconds) => {
    const level = rise(seconds / 0.02) * (1 - rise((seconds - heldSeconds) / 0.3))
    const phase = 2 * Math.PI * note.frequencyHz * seconds
    return level * (0.35 + 0.65 * Math.exp(-seconds / 1.2)) * (Math.sin(phase) + 0.35 * Math.sin(2 * phase))
  })
}

/** From 0 to 1 along half a cosine; 0 before, 1 after. */
function rise(part: number): number {
  if (part <= 0) return 0
  return part >= 1 ? 1 : 0.5 - 0.5 * Math.cos(Math.PI * part)
}

function add(into: Stereo, note: Note, lengthSeconds: number, voice: (seconds: number) => number): void {
  const start = Math.round(note.startBeat * framesPerBeat)
  const end = Math.min(framesInAll, start + Math.round(lengthSeconds * sampleRateHz))
  const leftGain = note.gain * Math.cos((note.pan * Math.PI) / 2)
  const rightGain = note.gain * Math.sin((note.pan * Math.PI) / 2)
  for (let frame = start; frame < end; frame++) {
    const value = voice((frame - start) / sampleRateHz)
    into.left[frame] = (into.left[frame] ?? 0) + leftGain * value
    into.right[frame] = (into.right[frame] ?? 0) + rightGain * value
  }
}

/** Echoes: combs in parallel, then all-pass filters (Schroeder's room), the two sides a little apart. */
function mixRoom(dry: Stereo): Stereo {
  const wetGain = 0.05
  const mix = (channel: Float64Array, spread: number) => {
    const wet = new Float64Array(framesInAll)
    for (const delay of [1_422, 1_491, 1_557, 1_617]) comb(channel, wet, delay + spread)
    const smooth = allPass(allPass(wet, 556 + spread), 225 + spread)
    return channel.map((value, frame) => value + wetGain * (smooth[frame] ?? 0))
  }
  return { left: mix(dry.left, 0), right: mix(dry.right, 23) }
}

function comb(from: Float64Array, into: Float64Array, delay: number): void {
  const line = new Float64Array(delay)
  let damped = 0
  for (let frame = 0; frame < from.length; frame++) {
    const echo = line[frame % delay] ?? 0
    damped = 0.65 * echo + 0.35 * damped
    line[frame % delay] = (from[frame] ?? 0) + 0.84 * damped
    into[frame] = (into[frame] ?? 0) + echo
  }
}

function allPass(from: Float64Array, delay: number): Float64Array {
  const line = new Float64Array(delay)
  return from.map((value, frame) => {
    const echo = line[frame % delay] ?? 0
    line[frame % delay] = value + 0.5 * echo
    return echo - value
  })
}

function finish({ left, right }: Stereo): Int16Array {
  let loudest = 0
  for (let frame = 0; frame < framesInAll; frame++)
    loudest = Math.max(loudest, Math.abs(left[frame] ?? 0), Math.abs(right[frame] ?? 0))
  const scale = (peak * 32_767) / loudest
  const fadeFrom = framesInAll - fadeOutSeconds * sampleRateHz
  const piece = new Int16Array(framesInAll * 2)
  for (let frame = 0; frame < framesInAll; frame++) {
    const gain = scale * (1 - rise((frame - fadeFrom) / (framesInAll - fadeFrom)))
    piece[2 * frame] = Math.round(gain * (left[frame] ?? 0))
    piece[2 * frame + 1] = Math.round(gain * (right[frame] ?? 0))
  }
  return piece
}

function stereo(): Stereo {
  return { left: new Float64Array(framesInAll), right: new Float64Array(framesInAll) }
}
