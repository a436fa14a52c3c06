// RIFF and IFF files are lists of chunks: four letters, a size, that many bytes, padded to an even number.

import type { ByteSource } from '../byte-source.ts'

export interface Chunk {
  readonly name: string
  /** Of its content. */
  readonly offset: number
  /** As told; may reach over the end of the file. */
  readonly sizeBytes: number
}

/** A file of tiny chunks must not keep us busy for ever. */
const mostChunks = 4096

export async function* chunks(
  source: ByteSource,
  start: number,
  endian: 'little' | 'big',
): AsyncGenerator<Chunk> {
  let offset = start
  for (let count = 0; count < mostChunks && offset + 8 <= source.sizeBytes; count += 1) {
    const head = await source.read(offset, 8)
    if (head.length < 8) return
    const sizeBytes = new DataView(head.buffer, head.byteOffset).getUint32(4, endian === 'little')
    yield { name: String.fromCharCode(...head.subarray(0, 4)), offset: offset + 8, sizeBytes }
    offset += 8 + sizeBytes + (sizeBytes % 2)
  }
}
