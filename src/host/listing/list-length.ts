// How many bytes the rows of a list take, before any is written: DMAP says each length in front.
// No pass over the whole library holds up other requests: it goes in slices.

import { setImmediate as nextTurn } from 'node:timers/promises'
import type { RowEncoder } from './row-encoder.ts'
import { sumOf } from './row-encoder.ts'
import { headerBytes, mostRowsAtOnce, type RowField, type Run } from './row-field.ts'

const rowsPerSlice = mostRowsAtOnce
const mostTurnMs = 1

/** Bytes of a field over all songs, by what they depend on; kept as long as a view holds the column. */
const sums = new WeakMap<object, Map<string, number>>()

/** Gives others a turn when this one has lasted. */
function turns(signal: AbortSignal): () => Promise<void> | undefined {
  let startedMs = performance.now()
  return () => {
    if (performance.now() - startedMs < mostTurnMs) return undefined
    signal.throwIfAborted()
    return nextTurn().then(() => {
      startedMs = performance.now()
    })
  }
}

/** Of some of the songs. Rejects with the signal's reason. */
export async function lengthOfSome(encoder: RowEncoder, run: Run, signal: AbortSignal): Promise<number> {
  const sizes = new Uint32Array(rowsPerSlice)
  const pause = turns(signal)
  let length = 0
  for (const slice of slicesOf(run)) {
    length += encoder.measure(slice, sizes)
    await pause()
  }
  return length
}

/** Of all songs, in whichever order: a sum of what each field takes, which is worked out once. */
export async function lengthOfAll(
  fields: ReadonlyMap<string, RowField>,
  run: Run,
  signal: AbortSignal,
): Promise<number> {
  const pause = turns(signal)
  let length = run.count * headerBytes
  for (const [name, field] of fields) {
    const { source } = field
    let sum = source && sums.get(source)?.get(name)
    if (sum === undefined) {
      sum = 0
      for (const slice of slicesOf(run)) {
        sum += lengthOfField(field, slice)
        await pause()
      }
      if (source) sums.set(source, (sums.get(source) ?? new Map<string, number>()).set(name, sum))
    }
    length += sum
  }
  return length
}

const fieldSizes = new Uint32Array(rowsPerSlice)

function lengthOfField(field: RowField, slice: Run): number {
  fieldSizes.fill(0, 0, slice.count)
  field.addSizes(slice, fieldSizes)
  return sumOf(fieldSizes, slice.count)
}

function* slicesOf({ rows, from, count }: Run): Generator<Run> {
  for (let done = 0; done < count; done += rowsPerSlice)
    yield { rows, from: from + done, count: Math.min(rowsPerSlice, count - done) }
}
