// Another sample rate, by windowed sinc: flat to 20 kHz (of 44,100 Hz), residue 120 dB down, no delay, exact length.
// Method: polyphase FIR with a Kaiser window (Oppenheim and Schafer, "Discrete-Time Signal Processing", 7.5 and 4.6).

/** Kaiser's beta for 120 dB. */
const beta = 12.27
/** Half the filter's length in samples of the lower rate: a transition of 2,050 Hz at 44,100. */
const halfTaps = 84
/** The middle of the transition, as a part of the lower rate. */
const cutoff = 0.4768

/** For interleaved stereo, in blocks of any size; the blocks' borders leave no trace. */
export class Resampler {
  /** In lowest terms: `up` output samples for `down` input samples. */
  readonly #up: number
  readonly #down: number
  /** Taps on each side, in input samples. */
  readonly #half: number
  readonly #scale: number
  readonly #phases: (Float32Array | undefined)[]
  /** Input not yet done with, beginning with frame `#base` of the song. */
  #input: Float32Array
  #base: number
  #taken = 0
  #given = 0

  constructor(fromHz: number, toHz: number) {
    const divisor = greatestCommonDivisor(fromHz, toHz)
    this.#up = toHz / divisor
    this.#down = fromHz / divisor
    const lowerHz = Math.min(fromHz, toHz)
    this.#half = Math.ceil((halfTaps * fromHz) / lowerHz)
    this.#scale = (2 * cutoff * lowerHz) / fromHz
    this.#phases = new Array(this.#up)
    // Before the first sample there was silence.
    this.#base = -this.#half
    this.#input = new Float32Array(this.#half * 2)
  }

  /** As much as can be said of the output so far. */
  push(samples: Float32Array): Float32Array {
    this.#append(samples)
    this.#taken += samples.length / 2
    const lastInput = this.#base + this.#input.length / 2 - 1
    // Output n needs input up to floor(n * down / up) + half.
    const until = Math.ceil(((lastInput - this.#half + 1) * this.#up) / this.#down)
    return this.#produce(Math.max(0, until - this.#given))
  }

  /** The rest: output as long as the input, to the sample. */
  end(): Float32Array {
    this.#append(new Float32Array((this.#half + 1) * 2))
    return this.#produce(Math.max(0, Math.round((this.#taken * this.#up) / this.#down) - this.#given))
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
    const weights = Float64Array.from({ length: 2 * this.#half }, (_, tap) => {
      const distance = tap - this.#half + 1 - phase / this.#up
      return sinc(distance * this.#scale) * kaiser(distance / this.#half)
    })
    const sum = weights.reduce((total, weight) => total + weight, 0)
    const made = Float32Array.from(weights, (weight) => weight / sum)
    this.#phases[phase] = made
    return made
  }
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
