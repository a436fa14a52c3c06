// ID3v2 tags stand before MP3 and sometimes before other formats; here they are only stepped over.

import type { ByteSource } from './byte-source.ts'

const mostTags = 16

/** How many bytes of ID3v2 tags there are at `start`. */
export async function id3v2Bytes(source: ByteSource, start: number): Promise<number> {
  let offset = start
  for (let count = 0; count < mostTags; count += 1) {
    const head = await source.read(offset, 10)
    if (head.length < 10 || String.fromCharCode(...head.subarray(0, 3)) !== 'ID3') break
    const [, , , , , flags = 0, ...size] = head
    const sizeBytes = size.reduce((sum, byte) => sum * 128 + (byte & 0x7f), 0)
    const hasFooter = (flags & 0x10) !== 0
    offset += 10 + sizeBytes + (hasFooter ? 10 : 0)
  }
  return offset - start
}
