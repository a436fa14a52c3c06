// Any number of channels made two.

/** Share of each source channel in left and right, by number of channels, in the order L R C LFE Ls Rs. */
const half = Math.SQRT1_2
const sharesByChannels: Readonly<Record<number, readonly (readonly [left: number, right: number])[]>> = {
  3: [
    [1, 0],
    [0, 1],
    [half, half],
  ],
  4: [
    [1, 0],
    [0, 1],
    [half, 0],
    [0, half],
  ],
  5: [
    [1, 0],
    [0, 1],
    [half, half],
    [half, 0],
    [0, half],
  ],
  6: [
    [1, 0],
    [0, 1],
    [half, half],
    [0, 0],
    [half, 0],
    [0, half],
  ],
  7: [
    [1, 0],
    [0, 1],
    [half, half],
    [0, 0],
    [half, half],
    [half, 0],
    [0, half],
  ],
  8: [
    [1, 0],
    [0, 1],
    [half, half],
    [0, 0],
    [half, 0],
    [0, half],
    [half, 0],
    [0, half],
  ],
}

export const mostChannels = 8

/** Planes of `frames` samples each, interleaved as stereo. Mono goes to both sides unchanged. */
export function interleaveStereo(planes: readonly Float32Array[], frames: number): Float32Array {
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
  const shares = sharesByChannels[planes.length] ?? []
  // Divided by the sum of shares: quieter than the source, but it cannot clip.
  const loudest = shares.reduce((sum, [left]) => sum + left, 0)
  for (const [channel, [left, right]] of shares.entries()) {
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
