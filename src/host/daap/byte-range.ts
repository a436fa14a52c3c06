// `Range: bytes=…` read as RFC 9110 section 14 says. One range only; what is malformed is as if not there.

export interface ByteRange {
  readonly start: number
  readonly length: number
}

/** Undefined: send everything (no header, another unit, several ranges). 'unsatisfiable': nothing of it exists. */
export function rangeIn(
  header: string | undefined,
  sizeBytes: number,
): ByteRange | 'unsatisfiable' | undefined {
  const match = /^bytes=([0-9]*)-([0-9]*)$/.exec(header?.replaceAll(' ', '') ?? '')
  const [, first = '', last = ''] = match ?? []
  if (first === '' && last === '') return undefined
  if (first === '') return between(Math.max(0, sizeBytes - Number(last)), sizeBytes - 1)
  const start = Number(first)
  if (start >= sizeBytes) return 'unsatisfiable'
  const end = last === '' ? sizeBytes - 1 : Math.min(Number(last), sizeBytes - 1)
  // The last before the first: malformed, so as if not there.
  return end < start ? undefined : between(start, end)
}

function between(start: number, end: number): ByteRange | 'unsatisfiable' {
  return end < start ? 'unsatisfiable' : { start, length: end - start + 1 }
}
