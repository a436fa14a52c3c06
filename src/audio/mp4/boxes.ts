// The boxes of an MP4 file (ISO/IEC 14496-12): a size, four letters, content, which may be boxes again.

import type { ByteSource } from '../byte-source.ts'
import { cannotDecode } from '../decoder.ts'

export interface Box {
  readonly name: string
  /** Of its content, in the file. */
  readonly offset: number
  readonly sizeBytes: number
}

/** A file of tiny boxes must not keep us busy for ever. */
const mostBoxes = 10_000
/** The largest table we read: four million samples of 4 bytes are a day of sound. */
const mostBytes = 16 * 1024 * 1024

/** The boxes between two places of the file; what reaches over the end is cut there. */
export async function* boxesIn(source: ByteSource, from: number, to: number): AsyncGenerator<Box> {
  let offset = from
  const end = Math.min(to, source.sizeBytes)
  for (let count = 0; count < mostBoxes && offset + 8 <= end; count += 1) {
    const head = await source.read(offset, 16)
    if (head.length < 8) return
    const view = new DataView(head.buffer, head.byteOffset, head.byteLength)
    const told = view.getUint32(0)
    const name = String.fromCharCode(...head.subarray(4, 8))
    const isLong = told === 1 && head.length === 16
    const headBytes = isLong ? 16 : 8
    const size = isLong ? Number(view.getBigUint64(8)) : told === 0 ? end - offset : told
    if (size < headBytes) return
    yield { name, offset: offset + headBytes, sizeBytes: Math.min(size, end - offset) - headBytes }
    offset += size
  }
}

/** The first box with this path of names, below a place of the file. */
export async function findBox(source: ByteSource, within: Box, ...names: string[]): Promise<Box | undefined> {
  let place = within
  for (const name of names) {
    let found: Box | undefined
    for await (const box of boxesIn(source, place.offset, place.offset + place.sizeBytes)) {
      if (box.name !== name) continue
      found = box
      break
    }
    if (found === undefined) return undefined
    place = found
  }
  return place
}

/** Its content as a view. */
export async function readBox(source: ByteSource, box: Box): Promise<DataView> {
  if (box.sizeBytes > mostBytes) throw cannotDecode('its index is too large')
  const bytes = await source.read(box.offset, box.sizeBytes)
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
