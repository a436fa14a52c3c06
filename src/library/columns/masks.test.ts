import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { countOf, keepCommon, maskOfValues, mergeInto } from './masks.ts'

/** Masks of some rows that begin anywhere in a larger one, as those of an album do. */
const parts = fc
  .record({ from: fc.nat(9), length: fc.nat(40) })
  .chain(({ from, length }) =>
    fc
      .array(fc.constantFrom(0, 1), { minLength: from + length, maxLength: from + length })
      .map((all) => Uint8Array.from(all).subarray(from)),
  )

test('merging and keeping what is common, by words, is the same as byte by byte', () => {
  fc.assert(
    fc.property(parts, parts, fc.nat(9), (one, other, shift) => {
      const length = Math.min(one.length, other.length)
      const both = new Uint8Array(shift + one.length).subarray(shift)
      const any = new Uint8Array(shift + one.length).subarray(shift)
      both.set(one)
      any.set(one)

      keepCommon(both.subarray(0, length), other.subarray(0, length))
      mergeInto(any, other.subarray(0, length))

      assert.deepEqual(
        [...both],
        [...one].map((is, at) => (at < length ? is & (other[at] ?? 0) : is)),
      )
      assert.deepEqual(
        [...any],
        [...one].map((is, at) => (at < length ? is | (other[at] ?? 0) : is)),
      )
    }),
  )
})

test('the rows with a value are found again, whatever was asked for between', () => {
  const column = Uint8Array.from({ length: 50 }, (_, row) => row % 7)
  const rowsOf = (value: number) => {
    const mask = maskOfValues(column, [value])
    return mask && [...mask.keys()].filter((row) => mask[row] === 1)
  }

  for (const value of [3, 5, 9, 0, 1, 2, 3, 9])
    assert.deepEqual(
      rowsOf(value),
      value > 6 ? undefined : [...column.keys()].filter((row) => row % 7 === value),
    )
})

test('those that pass are counted, however many and wherever they begin', () => {
  const full = new Uint8Array(5000).fill(1)
  assert.equal(countOf(full), 5000)
  fc.assert(
    fc.property(parts, (mask) => {
      assert.equal(
        countOf(mask),
        mask.reduce((sum, is) => sum + is, 0),
      )
    }),
  )
})
