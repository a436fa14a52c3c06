// A list of many rows as an answer that is made while it is sent: no request holds up the others,
// and the memory it takes does not grow with the library.

import { Readable } from 'node:stream'
import { setImmediate as nextTurn } from 'node:timers/promises'
import {
  type ContentCode,
  containerHeader,
  type DmapNode,
  DmapWriter,
  encodeAll,
} from '../../protocol/index.ts'
import type { BytesAnswer } from '../endpoint.ts'

export interface RowList<Row> {
  /** The outermost container: `adbs`, `apso`. */
  readonly root: ContentCode
  /** What stands in front of `mlcl`, and behind it. */
  readonly before: readonly DmapNode[]
  readonly after: readonly DmapNode[]
  readonly count: number
  /** Rows from `from` up to but without `to`; the same ones whenever they are asked for. */
  rows(from: number, to: number): readonly Row[]
  /** Writes the inside of one `mlit`. */
  write(writer: DmapWriter, row: Row, at: number): void
}

/** About a millisecond of writing between two looks at other requests. */
const rowsPerTurn = 200
const headerBytes = 8

/**
 * DMAP says each length in front, so the rows are written twice: once to know their length, once to send them.
 * Rejects with the signal's reason when the client goes while they are measured.
 */
export async function streamedList<Row>(list: RowList<Row>, signal: AbortSignal): Promise<BytesAnswer> {
  const before = encodeAll(list.before)
  const after = encodeAll(list.after)
  const rowsBytes = await measure(list, signal)
  const insideBytes = before.length + headerBytes + rowsBytes + after.length
  const head = [containerHeader(list.root, insideBytes), before, containerHeader('mlcl', rowsBytes)]
  return {
    status: 200,
    headers: {
      'Content-Type': 'application/x-dmap-tagged',
      'Accept-Ranges': 'bytes',
      'Content-Length': String(headerBytes + insideBytes),
    },
    body: Readable.from(chunks(list, head, after), { objectMode: false }),
    isCompressible: true,
  }
}

async function measure<Row>(list: RowList<Row>, signal: AbortSignal): Promise<number> {
  const writer = new DmapWriter()
  let bytes = 0
  for (let from = 0; from < list.count; from += rowsPerTurn) {
    signal.throwIfAborted()
    writeRows(writer, list, from)
    bytes += writer.length
    writer.clear()
    await nextTurn()
  }
  return bytes
}

async function* chunks<Row>(
  list: RowList<Row>,
  head: readonly Uint8Array[],
  after: Uint8Array,
): AsyncGenerator<Uint8Array> {
  yield* head
  const writer = new DmapWriter()
  for (let from = 0; from < list.count; from += rowsPerTurn) {
    writeRows(writer, list, from)
    yield writer.take()
    await nextTurn()
  }
  yield after
}

function writeRows<Row>(writer: DmapWriter, list: RowList<Row>, from: number): void {
  const rows = list.rows(from, Math.min(from + rowsPerTurn, list.count))
  for (const [offset, row] of rows.entries()) {
    const start = writer.begin('mlit')
    list.write(writer, row, from + offset)
    writer.end(start)
  }
}
