// What libFLAC gives, as everything else here counts samples.

/** Its floats come divided by 2^(bits-1) - 1; back to the sample, then by 2^(bits-1). Changed in place. */
export function exact(plane: Float32Array, bitsPerSample: number): Float32Array {
  const full = 2 ** (bitsPerSample - 1)
  for (let index = 0; index < plane.length; index += 1)
    plane[index] = Math.round((plane[index] ?? 0) * (full - 1)) / full
  return plane
}
