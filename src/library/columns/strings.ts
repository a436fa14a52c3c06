// Collects distinct texts while columns are built, and reads them afterwards.

import type { StringTable } from './columns.ts'
import { letterOf, type NameOrder } from './sort-names.ts'
import { StringIndex } from './string-index.ts'

/** Starts empty, or with the texts of an earlier table, whose numbers stay. */
export class StringCollector {
  readonly #base: Texts | undefined
  readonly #index: StringIndex | undefined
  readonly #baseCount: number
  readonly #added: string[] = []
  /** Of added texts, and of those of the base that were looked up. */
  readonly #numbers = new Map<string, number>()
  readonly #sortNameOf = new Map<number, number>()
  /** By number; true for those that something is sorted by. */
  readonly #isSortKey: boolean[] = []
  readonly #sortName: (name: string) => string

  constructor(sortName: (name: string) => string, base?: StringTable) {
    this.#sortName = sortName
    this.#base = base && new Texts(base)
    this.#index = base && new StringIndex(base)
    this.#baseCount = base ? base.starts.length - 1 : 0
    if (!base) this.add('')
  }

  get count(): number {
    return this.#baseCount + this.#added.length
  }

  get(number: number): string {
    return number < this.#baseCount
      ? (this.#base?.get(number) ?? '')
      : (this.#added[number - this.#baseCount] ?? '')
  }

  /** `likely`: what it may well be the number of. */
  add(text: string, likely?: number): number {
    if (likely !== undefined && this.get(likely) === text) return likely
    let number = this.#numbers.get(text)
    if (number === undefined) {
      number = this.#index?.find(text) ?? this.#baseCount + this.#added.push(text) - 1
      this.#numbers.set(text, number)
    }
    return number
  }

  /** The number of the name by which the text `number` is sorted. */
  addSortName(number: number): number {
    let sortName = this.#sortNameOf.get(number)
    if (sortName === undefined) {
      sortName = this.add(this.#sortName(this.get(number)))
      this.#sortNameOf.set(number, sortName)
    }
    return sortName
  }

  /** Only texts that something is sorted by get a rank: collation is the dear part. */
  useForSorting(number: number): void {
    this.#isSortKey[number] = true
  }

  table(order: NameOrder): StringTable {
    const { count } = this
    const before = this.#base?.table
    const ranks = shared(Uint32Array, count)
    const letters = shared(Uint8Array, count)
    if (before) letters.set(before.letters)
    const keys: number[] = []
    for (const number of this.#isSortKey.keys())
      if (this.#isSortKey[number] === true && letters[number] === 0) keys.push(number)
    const names = keys.map((number) => this.get(number))
    for (const [at, number] of keys.entries()) letters[number] = letterOf(names[at] ?? '').charCodeAt(0)
    const added = Uint32Array.from(order.sorted(names), (at) => keys[at] ?? 0)
    const all = before ? this.#merged(byRank(before), added, order) : added
    for (let rank = 0; rank < all.length; rank++) ranks[all[rank] ?? 0] = rank
    return { ...encode(this.#added, before), ranks, letters }
  }

  /** Both sorted; a name that was there comes before an equal new one. */
  #merged(known: Uint32Array, added: Uint32Array, { compare }: NameOrder): Uint32Array {
    const all = new Uint32Array(known.length + added.length)
    let done = 0
    for (const [index, number] of added.entries()) {
      const name = this.get(number)
      let [low, high] = [done, known.length]
      while (low < high) {
        const middle = (low + high) >>> 1
        if (compare(this.get(known[middle] ?? 0), name) <= 0) low = middle + 1
        else high = middle
      }
      all.set(known.subarray(done, low), done + index)
      all[low + index] = number
      done = low
    }
    all.set(known.subarray(done), done + added.length)
    return all
  }
}

/** Numbers of the sort names of a table in their order. */
function byRank({ ranks, letters }: StringTable): Uint32Array {
  let count = 0
  for (const letter of letters) if (letter !== 0) count += 1
  const numbers = new Uint32Array(count)
  for (let number = 0; number < ranks.length; number++)
    if (letters[number] !== 0) numbers[ranks[number] ?? 0] = number
  return numbers
}

function encode(added: readonly string[], before?: StringTable): Pick<StringTable, 'utf8' | 'starts'> {
  const count = before ? before.starts.length - 1 : 0
  const starts = shared(Uint32Array, count + added.length + 1)
  if (before) starts.set(before.starts)
  let length = starts[count] ?? 0
  for (const [index, text] of added.entries()) {
    length += Buffer.byteLength(text)
    starts[count + index + 1] = length
  }
  const utf8 = shared(Uint8Array, length)
  if (before) utf8.set(before.utf8)
  const buffer = Buffer.from(utf8.buffer)
  for (const [index, text] of added.entries()) buffer.write(text, starts[count + index] ?? 0)
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
