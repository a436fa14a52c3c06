// Numbers about numbers.

export function median(values: readonly number[]): number {
  return percentile(values, 50)
}

/** The value below which `percent` of them lie; NaN of nothing. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100))] ?? Number.NaN
}
