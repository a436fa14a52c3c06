// The head of an MPEG audio frame, layer III (ISO/IEC 11172-3, section 2.4.1.3; 13818-3 for the lower rates).

export interface FrameHeader {
  /** Of the whole frame. */
  readonly frameBytes: number
  readonly sampleRateHz: number
  readonly samplesPerFrame: 1152 | 576
  readonly channels: 1 | 2
  /** Of the side information after the head: where a Xing tag would stand. */
  readonly sideBytes: number
}

/** kbit/s by the 4-bit code; 0 is "free format", which nobody writes and we do not read. */
const bitratesMpeg1 = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320]
const bitratesMpeg2 = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160]
const ratesMpeg1 = [44_100, 48_000, 32_000]

export function readFrameHeader(bytes: Uint8Array, at: number): FrameHeader | undefined {
  const [b0 = 0, b1 = 0, b2 = 0, b3 = 0] = bytes.subarray(at, at + 4)
  if (b0 !== 0xff || (b1 & 0xe0) !== 0xe0) return undefined
  const version = (b1 >> 3) & 3 // 0: 2.5, 2: 2, 3: 1
  const isLayer3 = ((b1 >> 1) & 3) === 1
  const isMpeg1 = version === 3
  const bitrate = (isMpeg1 ? bitratesMpeg1 : bitratesMpeg2)[b2 >> 4] ?? 0
  const fullRate = ratesMpeg1[(b2 >> 2) & 3]
  if (version === 1 || !isLayer3 || bitrate === 0 || fullRate === undefined) return undefined
  const sampleRateHz = isMpeg1 ? fullRate : version === 2 ? fullRate / 2 : fullRate / 4
  const isMono = b3 >> 6 === 3
  const padding = (b2 >> 1) & 1
  return {
    frameBytes: Math.floor(((isMpeg1 ? 144_000 : 72_000) * bitrate) / sampleRateHz) + padding,
    sampleRateHz,
    samplesPerFrame: isMpeg1 ? 1152 : 576,
    channels: isMono ? 1 : 2,
    sideBytes: isMpeg1 ? (isMono ? 17 : 32) : isMono ? 9 : 17,
  }
}

/** True when both can be frames of one stream. */
export function isSameStream(one: FrameHeader, other: FrameHeader): boolean {
  return one.sampleRateHz === other.sampleRateHz && one.samplesPerFrame === other.samplesPerFrame
}
