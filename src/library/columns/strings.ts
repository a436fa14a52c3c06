// Collects distinct texts while columns are built, and reads them afterwards.

import type { StringTable } from './columns.ts'
import { letterOf } from './sort-names.ts'

export class StringCollector {
  readonly texts: string[] = ['']
  readonly #numbers = new Map<string, number>([['', 0]])
  readonly #sortNameOf = new Map<number, number>()
  /** By number; true for those that something is sorted by. */
  readonly #isSortKey: boolean[] = []
  readonly #sortName: (name: string) => string

  constructor(sortName: (name: string) => string) {
    this.#sortName = sortName
  }

  add(text: string): number {
    if (text === '') return 0
    let number = this.#numbers.get(text)
    if (number === undefined) {
      number = this.texts.push(text) - 1
      this.#numbers.set(text, number)
    }
    return number
  }

  /** The number of the name by which the text `number` is sorted. */
  addSortName(number: number): number {
    let sortName = this.#sortNameOf.get(number)
    if (sortName === undefined) {
      sortName = this.add(this.#sortName(this.texts[number] ?? ''))
      this.#sortNameOf.set(number, sortName)
    }
    return sortName
  }

  /** Only texts that something is sorted by get a rank: collation is the dear part. */
  useForSorting(number: number): void {
    this.#isSortKey[number] = true
  }

  table(order: (names: readonly string[]) => Uint32Array): StringTable {
    const count = this.texts.length
    const ranks = shared(Uint32Array, count)
    const letters = shared(Uint8Array, count)
    const keys = [...this.texts.keys()].filter((number) => this.#isSortKey[number] === true)
    const names = keys.map((number) => this.texts[number] ?? '')
    for (const [rank, at] of order(names).entries()) {
      const number = keys[at] ?? 0
      ranks[number] = rank
      letters[number] = letterOf(names[at] ?? '').charCodeAt(0)
    }
    return { ...encode(this.texts), ranks, letters }
  }
}

function encode(texts: readonly string[]): Pick<StringTable, 'utf8' | 'starts'> {
  const starts = shared(Uint32Array, texts.length + 1)
  let length = 0
  for (const [number, text] of texts.entries()) {
    length += Buffer.byteLength(text)
    starts[number + 1] = length
  }
  const utf8 = shared(Uint8Array, length)
  const buffer = Buffer.from(utf8.buffer)
  for (const [number, text] of texts.entries()) buffer.write(text, starts[number] ?? 0)
  return { utf8, starts }
}

/** Zeros in memory that all threads see. */
export function shared<Numbers>(
  type: { new (memory: SharedArrayBuffer): Numbers; readonly BYTES_PER_ELEMENT: number },
  count: number,
): Numbers {
  return new type(new SharedArrayBuffer(count * type.BYTES_PER_ELEMENT))
}

/** Texts by number, each decoded once. */
export class Texts {
  readonly table: StringTable
  readonly #buffer: Buffer
  readonly #decoded: (string | undefined)[] = []

  constructor(table: StringTable) {
    this.table = table
    this.#buffer = Buffer.from(table.utf8.buffer, table.utf8.byteOffset, table.utf8.byteLength)
  }

  get(number: number): string {
    const known = this.#decoded[number]
    if (known !== undefined) return known
    const text = this.#buffer.toString('utf8', this.table.starts[number], this.table.starts[number + 1])
    this.#decoded[number] = text
    return text
  }
}
