// Sorting rows by whole numbers, without comparing: a radix sort of two passes.

const radix = 65_536
/** For fewer, comparing is less work than counting. */
const fewRows = 4000

/** The rows ordered by `key` (unsigned 32-bit per row); equal keys keep the order they came in. */
export function orderBy(rows: Uint32Array, key: ArrayLike<number>): Uint32Array {
  if (rows.length < fewRows) return rows.slice().sort((a, b) => (key[a] ?? 0) - (key[b] ?? 0))
  const keys = key instanceof Uint32Array ? key : Uint32Array.from(key) // one kind of array: see rows.ts
  let most = 0
  for (let at = 0; at < rows.length; at++) most = Math.max(most, keys[rows[at] ?? 0] ?? 0)
  const low = pass(rows, keys, 0)
  return most < radix ? low : pass(low, keys, 16)
}

/** As `orderBy`, for whole numbers below 2^53. */
export function orderByLarge(rows: Uint32Array, key: ArrayLike<number>): Uint32Array {
  const low = new Uint32Array(key.length)
  const high = new Uint32Array(key.length)
  for (let row = 0; row < key.length; row++) {
    const value = key[row] ?? 0
    high[row] = Math.floor(value / 2 ** 32)
    low[row] = value % 2 ** 32
  }
  return orderBy(orderBy(rows, low), high)
}

function pass(rows: Uint32Array, keys: Uint32Array, shift: number): Uint32Array {
  const starts = new Uint32Array(radix + 1)
  for (let at = 0; at < rows.length; at++) {
    const digit = ((keys[rows[at] ?? 0] ?? 0) >>> shift) & 0xffff
    starts[digit + 1] = (starts[digit + 1] ?? 0) + 1
  }
  for (let digit = 1; digit <= radix; digit++) starts[digit] = (starts[digit] ?? 0) + (starts[digit - 1] ?? 0)
  const ordered = new Uint32Array(rows.length)
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at] ?? 0
    const digit = ((keys[row] ?? 0) >>> shift) & 0xffff
    const place = starts[digit] ?? 0
    ordered[place] = row
    starts[digit] = place + 1
  }
  return ordered
}

export function firstRows(count: number): Uint32Array {
  const rows = new Uint32Array(count)
  for (let row = 0; row < count; row++) rows[row] = row
  return rows
}
