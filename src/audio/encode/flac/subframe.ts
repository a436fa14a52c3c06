// One channel of a block, by FLAC's fixed predictors and Rice codes (RFC 9639, sections 9.2.5 and 9.2.7), or as it is.

import type { BitWriter } from './bit-writer.ts'

const highestOrder = 4
/** The block's residual in 8 parts with a Rice parameter each, where it can be divided so. */
const partitionOrder = 3
/** Parameters of five bits: the residual of 17-bit samples needs up to 22. */
const parameterBits = 5
const largestParameter = 24
/** Not worth the trouble. */
const fewSamples = 64

/** `bits`: of each sample. */
export function writeSubframe(writer: BitWriter, samples: Int32Array, bits: number): void {
  const order = bestOrder(samples)
  const residual = residualOf(samples, order)
  const parts = samples.length % (1 << partitionOrder) === 0 ? 1 << partitionOrder : 1
  const parameters = parametersOf(residual, order, samples.length / parts)
  const codedBits = order * bits + costOf(residual, order, samples.length / parts, parameters)
  if (samples.length < fewSamples || codedBits >= samples.length * bits)
    return writeVerbatim(writer, samples, bits)

  writer.write(0b001000 | order, 7)
  writer.write(0, 1) // no wasted bits
  for (let index = 0; index < order; index += 1) writer.writeSigned(samples[index] ?? 0, bits)
  writer.write(1, 2) // parameters of five bits
  writer.write(parts === 1 ? 0 : partitionOrder, 4)
  for (const [part, parameter] of parameters.entries()) {
    writer.write(parameter, parameterBits)
    const end = ((part + 1) * samples.length) / parts
    for (let index = Math.max(order, end - samples.length / parts); index < end; index += 1)
      writeRice(writer, residual[index] ?? 0, parameter)
  }
}

function writeVerbatim(writer: BitWriter, samples: Int32Array, bits: number): void {
  writer.write(0b000001, 7)
  writer.write(0, 1)
  for (const sample of samples) writer.writeSigned(sample, bits)
}

function writeRice(writer: BitWriter, value: number, parameter: number): void {
  const folded = fold(value)
  writer.writeUnary(folded >>> parameter)
  writer.write(folded & ((1 << parameter) - 1), parameter)
}

/** 0, -1, 1, -2, 2 … as 0, 1, 2, 3, 4 … */
function fold(value: number): number {
  return ((value << 1) ^ (value >> 31)) >>> 0
}

/** The predictor whose errors are smallest in sum. */
function bestOrder(samples: Int32Array): number {
  const sums = [0, 0, 0, 0, 0]
  let [a, b, c, d] = [0, 0, 0, 0]
  for (let index = 0; index < samples.length; index += 1) {
    const e0 = samples[index] ?? 0
    const e1 = e0 - a
    const e2 = e1 - b
    const e3 = e2 - c
    const e4 = e3 - d
    ;[a, b, c, d] = [e0, e1, e2, e3]
    if (index < highestOrder) continue
    sums[0] = (sums[0] ?? 0) + Math.abs(e0)
    sums[1] = (sums[1] ?? 0) + Math.abs(e1)
    sums[2] = (sums[2] ?? 0) + Math.abs(e2)
    sums[3] = (sums[3] ?? 0) + Math.abs(e3)
    sums[4] = (sums[4] ?? 0) + Math.abs(e4)
  }
  return sums.indexOf(Math.min(...sums))
}

/** From index `order` on: differences taken so many times. */
function residualOf(samples: Int32Array, order: number): Int32Array {
  const residual = samples.slice()
  for (let times = 1; times <= order; times += 1)
    for (let index = residual.length - 1; index >= times; index -= 1)
      residual[index] = (residual[index] ?? 0) - (residual[index - 1] ?? 0)
  return residual
}

/** Per part: so that what is written in ones and zeros is about as long as what is written in bits. */
function parametersOf(residual: Int32Array, order: number, partLength: number): number[] {
  const parameters: number[] = []
  for (let from = 0; from < residual.length; from += partLength) {
    let sum = 0
    for (let index = Math.max(order, from); index < from + partLength; index += 1)
      sum += fold(residual[index] ?? 0)
    const mean = sum / partLength
    parameters.push(mean < 1 ? 0 : Math.min(largestParameter, Math.floor(Math.log2(mean))))
  }
  return parameters
}

function costOf(
  residual: Int32Array,
  order: number,
  partLength: number,
  parameters: readonly number[],
): number {
  let bits = 0
  for (const [part, parameter] of parameters.entries()) {
    bits += parameterBits
    const end = (part + 1) * partLength
    for (let index = Math.max(order, end - partLength); index < end; index += 1)
      bits += (fold(residual[index] ?? 0) >>> parameter) + 1 + parameter
  }
  return bits
}
