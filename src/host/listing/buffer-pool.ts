// Buffers that are used again. Thrown away they would pile up: the collector does not hurry for memory outside its heap.

/** A piece of a list with room for rows longer than the average. */
const bufferBytes = 384 * 1024
/** Kept for later: what a dozen listings at once have on the way. */
const mostKept = 24

const free: Buffer[] = []

/** At least so many bytes, whatever is in them. */
export function takeBuffer(bytes: number): Buffer {
  if (bytes > bufferBytes) return Buffer.allocUnsafeSlow(bytes)
  return free.pop() ?? Buffer.allocUnsafeSlow(bufferBytes)
}

export function giveBack(buffer: Buffer): void {
  if (buffer.length === bufferBytes && free.length < mostKept) free.push(buffer)
}
