// Packets that were whole once: bytes changed, cut, doubled, spliced. The same seed makes the same ones.

/** 0 to 1, the same row for the same seed. */
export function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

/** One of the corpus, damaged in one to four places. */
export function mutated(corpus: readonly Uint8Array[], random: () => number): Uint8Array {
  const pick = () => corpus[below(corpus.length, random)] ?? new Uint8Array()
  let bytes: Uint8Array = pick().slice()
  for (let i = below(4, random); i >= 0; i -= 1)
    bytes = damages[below(damages.length, random)]?.(bytes, random, pick) ?? bytes
  return bytes
}

type Damage = (bytes: Uint8Array, random: () => number, pick: () => Uint8Array) => Uint8Array

const damages: readonly Damage[] = [
  // Lengths, pointers and counts are what hurts: small values and pointer bytes more often than chance.
  (bytes, random) =>
    withByte(bytes, below(bytes.length, random), [0, 1, 0xc0, 0xff, 12][below(5, random)] ?? 0),
  (bytes, random) => withByte(bytes, below(bytes.length, random), below(256, random)),
  (bytes, random) => withByte(bytes, 4 + below(8, random), below(256, random)),
  (bytes, random) => bytes.slice(0, below(bytes.length + 1, random)),
  (bytes, random) => {
    const at = below(bytes.length, random)
    return joined(bytes.subarray(0, at), bytes.subarray(below(at + 1, random)))
  },
  (bytes, random, pick) => joined(bytes.subarray(0, below(bytes.length + 1, random)), pick()),
]

function withByte(bytes: Uint8Array, at: number, value: number): Uint8Array {
  const copy = bytes.slice()
  if (at < copy.length) copy[at] = value
  return copy
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  const whole = new Uint8Array(a.length + b.length)
  whole.set(a)
  whole.set(b, a.length)
  return whole
}

function below(limit: number, random: () => number): number {
  return Math.floor(random() * limit)
}
