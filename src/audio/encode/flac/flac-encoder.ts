// FLAC of 16 bits without an end (RFC 9639): short blocks, so that a listener hears soon.

import { crc8, crc16 } from '../../flac/crc.ts'
import { toWholeNumbers } from '../../pcm/wav-header.ts'
import { type Encoder, joinedBytes, noBytes } from '../encoder.ts'
import { Regroup } from '../regroup.ts'
import { BitWriter } from './bit-writer.ts'
import { writeSubframe } from './subframe.ts'

const sampleRateHz = 44_100
const bits = 16
/** 26 ms: a browser starts by it within its first burst, and it costs a percent in length. */
const blockFrames = 1152
/** The code of that length, and the one for "said at the header's end" (section 9.1.1). */
const ordinaryBlock = 3
const otherBlock = 7

/** How the two channels are written (section 9.1.3); the difference has one bit more. */
const pairings = {
  leftRight: { code: 1, bits: [bits, bits] },
  leftSide: { code: 8, bits: [bits, bits + 1] },
  sideRight: { code: 9, bits: [bits + 1, bits] },
  midSide: { code: 10, bits: [bits, bits + 1] },
} as const

export function flacEncoder(): Encoder {
  const blocks = new Regroup(blockFrames)
  const writer = new BitWriter()
  let frameNumber = 0

  function frameOf(group: Float32Array): Uint8Array {
    writer.clear()
    writeFrame(writer, wholeNumbers(group), frameNumber)
    frameNumber += 1
    return writer.bytes.slice()
  }

  return {
    sampleRateHz,
    header: head(),
    encode(samples) {
      const made: Uint8Array[] = []
      blocks.push(samples, (group) => made.push(frameOf(group)))
      return joinedBytes(made)
    },
    end: () => (blocks.rest.length === 0 ? noBytes : frameOf(blocks.rest)),
  }
}

/** The mark and STREAMINFO, whose length and checksum of the sound are "not told" (section 8.2). */
function head(): Uint8Array {
  const bytes = new Uint8Array(4 + 4 + 34)
  const view = new DataView(bytes.buffer)
  bytes.set(new TextEncoder().encode('fLaC'))
  view.setUint32(4, 0x80000000 + 34)
  view.setUint16(8, blockFrames)
  view.setUint16(10, blockFrames)
  view.setUint32(18, ((sampleRateHz << 12) | (1 << 9) | ((bits - 1) << 4)) >>> 0)
  return bytes
}

interface Channels {
  readonly left: Int32Array
  readonly right: Int32Array
}

function writeFrame(writer: BitWriter, { left, right }: Channels, frameNumber: number): void {
  const { pairing, channels } = paired(left, right)
  writer.write(0xfff8, 16) // blocks of one length
  const isOrdinary = left.length === blockFrames
  writer.write(isOrdinary ? ordinaryBlock : otherBlock, 4)
  writer.write(9, 4) // 44,100 Hz
  writer.write(pairing.code, 4)
  writer.write(4, 3) // 16 bits
  writer.write(0, 1)
  for (const byte of codedNumber(frameNumber)) writer.write(byte, 8)
  if (!isOrdinary) writer.write(left.length - 1, 16)
  writer.write(crc8(writer.bytes, 0, writer.bytes.length), 8)
  for (const [index, channel] of channels.entries())
    writeSubframe(writer, channel, pairing.bits[index] ?? bits)
  writer.align()
  writer.write(crc16(writer.bytes), 16)
}

/** By what is left of each when it is guessed from the two samples before. */
function paired(left: Int32Array, right: Int32Array) {
  const side = left.map((sample, index) => sample - (right[index] ?? 0))
  const mid = left.map((sample, index) => (sample + (right[index] ?? 0)) >> 1)
  const sizes = { left: roughSize(left), right: roughSize(right), side: roughSize(side), mid: roughSize(mid) }
  const choices = [
    { pairing: pairings.leftRight, channels: [left, right], size: sizes.left + sizes.right },
    { pairing: pairings.leftSide, channels: [left, side], size: sizes.left + sizes.side },
    { pairing: pairings.sideRight, channels: [side, right], size: sizes.side + sizes.right },
    { pairing: pairings.midSide, channels: [mid, side], size: sizes.mid + sizes.side },
  ]
  return choices.reduce((best, choice) => (choice.size < best.size ? choice : best))
}

function roughSize(samples: Int32Array): number {
  let sum = 0
  for (let index = 2; index < samples.length; index += 1)
    sum += Math.abs((samples[index] ?? 0) - 2 * (samples[index - 1] ?? 0) + (samples[index - 2] ?? 0))
  return sum
}

/** As UTF-8 writes a character, but up to 31 bits (section 9.1.5). */
function codedNumber(value: number): number[] {
  if (value < 0x80) return [value]
  let tailBytes = 1
  while (value >= 2 ** (5 * tailBytes + 6)) tailBytes += 1
  const tail = Array.from({ length: tailBytes }, (_, index) => {
    const place = 6 * (tailBytes - 1 - index)
    return 0x80 | (Math.floor(value / 2 ** place) & 0x3f)
  })
  const mark = (0xff00 >> (tailBytes + 1)) & 0xff // a one for every byte of it
  return [mark | Math.floor(value / 2 ** (6 * tailBytes)), ...tail]
}

function wholeNumbers(group: Float32Array): Channels {
  const bytes = toWholeNumbers(group, bits)
  const whole = new Int16Array(bytes.buffer, bytes.byteOffset, bytes.length / 2)
  const left = new Int32Array(group.length / 2)
  const right = new Int32Array(group.length / 2)
  for (let frame = 0; frame < left.length; frame += 1) {
    left[frame] = whole[frame * 2] ?? 0
    right[frame] = whole[frame * 2 + 1] ?? 0
  }
  return { left, right }
}
