// Rows of a list as bytes: each field in turn over a block of rows that the processor's cache holds.

import { headerBytes, type RowField, type Run, type Target } from './row-field.ts'

const rowsPerBlock = 256

export interface RowEncoder {
  readonly fields: readonly RowField[]
  /** Bytes of each row of the run, header included; all of them together. */
  measure(run: Run, sizes: Uint32Array): number
  /** Writes the run as it was measured, from `place` on. */
  encode(run: Run, sizes: Uint32Array, target: Target, place: number): void
}

/** `letters` are those of the container that each row is: `mlit`. */
export function rowEncoder(letters: number, fields: readonly RowField[]): RowEncoder {
  const places = new Uint32Array(rowsPerBlock)

  function encodeBlock(run: Run, sizes: Uint32Array, target: Target, place: number): number {
    let end = place
    for (let at = 0; at < run.count; at++) {
      const size = sizes[at] ?? 0
      target.view.setUint32(end, letters)
      target.view.setUint32(end + 4, size - headerBytes)
      places[at] = end + headerBytes
      end += size
    }
    for (const field of fields) field.write(run, places, target)
    return end
  }

  return {
    fields,
    measure(run, sizes) {
      sizes.fill(headerBytes, 0, run.count)
      for (const field of fields) field.addSizes(run, sizes)
      return sumOf(sizes, run.count)
    },
    encode({ rows, from, count }, sizes, target, place) {
      let end = place
      for (let done = 0; done < count; done += rowsPerBlock) {
        const block = { rows, from: from + done, count: Math.min(rowsPerBlock, count - done) }
        end = encodeBlock(block, sizes.subarray(done), target, end)
      }
    },
  }
}

export function sumOf(sizes: Uint32Array, count: number): number {
  let sum = 0
  for (let at = 0; at < count; at++) sum += sizes[at] ?? 0
  return sum
}
