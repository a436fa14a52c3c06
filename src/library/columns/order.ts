// Sorting rows by whole numbers, without comparing: a radix sort of two passes.

const radix = 65_536
/** For fewer, comparing is less work than counting. */
const fewRows = 4000

/** The rows ordered by `key` (unsigned 32-bit per row); equal keys keep the order they came in. */
export function orderBy(rows: Uint32Array, key: ArrayLike<number>): Uint32Array {
  if (rows.length < fewRows) return rows.slice().sort((a, b) => (key[a] ?? 0) - (key[b] ?? 0))
  let most = 0
  for (const row of rows) most = Math.max(most, key[row] ?? 0)
  const low = pass(rows, key, 0)
  return most < radix ? low : pass(low, key, 16)
}

/** As `orderBy`, for whole numbers below 2^53. */
export function orderByLarge(rows: Uint32Array, key: ArrayLike<number>): Uint32Array {
  const low = Uint32Array.from(key, (value) => value % 2 ** 32)
  const high = Uint32Array.from(key, (value) => Math.floor(value / 2 ** 32))
  return orderBy(orderBy(rows, low), high)
}

function pass(rows: Uint32Array, key: ArrayLike<number>, shift: number): Uint32Array {
  const starts = new Uint32Array(radix + 1)
  for (const row of rows) {
    const digit = ((key[row] ?? 0) >>> shift) & 0xffff
    starts[digit + 1] = (starts[digit + 1] ?? 0) + 1
  }
  for (let digit = 1; digit <= radix; digit++) starts[digit] = (starts[digit] ?? 0) + (starts[digit - 1] ?? 0)
  const ordered = new Uint32Array(rows.length)
  for (const row of rows) {
    const digit = ((key[row] ?? 0) >>> shift) & 0xffff
    const at = starts[digit] ?? 0
    ordered[at] = row
    starts[digit] = at + 1
  }
  return ordered
}

export function firstRows(count: number): Uint32Array {
  const rows = new Uint32Array(count)
  for (let row = 0; row < count; row++) rows[row] = row
  return rows
}
