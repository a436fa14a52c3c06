/** What was asked last, up to a weight in all; the oldest goes first. */
export class Recent<Value> {
  readonly #kept = new Map<string, { readonly value: Value; readonly weight: number }>()
  readonly #mostWeight: number
  #weight = 0

  constructor(mostWeight: number) {
    this.#mostWeight = mostWeight
  }

  /** The value kept under the key, or the one that is made. One that weighs too much alone is not kept. */
  get(key: string, make: () => Value, weigh: (value: Value) => number): Value {
    const known = this.#kept.get(key)
    this.#kept.delete(key)
    const entry = known ?? weighed(make(), weigh)
    if (entry.weight > this.#mostWeight) return entry.value
    this.#kept.set(key, entry)
    if (known === undefined) this.#weight += entry.weight
    for (const [oldest, { weight }] of this.#kept) {
      if (this.#weight <= this.#mostWeight) break
      this.#kept.delete(oldest)
      this.#weight -= weight
    }
    return entry.value
  }
}

function weighed<Value>(value: Value, weigh: (value: Value) => number) {
  return { value, weight: weigh(value) }
}
