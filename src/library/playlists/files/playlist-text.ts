// Bytes of a playlist file to text. Nobody says which encoding it is, so it is seen from the bytes.

/** Byte order marks, and the encodings that have them. */
const marks: readonly (readonly [bytes: readonly number[], encoding: string])[] = [
  [[0xef, 0xbb, 0xbf], 'utf-8'],
  [[0xff, 0xfe], 'utf-16le'],
  [[0xfe, 0xff], 'utf-16be'],
]
/** Enough to see that every other byte is zero. */
const sampleBytes = 1000

export function playlistText(bytes: Uint8Array): string {
  const mark = marks.find(([start]) => start.every((byte, at) => bytes[at] === byte))
  if (mark) return new TextDecoder(mark[1]).decode(bytes)
  const wide = encodingOfZeros(bytes)
  if (wide !== undefined) return new TextDecoder(wide).decode(bytes)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('windows-1252').decode(bytes) // Latin-1, and what Windows put into its gaps
  }
}

/** UTF-16 without a mark: in Western text nearly every second byte is zero. */
function encodingOfZeros(bytes: Uint8Array): string | undefined {
  const sample = bytes.subarray(0, sampleBytes)
  let [even, odd] = [0, 0]
  for (const [at, byte] of sample.entries()) {
    if (byte !== 0) continue
    if (at % 2 === 0) even += 1
    else odd += 1
  }
  if (odd * 4 > sample.length && odd > even) return 'utf-16le'
  return even * 4 > sample.length ? 'utf-16be' : undefined
}
