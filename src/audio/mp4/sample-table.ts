// Where each access unit (a compressed piece of sound) of an MP4 track lies (ISO/IEC 14496-12, section 8.6 to 8.7).

import type { ByteSource } from '../byte-source.ts'
import { cannotDecode } from '../decoder.ts'
import { type Box, findBox, readBox } from './boxes.ts'

export interface SampleTable {
  readonly count: number
  /** Length of the media in its own time scale. */
  readonly mediaUnits: number
  place(index: number): { readonly offset: number; readonly sizeBytes: number }
}

const largestUnitBytes = 1024 * 1024

export async function readSampleTable(source: ByteSource, stbl: Box): Promise<SampleTable> {
  const need = async (name: string) => {
    const box = await findBox(source, stbl, name)
    return box === undefined ? undefined : readBox(source, box)
  }
  const [sizes, chunkMap, times, near, far] = [
    await need('stsz'),
    await need('stsc'),
    await need('stts'),
    await need('stco'),
    await need('co64'),
  ]
  const chunks = near ?? far
  if (sizes === undefined || chunkMap === undefined || chunks === undefined || sizes.byteLength < 12)
    throw cannotDecode('its index is missing')
  const sameBytes = sizes.getUint32(4)
  // No more than the table really holds, whatever it says.
  const toldCount = sizes.getUint32(8)
  const count = sameBytes > 0 ? Math.min(toldCount, 4_000_000) : entries(sizes, 8, 4)
  const sizeOf = (index: number) => (sameBytes > 0 ? sameBytes : sizes.getUint32(12 + index * 4))

  const offsets = new Float64Array(count)
  let unit = 0
  const chunkCount = entries(chunks, 4, near === undefined ? 8 : 4)
  const rowCount = entries(chunkMap, 4, 12)
  let chunk = 0
  for (let row = 0; row < rowCount && unit < count; row += 1) {
    const first = chunkMap.getUint32(8 + row * 12) - 1
    const perChunk = chunkMap.getUint32(12 + row * 12)
    const end = row + 1 < rowCount ? chunkMap.getUint32(8 + (row + 1) * 12) - 1 : chunkCount
    // Rows only go up: one that goes back would walk the same chunks again and again.
    if (first < chunk) throw cannotDecode('its index is damaged')
    for (chunk = first; chunk < Math.min(end, chunkCount) && unit < count; chunk += 1) {
      let offset =
        near === undefined ? Number(chunks.getBigUint64(8 + chunk * 8)) : chunks.getUint32(8 + chunk * 4)
      for (let index = 0; index < perChunk && unit < count; index += 1) {
        offsets[unit] = offset
        offset += sizeOf(unit)
        unit += 1
      }
    }
  }
  if (unit === 0) throw cannotDecode('there is no sound in it')
  return {
    count: unit,
    mediaUnits: times === undefined ? 0 : mediaUnitsOf(times),
    place(index) {
      const sizeBytes = sizeOf(index)
      if (sizeBytes > largestUnitBytes) throw cannotDecode('it is damaged')
      return { offset: offsets[index] ?? 0, sizeBytes }
    },
  }
}

/** How many rows a table says it has, but not more than fit. Rows begin after the 32-bit count at `countAt`. */
function entries(table: DataView, countAt: number, rowBytes: number): number {
  if (table.byteLength < countAt + 4) return 0
  return Math.min(table.getUint32(countAt), Math.floor((table.byteLength - countAt - 4) / rowBytes))
}

function mediaUnitsOf(times: DataView): number {
  let sum = 0
  for (let row = 0; row < entries(times, 4, 8); row += 1)
    sum += times.getUint32(8 + row * 8) * times.getUint32(12 + row * 8)
  return sum
}
