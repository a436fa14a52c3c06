// Small pieces that files of all formats are put together from.

export function uint16(value: number): Buffer {
  const bytes = Buffer.alloc(2)
  bytes.writeUInt16BE(value)
  return bytes
}

export function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}

export function uint32LittleEndian(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}

/** Bytes that are the song's own and never 0xff, which begins a frame in MP3. */
export function ownBytes(seed: number, length: number): Buffer {
  const bytes = Buffer.alloc(length)
  let state = Math.imul(seed + 1, 0x9e37_79b1) >>> 0
  for (let at = 0; at < length; at += 1) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    bytes[at] = (state >>> 24) % 255
  }
  return bytes
}
