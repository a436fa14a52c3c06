// Volume of this machine's speakers: no click, however quickly a finger moves.

/** Loudness follows the square, so that half way sounds about half as loud. */
export function gainOf(volumePercent: number): number {
  return (volumePercent / 100) ** 2
}

/** Over one block from one gain to the other; the same array when nothing is to be done. */
export function ramped(samples: Float32Array, from: number, to: number): Float32Array {
  if (from === 1 && to === 1) return samples
  const frames = samples.length / 2
  return samples.map((sample, index) => sample * (from + ((to - from) * Math.floor(index / 2)) / frames))
}
