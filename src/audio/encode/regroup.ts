// Sound in pieces of any length, in groups of as many frames as a format wants.

export class Regroup {
  readonly #group: Float32Array
  #filled = 0

  constructor(frames: number) {
    this.#group = new Float32Array(frames * 2)
  }

  /** Calls `use` with each whole group; it is only valid meanwhile. */
  push(samples: Float32Array, use: (group: Float32Array) => void): void {
    for (let at = 0; at < samples.length; ) {
      const count = Math.min(samples.length - at, this.#group.length - this.#filled)
      this.#group.set(samples.subarray(at, at + count), this.#filled)
      this.#filled += count
      at += count
      if (this.#filled < this.#group.length) return
      use(this.#group)
      this.#filled = 0
    }
  }

  /** What is there of a group that did not become whole. */
  get rest(): Float32Array {
    return this.#group.subarray(0, this.#filled)
  }
}
