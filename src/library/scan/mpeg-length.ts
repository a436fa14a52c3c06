// How long an MP3 (or MP2, or bare AAC) file sounds, to the sample: from its Xing or VBRI frame, else by
// walking its frames. Also the proof that there is sound at all: random bytes look like a frame now and then.

import type { SoundLength } from './messages.ts'
import { type Frame, frameAt } from './mpeg-frame.ts'
import type { OpenFile } from './open-file.ts'

/** A first frame lies this far behind the tags at most. */
const longestSearchBytes = 256 * 1024
/** Frames of one bitrate after which a file is taken to have no other. */
const framesToTrust = 64

/** The sound between `from` and `to`; undefined when no two frames follow one another there. */
export function mpegLength(file: OpenFile, from: number, to: number): SoundLength | undefined {
  const start = firstFrame(file, from, to)
  if (start === undefined) return undefined
  const frame = frameAt(file.read(start, 6))
  if (frame === undefined) return undefined
  const { sampleRateHz, channels } = frame
  const told = toldLength(file, start, frame)
  const samples = told?.samples ?? walkedSamples(file, start, to, frame)
  const seconds = samples / sampleRateHz
  return {
    sampleRateHz,
    channels,
    totalSamples: samples,
    leadInSamples: told?.leadIn ?? null,
    paddingSamples: told?.padding ?? null,
    durationMs: Math.round(seconds * 1000),
    bitrateKbps: seconds > 0 ? Math.round(((to - start) * 8) / seconds / 1000) : frame.bitrateKbps,
  }
}

function firstFrame(file: OpenFile, from: number, to: number): number | undefined {
  const end = Math.min(to, from + longestSearchBytes)
  const bytes = file.read(from, end - from)
  for (let at = bytes.indexOf(0xff); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
    const frame = frameAt(bytes.subarray(at, at + 6))
    if (frame === undefined) continue
    const following = from + at + frame.bytes
    const next = frameAt(file.read(following, 6))
    const isLast = following >= to && at === 0
    if (isLast || (next?.sampleRateHz === frame.sampleRateHz && next.samples === frame.samples))
      return from + at
  }
  return undefined
}

interface Told {
  readonly samples: number
  readonly leadIn: number | null
  readonly padding: number | null
}

/** What the encoder wrote into the first frame: gabriel.mp3-tech.org/mp3infotag.html; VBRI at a fixed place. */
function toldLength(file: OpenFile, start: number, frame: Frame): Told | undefined {
  if (frame.xingOffset === 0) return undefined
  const bytes = file.read(start, Math.max(frame.bytes, 192))
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const word = (at: number) => (at + 4 <= bytes.length ? view.getUint32(at) : 0)
  const name = word(frame.xingOffset)
  if (word(36) === vbri) return { samples: word(50) * frame.samples, leadIn: null, padding: null }
  if (name !== xing && name !== info) return undefined
  const flags = word(frame.xingOffset + 4)
  if ((flags & 1) === 0) return undefined
  const all = word(frame.xingOffset + 8) * frame.samples
  const lame =
    frame.xingOffset + 8 + [4, 4, 100, 4].reduce((sum, size, bit) => sum + ((flags >> bit) & 1) * size, 0)
  const delays = word(lame + 20) & 0xff_ffff // three bytes at 21: delay and padding, 12 bits each
  const [leadIn, padding] = [delays >> 12, delays & 0xfff]
  const hasDelays = word(lame) !== 0 && delays !== 0 && leadIn + padding < all
  return hasDelays
    ? { samples: all - leadIn - padding, leadIn, padding }
    : { samples: all, leadIn: null, padding: null }
}

const xing = 0x58_69_6e_67
const info = 0x49_6e_66_6f
const vbri = 0x56_42_52_49

function walkedSamples(file: OpenFile, start: number, to: number, first: Frame): number {
  let position = start
  let frames = 0
  let isConstant = first.bitrateKbps > 0
  while (position < to) {
    const frame = frameAt(file.read(position, 6))
    if (frame === undefined || frame.sampleRateHz !== first.sampleRateHz) break
    isConstant &&= frame.bitrateKbps === first.bitrateKbps
    frames += 1
    position += frame.bytes
    if (isConstant && frames === framesToTrust)
      return Math.round(((to - start) / (position - start)) * frames) * first.samples
  }
  return frames * first.samples
}
