// Any number of channels made two, as ITU-R BS.775-3, table 2, has it: what stands at the sides goes to its side,
// the centre to both at -3 dB, surround at -3 dB, one surround for both at -6 dB. The low effects are left out.

/** Where a channel stands: left, right, centre, low effects, surround, back, one in the back, half way to the centre. */
type Place = 'L' | 'R' | 'C' | 'Lfe' | 'Ls' | 'Rs' | 'Lb' | 'Rb' | 'Cs' | 'Lc' | 'Rc'

const half = Math.SQRT1_2

const shares: Readonly<Record<Place, readonly [left: number, right: number]>> = {
  L: [1, 0],
  R: [0, 1],
  C: [half, half],
  Lfe: [0, 0],
  Ls: [half, 0],
  Rs: [0, half],
  Lb: [half, 0],
  Rb: [0, half],
  Cs: [0.5, 0.5],
  Lc: [1, 0],
  Rc: [0, 1],
}

/** For each number of channels, from three on, where each stands. */
export type ChannelOrder = readonly (readonly Place[])[]

/** WAV without a mask, FLAC (RFC 9639, 9.1.3), AIFF as it is written today. */
const waveOrder: ChannelOrder = [
  ['L', 'R', 'C'],
  ['L', 'R', 'Lb', 'Rb'],
  ['L', 'R', 'C', 'Lb', 'Rb'],
  ['L', 'R', 'C', 'Lfe', 'Lb', 'Rb'],
  ['L', 'R', 'C', 'Lfe', 'Cs', 'Ls', 'Rs'],
  ['L', 'R', 'C', 'Lfe', 'Lb', 'Rb', 'Ls', 'Rs'],
]

/** Vorbis I specification, 4.3.9; Opus has the same (RFC 7845, 5.1.1.2). */
export const vorbisOrder: ChannelOrder = [
  ['L', 'C', 'R'],
  ['L', 'R', 'Lb', 'Rb'],
  ['L', 'C', 'R', 'Lb', 'Rb'],
  ['L', 'C', 'R', 'Lb', 'Rb', 'Lfe'],
  ['L', 'C', 'R', 'Ls', 'Rs', 'Cs', 'Lfe'],
  ['L', 'C', 'R', 'Ls', 'Rs', 'Lb', 'Rb', 'Lfe'],
]

/** AAC as FAAD2 gives it: sorted as in WAV, but for eight channels. */
export const aacOrder: ChannelOrder = [
  ['L', 'R', 'C'],
  ['L', 'R', 'C', 'Cs'],
  ['L', 'R', 'C', 'Ls', 'Rs'],
  ['L', 'R', 'C', 'Lfe', 'Ls', 'Rs'],
  ['L', 'R', 'C', 'Lfe', 'Cs', 'Ls', 'Rs'],
  ['C', 'L', 'R', 'Ls', 'Rs', 'Lb', 'Rb', 'Lfe'],
]

/** Apple's ALACAudioTypes.h: the centre first. */
export const alacOrder: ChannelOrder = [
  ['C', 'L', 'R'],
  ['C', 'L', 'R', 'Cs'],
  ['C', 'L', 'R', 'Ls', 'Rs'],
  ['C', 'L', 'R', 'Ls', 'Rs', 'Lfe'],
  ['C', 'L', 'R', 'Ls', 'Rs', 'Cs', 'Lfe'],
  ['C', 'Lc', 'Rc', 'L', 'R', 'Ls', 'Rs', 'Lfe'],
]

/** Bits of WAVEFORMATEXTENSIBLE's channel mask, from the lowest; the ones above are over people's heads. */
const maskPlaces: readonly Place[] = ['L', 'R', 'C', 'Lfe', 'Lb', 'Rb', 'Lc', 'Rc', 'Cs', 'Ls', 'Rs']

/** The order that a mask tells; as without one when it tells of another number of channels. */
export function orderOfMask(mask: number, channels: number): ChannelOrder {
  const places = maskPlaces.filter((_, bit) => (mask & (1 << bit)) !== 0)
  if (channels < 3 || places.length !== channels) return waveOrder
  return waveOrder.map((order) => (order.length === channels ? places : order))
}

export const mostChannels = 8

/** Planes of `frames` samples each, interleaved as stereo. Mono goes to both sides unchanged. */
export function interleaveStereo(
  planes: readonly Float32Array[],
  frames: number,
  order: ChannelOrder = waveOrder,
): Float32Array {
  const stereo = new Float32Array(frames * 2)
  if (planes.length <= 2) {
    const left = planes[0] ?? new Float32Array(frames)
    const right = planes[1] ?? left
    for (let frame = 0; frame < frames; frame += 1) {
      stereo[frame * 2] = left[frame] ?? 0
      stereo[frame * 2 + 1] = right[frame] ?? 0
    }
    return stereo
  }
  const parts = (order[planes.length - 3] ?? []).map((place) => shares[place])
  // Divided by the sum of shares: quieter than the source, but it cannot clip.
  const loudest = Math.max(1, sumOf(parts, 0), sumOf(parts, 1))
  for (const [channel, [left, right]] of parts.entries()) {
    const plane = planes[channel]
    if (plane === undefined) continue
    for (let frame = 0; frame < frames; frame += 1) {
      const sample = (plane[frame] ?? 0) / loudest
      stereo[frame * 2] = (stereo[frame * 2] ?? 0) + sample * left
      stereo[frame * 2 + 1] = (stereo[frame * 2 + 1] ?? 0) + sample * right
    }
  }
  return stereo
}

function sumOf(parts: readonly (readonly [number, number])[], side: 0 | 1): number {
  return parts.reduce((sum, part) => sum + part[side], 0)
}
