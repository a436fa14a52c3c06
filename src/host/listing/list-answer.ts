// Rows to an answer: head, rows, letters; a short one whole, a long one in pieces that are made while they are sent.

import { type ContentCode, containerHeader } from '../../protocol/index.ts'
import type { EncodedList } from './list-body.ts'
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

export function isShort({ count }: Run): boolean {
  return count <= mostRowsWhole
}

/** Of a short run. */
export function lengthOfShort(encoder: RowEncoder, run: Run): number {
  return encoder.measure(run, pageSizes)
}

const pageSizes = new Uint32Array(mostRowsWhole)
