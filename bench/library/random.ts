// Chance that is the same in every run: a library made twice is the same to the byte.

export interface Chance {
  /** 0 ≤ number < 1. */
  number(): number
  /** 0 ≤ whole < below. */
  whole(below: number): number
  /** True this often, 0 to 1. */
  happens(share: number): boolean
  /** One of them; the first ones far more often, as words and artists are in the world. */
  one<Item>(items: readonly Item[]): Item
}

/** Mulberry32. */
export function chanceFrom(seed: number): Chance {
  let state = Math.imul(seed + 1, 0x9e37_79b1)
  function number(): number {
    state = (state + 0x6d2b_79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  return {
    number,
    whole: (below) => Math.floor(number() * below),
    happens: (share) => number() < share,
    one(items) {
      const item = items[Math.floor(number() ** 1.5 * items.length)]
      if (item === undefined) throw new Error('nothing to choose from')
      return item
    },
  }
}
