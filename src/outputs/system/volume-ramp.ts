// Volume of this machine's speakers: no click, however quickly a finger moves.

/** From one loudness to the next; long enough that no step is heard. */
const rampMs = 20

/** Loudness follows the square, so that half way sounds about half as loud. */
function amplitudeOf(volumePercent: number): number {
  return (volumePercent / 100) ** 2
}

export class VolumeRamp {
  #gain = 1
  #target = 1
  /** Left of the way; undefined: it has yet to begin. */
  #framesLeft: number | undefined = 0

  set(volumePercent: number): void {
    const target = amplitudeOf(volumePercent)
    if (target === this.#target) return
    this.#target = target
    this.#framesLeft = undefined
  }

  /** Nothing sounds now: no way to go. */
  jump(): void {
    this.#gain = this.#target
    this.#framesLeft = 0
  }

  /** Stereo; the same array when nothing is to be done. */
  applied(samples: Float32Array, sampleRateHz: number): Float32Array {
    let framesLeft = this.#framesLeft ?? Math.round((rampMs / 1000) * sampleRateHz)
    if (framesLeft === 0 && this.#gain === 1) return samples
    const changed = new Float32Array(samples.length)
    for (let at = 0; at < samples.length; at += 2) {
      if (framesLeft > 0) {
        this.#gain += (this.#target - this.#gain) / framesLeft
        framesLeft -= 1
      }
      changed[at] = (samples[at] ?? 0) * this.#gain
      changed[at + 1] = (samples[at + 1] ?? 0) * this.#gain
    }
    if (framesLeft === 0) this.#gain = this.#target // without what rounding left
    this.#framesLeft = framesLeft
    return changed
  }
}
