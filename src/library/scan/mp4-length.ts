// How long an MP4 file sounds: the length of its sound track, less the encoder's lead-in that its edit list cuts off.

import type { SoundLength } from './messages.ts'
import type { OpenFile } from './open-file.ts'

interface Box {
  readonly type: string
  readonly from: number
  readonly to: number
}

/** Bounds for hostile files. */
const mostBoxes = 2000
const mostEdits = 64

function* boxes(file: OpenFile, from: number, to: number): Generator<Box> {
  let position = from
  for (let count = 0; count < mostBoxes && position + 8 <= to; count++) {
    const head = file.read(position, 16)
    if (head.length < 8) return
    const view = new DataView(head.buffer, head.byteOffset, head.byteLength)
    const type = String.fromCharCode(...head.subarray(4, 8))
    let size = view.getUint32(0)
    let headBytes = 8
    if (size === 1 && head.length === 16) {
      size = Number(view.getBigUint64(8))
      headBytes = 16
    } else if (size === 0) size = to - position
    if (size < headBytes) return
    yield { type, from: position + headBytes, to: Math.min(to, position + size) }
    position += size
  }
}

function child(file: OpenFile, parent: Box | undefined, type: string): Box | undefined {
  if (parent === undefined) return undefined
  for (const box of boxes(file, parent.from, parent.to)) if (box.type === type) return box
  return undefined
}

function viewOf(file: OpenFile, box: Box | undefined, most = 64): DataView | undefined {
  if (box === undefined) return undefined
  const bytes = file.read(box.from, Math.min(most, box.to - box.from))
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

interface Times {
  readonly timescale: number
  readonly duration: number
}

/** `mvhd` and `mdhd` begin alike (ISO/IEC 14496-12, 8.2.2 and 8.4.2). */
function times(view: DataView | undefined): Times | undefined {
  if (view === undefined || view.byteLength < 20) return undefined
  const isLong = view.getUint8(0) === 1
  if (isLong && view.byteLength < 32) return undefined
  return isLong
    ? { timescale: view.getUint32(20), duration: Number(view.getBigUint64(24)) }
    : { timescale: view.getUint32(12), duration: view.getUint32(16) }
}

/** Undefined when the file does not say. */
export function mp4Length(file: OpenFile): Partial<SoundLength> | undefined {
  const moov = child(file, { type: '', from: 0, to: file.sizeBytes }, 'moov')
  if (moov === undefined) return undefined
  const movie = times(viewOf(file, child(file, moov, 'mvhd')))
  for (const track of boxes(file, moov.from, moov.to)) {
    if (track.type !== 'trak') continue
    const media = child(file, track, 'mdia')
    const handler = viewOf(file, child(file, media, 'hdlr'))
    if (handler === undefined || handler.byteLength < 12 || handler.getUint32(8) !== soun) continue
    const sound = times(viewOf(file, child(file, media, 'mdhd')))
    if (sound === undefined || sound.timescale === 0 || sound.duration === 0) return undefined
    return soundLength(sound, movie, firstEdit(file, child(file, child(file, track, 'edts'), 'elst')))
  }
  return undefined
}

const soun = 0x73_6f_75_6e

interface Edit {
  /** In the movie's timescale; 0: to the end. */
  readonly duration: number
  /** Where in the track it begins, in the track's own timescale. */
  readonly mediaTime: number
}

/** The first edit that is not an empty one (ISO/IEC 14496-12, 8.6.6). */
function firstEdit(file: OpenFile, box: Box | undefined): Edit | undefined {
  const view = viewOf(file, box, 8 + mostEdits * 20)
  if (view === undefined || view.byteLength < 8) return undefined
  const isLong = view.getUint8(0) === 1
  const size = isLong ? 20 : 12
  const count = Math.min(view.getUint32(4), Math.floor((view.byteLength - 8) / size))
  for (let index = 0; index < count; index++) {
    const at = 8 + index * size
    const edit = isLong
      ? { duration: Number(view.getBigUint64(at)), mediaTime: Number(view.getBigInt64(at + 8)) }
      : { duration: view.getUint32(at), mediaTime: view.getInt32(at + 4) }
    if (edit.mediaTime >= 0) return edit
  }
  return undefined
}

function soundLength(sound: Times, movie: Times | undefined, edit: Edit | undefined): Partial<SoundLength> {
  const leadIn = Math.min(edit?.mediaTime ?? 0, sound.duration)
  const rest = sound.duration - leadIn
  const edited =
    edit && movie && movie.timescale > 0 ? (edit.duration / movie.timescale) * sound.timescale : 0
  // A coarse movie timescale says the same length less exactly: then the rest is exact.
  const coarseness = movie && movie.timescale > 0 ? sound.timescale / movie.timescale : 0
  const total = edited > 0 && edited < rest - coarseness ? Math.round(edited) : rest
  return {
    totalSamples: total,
    leadInSamples: edit === undefined ? null : leadIn,
    paddingSamples: edit === undefined ? null : rest - total,
    durationMs: Math.round((total / sound.timescale) * 1000),
  }
}

/** iTunes's own note of lead-in, padding and length: four hexadecimal words, the last of 64 bit. */
export function iTunesLength(note: string, sampleRateHz: number): Partial<SoundLength> | undefined {
  const words = note.trim().split(/\s+/).slice(1, 4)
  const [leadIn = Number.NaN, padding = Number.NaN, total = Number.NaN] = words.map((word) =>
    Number.parseInt(word, 16),
  )
  if (!(leadIn >= 0 && padding >= 0 && total > 0 && Number.isSafeInteger(total) && sampleRateHz > 0))
    return undefined
  return {
    totalSamples: total,
    leadInSamples: leadIn,
    paddingSamples: padding,
    durationMs: Math.round((total / sampleRateHz) * 1000),
  }
}
