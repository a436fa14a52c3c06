// Another sample rate, by windowed sinc: flat to 20 kHz (of 44,100 Hz), residue 120 dB down, no delay, exact length.
// Method: polyphase FIR with a Kaiser window (Oppenheim and Schafer, "Discrete-Time Signal Processing", 7.5 and 4.6).

/** Kaiser's beta for 120 dB. */
const beta = 12.27
/** Half the filter's length in samples of the lower rate: a transition of 2,050 Hz at 44,100. */
const halfTaps = 84
/** The middle of the transition, as a part of the lower rate. */
const cutoff = 0.4768

/** Rates with a common divisor need few different filters, which are kept. Odd ones (44,056 Hz) need one for each sample. */
const mostPhases = 640
/** How finely the filter is tabled for those, per sample of the lower rate: between two, error 105 dB down. */
const tableSteps = 512
let table: Float64Array | undefined

/** For interleaved stereo, in blocks of any size; the blocks' borders leave no trace. */
export class Resampler {
  /** In lowest terms: `up` output samples for `down` input samples. */
  readonly #up: number
  readonly #down: number
  /** Taps on each side, in input samples. */
  readonly #half: number
  /** Samples of the lower rate in one of the input. */
  readonly #scale: number
  readonly #phases: (Float32Array | undefined)[]
  /** The one in use, where they are not kept. */
  readonly #passing: Float32Array
  /** Input not yet done with, beginning with frame `#base` of the song. */
  #input: Float32Array
  #base: number
  #isBegun = false
  #taken = 0
  #given = 0

  constructor(fromHz: number, toHz: number) {
    const divisor = greatestCommonDivisor(fromHz, toHz)
    this.#up = toHz / divisor
    this.#down = fromHz / divisor
    const lowerHz = Math.min(fromHz, toHz)
    this.#half = Math.ceil((halfTaps * fromHz) / lowerHz)
    this.#scale = lowerHz / fromHz
    this.#phases = new Array(Math.min(this.#up, mostPhases))
    this.#passing = new Float32Array(this.#up > mostPhases ? 2 * this.#half : 0)
    this.#base = -this.#half
    this.#input = new Float32Array(0)
  }

  /** As much as can be said of the output so far. */
  push(samples: Float32Array): Float32Array {
    this.#append(samples)
    this.#taken += samples.length / 2
    if (!this.#isBegun && this.#taken <= this.#half) return new Float32Array(0)
    this.#begin()
    const lastInput = this.#base + this.#input.length / 2 - 1
    // Output n needs input up to floor(n * down / up) + half.
    const until = Math.ceil(((lastInput - this.#half + 1) * this.#up) / this.#down)
    return this.#produce(Math.max(0, until - this.#given))
  }

  /** The rest: output as long as the input, to the sample. */
  end(): Float32Array {
    this.#begin()
    const last = this.#input.length / 2 - 1
    this.#append(this.#turned(last, 1, this.#half + 1))
    return this.#produce(Math.max(0, Math.round((this.#taken * this.#up) / this.#down) - this.#given))
  }

  /** Before the first sample stands the sound itself, turned round: so it neither begins nor ends with a ripple. */
  #begin(): void {
    if (this.#isBegun) return
    this.#isBegun = true
    const sound = this.#input
    this.#input = this.#turned(0, -this.#half, -1)
    this.#append(sound)
  }

  /** Frames `from` to `to` off an end of the input, turned about it by half a circle: what rises within falls there. */
  #turned(end: number, from: number, to: number): Float32Array {
    const last = this.#input.length / 2 - 1
    return Float32Array.from({ length: (to - from + 1) * 2 }, (_, at) => {
      const side = at % 2
      const frame = Math.max(0, Math.min(last, end - from - (at >> 1)))
      return 2 * (this.#input[end * 2 + side] ?? 0) - (this.#input[frame * 2 + side] ?? 0)
    })
  }

  #append(samples: Float32Array): void {
    const joined = new Float32Array(this.#input.length + samples.length)
    joined.set(this.#input)
    joined.set(samples, this.#input.length)
    this.#input = joined
  }

  #produce(frames: number): Float32Array {
    const output = new Float32Array(frames * 2)
    const taps = 2 * this.#half
    for (let frame = 0; frame < frames; frame += 1) {
      const position = (this.#given + frame) * this.#down
      const phase = this.#phase(position % this.#up)
      let at = (Math.floor(position / this.#up) - this.#half + 1 - this.#base) * 2
      let left = 0
      let right = 0
      for (let tap = 0; tap < taps; tap += 1) {
        const weight = phase[tap] ?? 0
        left += weight * (this.#input[at] ?? 0)
        right += weight * (this.#input[at + 1] ?? 0)
        at += 2
      }
      output[frame * 2] = left
      output[frame * 2 + 1] = right
    }
    this.#given += frames
    const needed = Math.floor((this.#given * this.#down) / this.#up) - this.#half + 1
    const done = Math.min(Math.max(0, needed - this.#base), this.#input.length / 2)
    this.#input = this.#input.subarray(done * 2)
    this.#base += done
    return output
  }

  /** Weights of the inputs around an output that lies `phase / up` after one of them; made when first needed. */
  #phase(phase: number): Float32Array {
    const known = this.#phases[phase]
    if (known !== undefined) return known
    if (this.#up > mostPhases) return this.#weigh(this.#passing, phase, tabledFilter)
    const made = this.#weigh(new Float32Array(2 * this.#half), phase, filter)
    this.#phases[phase] = made
    return made
  }

  #weigh(weights: Float32Array, phase: number, filterAt: (distance: number) => number): Float32Array {
    let sum = 0
    for (let tap = 0; tap < weights.length; tap += 1) {
      const weight = filterAt(Math.abs(tap - this.#half + 1 - phase / this.#up) * this.#scale)
      weights[tap] = weight
      sum += weight
    }
    for (let tap = 0; tap < weights.length; tap += 1) weights[tap] = (weights[tap] ?? 0) / sum
    return weights
  }
}

/** The filter at a distance in samples of the lower rate. */
function filter(distance: number): number {
  return sinc(2 * cutoff * distance) * kaiser(distance / halfTaps)
}

function tabledFilter(distance: number): number {
  table ??= Float64Array.from({ length: halfTaps * tableSteps + 2 }, (_, step) => filter(step / tableSteps))
  const place = Math.min(distance, halfTaps) * tableSteps
  const step = Math.floor(place)
  const before = table[step] ?? 0
  return before + ((table[step + 1] ?? 0) - before) * (place - step)
}

function sinc(x: number): number {
  return x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x)
}

function kaiser(x: number): number {
  return Math.abs(x) >= 1 ? 0 : bessel(beta * Math.sqrt(1 - x * x)) / bessel(beta)
}

/** The modified Bessel function I0, by its series. */
function bessel(x: number): number {
  let sum = 1
  let term = 1
  for (let step = 1; term > sum * 1e-12; step += 1) {
    term *= (x / (2 * step)) ** 2
    sum += term
  }
  return sum
}

function greatestCommonDivisor(one: number, other: number): number {
  return other === 0 ? one : greatestCommonDivisor(other, one % other)
}
