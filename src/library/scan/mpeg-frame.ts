// The head of a frame of MPEG audio or of bare AAC.

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
