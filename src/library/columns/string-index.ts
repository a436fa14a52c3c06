// Finds a text's number in a table of strings: a hash of its bytes leads to the few that can be it.

import type { StringTable } from './columns.ts'

export class StringIndex {
  readonly #table: Pick<StringTable, 'utf8' | 'starts'>
  /** number + 1 at the place of its hash or the next free one; 0 is free. At most half full. */
  readonly #places: Uint32Array

  constructor(table: Pick<StringTable, 'utf8' | 'starts'>) {
    const { utf8, starts } = table
    const count = starts.length - 1
    this.#table = table
    this.#places = new Uint32Array(2 ** Math.ceil(Math.log2(Math.max(1, count) * 2)))
    const mask = this.#places.length - 1
    for (let number = 0; number < count; number++) {
      let place = hash(utf8, starts[number] ?? 0, starts[number + 1] ?? 0) & mask
      while (this.#places[place] !== 0) place = (place + 1) & mask
      this.#places[place] = number + 1
    }
  }

  find(text: string): number | undefined {
    const bytes = Buffer.from(text)
    const mask = this.#places.length - 1
    for (let place = hash(bytes, 0, bytes.length) & mask; ; place = (place + 1) & mask) {
      const number = (this.#places[place] ?? 0) - 1
      if (number < 0) return undefined
      if (this.#isAt(number, bytes)) return number
    }
  }

  #isAt(number: number, bytes: Uint8Array): boolean {
    const { utf8, starts } = this.#table
    const start = starts[number] ?? 0
    if ((starts[number + 1] ?? 0) - start !== bytes.length) return false
    return bytes.every((byte, at) => byte === utf8[start + at])
  }
}

/** FNV-1a, 32 bits; its high bits are mixed in, since few low ones are used. */
function hash(bytes: Uint8Array, start: number, end: number): number {
  let sum = 0x811c9dc5
  for (let at = start; at < end; at++) sum = Math.imul(sum ^ (bytes[at] ?? 0), 0x01000193)
  return (sum ^ (sum >>> 15)) >>> 0
}
