// How long an MP3 (or MP2, or bare AAC) file sounds, to the sample: from its Xing or VBRI frame, else by
// walking its frames. Also the proof that there is sound at all: random bytes look like a frame now and then.

import type { SoundLength } from './messages.ts'
import type { OpenFile } from './open-file.ts'

export interface Frame {
  readonly bytes: number
  readonly samples: number
  readonly sampleRateHz: number
  readonly channels: number
  readonly bitrateKbps: number
  /** From the frame's start to its Xing header, for MPEG audio; 0 for AAC. */
  readonly xingOffset: number
}

/** kbit/s by bitrate index; ISO/IEC 11172-3, 2.4.2.3, and 13818-3 for the lower sampling rates. */
const bitrates = {
  v1layer1: [0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448],
  v1layer2: [0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384],
  v1layer3: [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  v2layer1: [0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256],
  v2layer23: [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
} as const
const mpegRates = [44_100, 48_000, 32_000]
const aacRates = [
  96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8000, 7350,
]

/** The frame that begins with these bytes, or undefined. */
export function frameAt(head: Uint8Array): Frame | undefined {
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = head
  if (head.length < 4 || a !== 0xff || (b & 0xe0) !== 0xe0) return undefined
  const layer = 4 - ((b >> 1) & 3)
  if (layer === 4) return (b & 0xf0) === 0xf0 && head.length >= 6 ? aacFrame(c, d, e, f) : undefined
  const version = [2.5, undefined, 2, 1][(b >> 3) & 3]
  const rate = mpegRates[(c >> 2) & 3]
  const isMono = d >> 6 === 3
  if (version === undefined || rate === undefined) return undefined
  const table =
    version === 1
      ? bitrates[layer === 1 ? 'v1layer1' : layer === 2 ? 'v1layer2' : 'v1layer3']
      : bitrates[layer === 1 ? 'v2layer1' : 'v2layer23']
  const bitrateKbps = table[c >> 4] ?? 0
  if (bitrateKbps === 0) return undefined
  const sampleRateHz = rate / (version === 1 ? 1 : version === 2 ? 2 : 4)
  const padding = (c >> 1) & 1
  const samples = layer === 1 ? 384 : layer === 3 && version !== 1 ? 576 : 1152
  const slot = layer === 1 ? 4 : 1
  const bytes = (Math.floor((samples / 8 / slot) * ((bitrateKbps * 1000) / sampleRateHz)) + padding) * slot
  const sideBytes = version === 1 ? (isMono ? 17 : 32) : isMono ? 9 : 17
  return { bytes, samples, sampleRateHz, channels: isMono ? 1 : 2, bitrateKbps, xingOffset: 4 + sideBytes }
}

/** ADTS (ISO/IEC 14496-3, 1.A.2.2). */
function aacFrame(c: number, d: number, e: number, f: number): Frame | undefined {
  const sampleRateHz = aacRates[(c >> 2) & 15]
  const bytes = ((d & 3) << 11) | (e << 3) | (f >> 5)
  if (sampleRateHz === undefined || bytes < 7) return undefined
  const channels = ((c & 1) << 2) | (d >> 6)
  return { bytes, samples: 1024, sampleRateHz, channels: channels || 2, bitrateKbps: 0, xingOffset: 0 }
}

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
