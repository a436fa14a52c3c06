// A list of any length, of which the parts that are looked at are read. It stays as it is while it is read anew.

import { type ReadonlySignal, signal } from '@preact/signals'
import type { Letter, Page } from '../../remote/index.ts'

export interface PagedList<Item> {
  /** Counts every change: who reads it is drawn anew. */
  readonly version: ReadonlySignal<number>
  /** Undefined until the first part is here. */
  readonly total: ReadonlySignal<number | undefined>
  readonly letters: ReadonlySignal<readonly Letter[]>
  readonly failure: ReadonlySignal<unknown>
  at(index: number): Item | undefined
  /** Reads what is missing between the two; what was asked for and is no longer wanted is dropped. */
  want(from: number, to: number): void
  /** Another number of what the host has: the parts under the eye are read again. */
  refresh(): void
  /** A change that is shown before the host has said it. */
  change(edit: (item: Item) => Item): void
}

export type ReadPage<Item> = (part: {
  offset: number
  count: number
  withLetters: boolean
  signal: AbortSignal
}) => Promise<Page<Item>>

/** A screen or two: what is read before anything is shown should be little. */
const pageSize = 50
const mostAtOnce = 2

export function pagedList<Item>(read: ReadPage<Item>): PagedList<Item> {
  const version = signal(0)
  const total = signal<number | undefined>(undefined)
  const letters = signal<readonly Letter[]>([])
  const failure = signal<unknown>(undefined)
  let items: (Item | undefined)[] = []
  let fresh = new Set<number>()
  let wanted: number[] = [0]
  let generation = 0
  const reading = new Map<number, AbortController>()

  async function readPage(page: number): Promise<void> {
    const ending = new AbortController()
    reading.set(page, ending)
    const mine = generation
    try {
      const part = { offset: page * pageSize, count: pageSize, withLetters: page === 0 }
      const answer = await read({ ...part, signal: ending.signal })
      if (mine !== generation) return
      if (answer.total !== total.value) {
        items.length = answer.total
        total.value = answer.total
      }
      for (const [index, item] of answer.items.entries()) items[answer.offset + index] = item
      // A list that was read whole is whole.
      const pages = Math.max(1, Math.ceil(answer.items.length / pageSize))
      for (let more = 0; more < pages; more += 1) fresh.add(page + more)
      if (page === 0) letters.value = answer.letters
      failure.value = undefined
      version.value += 1
    } catch (error) {
      if (!ending.signal.aborted && mine === generation) failure.value = error
    } finally {
      if (reading.get(page) === ending) reading.delete(page)
      if (failure.value === undefined) readOn()
    }
  }

  function readOn(): void {
    for (const page of wanted) {
      if (reading.size >= mostAtOnce) return
      const isBeyond = total.value !== undefined && page > 0 && page * pageSize >= total.value
      if (!isBeyond && !fresh.has(page) && !reading.has(page)) void readPage(page)
    }
  }

  return {
    version,
    total,
    letters,
    failure,
    at: (index) => items[index],
    want(from, to) {
      const [first, last] = [Math.floor(from / pageSize), Math.floor(Math.max(from, to - 1) / pageSize)]
      wanted = Array.from({ length: last - first + 1 }, (_, index) => first + index)
      // The first part says how long the list is.
      if (total.value === undefined) wanted = [0]
      for (const [page, ending] of reading) if (!wanted.includes(page) && page !== 0) ending.abort()
      readOn()
    },
    refresh() {
      generation += 1
      fresh = new Set()
      failure.value = undefined
      for (const ending of reading.values()) ending.abort()
      reading.clear()
      if (!wanted.includes(0)) wanted = [0, ...wanted]
      readOn()
    },
    change(edit) {
      items = items.map((item) => (item === undefined ? undefined : edit(item)))
      version.value += 1
    },
  }
}
