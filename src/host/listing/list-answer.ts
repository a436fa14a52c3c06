// Rows to an answer: head, rows, letters; a short one whole, a long one in pieces that are made while they are sent.

import { type ContentCode, containerHeader } from '../../protocol/index.ts'
import { type EncodedList, targetIn } from './list-body.ts'
import type { RowEncoder } from './row-encoder.ts'
import type { Run } from './row-field.ts'

/** Longer lists are measured in slices, and made while they are sent. */
const mostRowsWhole = 500

export interface ListParts {
  readonly root: ContentCode
  readonly encoder: RowEncoder
  readonly run: Run
  /** Of all rows of the run together. */
  readonly rowsBytes: number
  /** DMAP in front of the list, and behind it. */
  readonly before: Uint8Array
  readonly behind: Uint8Array
}

export function encodedList({ root, encoder, run, rowsBytes, before, behind }: ListParts): EncodedList {
  const list = containerHeader('mlcl', rowsBytes)
  const inside = before.length + list.length + rowsBytes + behind.length
  const head = Buffer.concat([containerHeader(root, inside), before, list])
  return { encoder, run, rowsBytes, head, tail: behind }
}

export function isShort(count: number): boolean {
  return count <= mostRowsWhole
}

/** A short list whole, in one go. */
export function shortListBytes(parts: Omit<ListParts, 'rowsBytes'>): Uint8Array {
  const { encoder, run } = parts
  const rowsBytes = encoder.measure(run, sizes)
  const { head, tail } = encodedList({ ...parts, rowsBytes })
  const buffer = Buffer.allocUnsafe(head.length + rowsBytes + tail.length)
  buffer.set(head)
  encoder.encode(run, sizes, targetIn(buffer), head.length)
  buffer.set(tail, head.length + rowsBytes)
  return buffer
}

const sizes = new Uint32Array(mostRowsWhole)
