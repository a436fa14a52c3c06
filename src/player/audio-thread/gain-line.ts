// How much a song is amplified, over the time of the player's clock: level, with a short ramp where it changes,
// so that a change is heard soon and never as a click. All outputs ask the same line, so they change together.

/** Long enough for the ear to hear no step. */
const rampMs = 20
/** Corners this old concern no block that is still to be handed out. */
const keptMs = 60_000

interface Corner {
  readonly atMs: number
  readonly gain: number
}

export class GainLine {
  #corners: readonly Corner[]

  constructor(gain: number) {
    this.#corners = [{ atMs: Number.NEGATIVE_INFINITY, gain }]
  }

  /** From `atMs` on it goes to another gain. */
  change(gain: number, atMs: number): void {
    if (gain === this.#corners.at(-1)?.gain) return
    const before = this.#corners.filter((corner) => corner.atMs < atMs)
    const recent = before.filter(
      (corner, index) => index === before.length - 1 || corner.atMs > atMs - keptMs,
    )
    this.#corners = [...recent, { atMs, gain: this.at(atMs) }, { atMs: atMs + rampMs, gain }]
  }

  at(atMs: number): number {
    const next = this.#corners.findIndex((corner) => corner.atMs > atMs)
    const after = this.#corners.at(next)
    const before = this.#corners.at(next - 1)
    if (before === undefined || after === undefined || next <= 0) return after?.gain ?? 1
    if (before.atMs === Number.NEGATIVE_INFINITY) return before.gain
    return before.gain + ((after.gain - before.gain) * (atMs - before.atMs)) / (after.atMs - before.atMs)
  }

  /** The same array where nothing is to be done. */
  applied(samples: Float32Array, startMs: number, sampleRateHz: number): Float32Array {
    const endMs = startMs + (samples.length / 2 / sampleRateHz) * 1000
    const isLevel = !this.#corners.some(({ atMs }) => atMs > startMs - rampMs && atMs < endMs)
    const gain = this.at(startMs)
    if (isLevel && gain === 1) return samples
    if (isLevel) return samples.map((sample) => sample * gain)
    return samples.map((sample, index) => sample * this.at(startMs + ((index >> 1) / sampleRateHz) * 1000))
  }
}
