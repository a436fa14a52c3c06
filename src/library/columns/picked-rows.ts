// The rows of an order that pass a filter: counted at once, made when somebody looks at them.

import { type Passing, passingCount, pick, pickFirst } from './filter.ts'
import type { FoundRows } from './found-songs.ts'

export class PickedRows implements FoundRows {
  /** Each song is its own. */
  readonly entries = undefined
  readonly length: number
  readonly #order: Uint32Array
  readonly #passing: Passing
  readonly #isDescending: boolean
  #all: Uint32Array | undefined

  constructor(order: Uint32Array, passing: Passing, isDescending: boolean) {
    this.length = passingCount(passing)
    this.#order = order
    this.#passing = passing
    this.#isDescending = isDescending
  }

  /** The same array each time. */
  get all(): Uint32Array {
    if (this.#all === undefined) {
      const rows = pick(this.#order, this.#passing)
      this.#all = this.#isDescending ? rows.toReversed() : rows
    }
    return this.#all
  }

  /** Who types a search sees the first screen of what is found: the rest of the order need not be walked. */
  first(count: number): Uint32Array {
    if (this.#all !== undefined || this.#isDescending) return this.all.subarray(0, count)
    return pickFirst(this.#order, this.#passing, Math.min(count, this.length))
  }
}
