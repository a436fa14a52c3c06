// Sound files made by code, so that tests know every sample: WAV, and FLAC with verbatim frames (RFC 9639).

import { writeFileSync } from 'node:fs'

/** Interleaved stereo samples as 16-bit whole numbers. */
export type Sound = Int16Array

/** Noise that is the same for the same seed: no two places in it look alike. */
export function noise(frames: number, seed: number): Sound {
  let state = seed * 2654435761 + 1
  return Int16Array.from({ length: frames * 2 }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return (state >>> 16) - 32768
  })
}

export function joined(...sounds: readonly Sound[]): Sound {
  const all = new Int16Array(sounds.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const sound of sounds) {
    all.set(sound, at)
    at += sound.length
  }
  return all
}

export function writeWav(path: string, sound: Sound, sampleRateHz = 44_100): string {
  const head = Buffer.alloc(44)
  head.write('RIFF', 0, 'latin1')
  head.writeUInt32LE(36 + sound.byteLength, 4)
  head.write('WAVEfmt ', 8, 'latin1')
  head.writeUInt32LE(16, 16)
  head.writeUInt16LE(1, 20)
  head.writeUInt16LE(2, 22)
  head.writeUInt32LE(sampleRateHz, 24)
  head.writeUInt32LE(sampleRateHz * 4, 28)
  head.writeUInt16LE(4, 32)
  head.writeUInt16LE(16, 34)
  head.write('data', 36, 'latin1')
  head.writeUInt32LE(sound.byteLength, 40)
  writeFileSync(path, Buffer.concat([head, Buffer.from(sound.buffer, sound.byteOffset, sound.byteLength)]))
  return path
}

/** The sound in a WAV of ours: as long as its header says. */
export function readWav(bytes: Uint8Array): Sound {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const frames = Math.floor(view.getUint32(40, true) / 4)
  return Int16Array.from({ length: frames * 2 }, (_, index) => view.getInt16(44 + index * 2, true))
}

const blockFrames = 1024

export function writeFlac(path: string, sound: Sound, sampleRateHz: 44_100 | 48_000 = 44_100): string {
  const parts = [Buffer.from('fLaC', 'latin1'), Buffer.from([0x80, 0, 0, 34])]
  parts.push(flacInfo(sound.length / 2, sampleRateHz), ...flacFrames(sound, sampleRateHz))
  writeFileSync(path, Buffer.concat(parts))
  return path
}

/** STREAMINFO. */
export function flacInfo(frames: number, sampleRateHz: 44_100 | 48_000): Buffer<ArrayBuffer> {
  const info = Buffer.alloc(34)
  info.writeUInt16BE(blockFrames, 0)
  info.writeUInt16BE(blockFrames, 2)
  info.writeUInt32BE(((sampleRateHz << 12) | (1 << 9) | (15 << 4)) >>> 0, 10)
  info.writeUInt32BE(frames, 14)
  return info
}

/** Of 1,024 samples each, but for the last. */
export function flacFrames(sound: Sound, sampleRateHz: 44_100 | 48_000): Buffer<ArrayBuffer>[] {
  return Array.from({ length: Math.ceil(sound.length / 2 / blockFrames) }, (_, number) =>
    flacFrame(sound.subarray(number * blockFrames * 2, (number + 1) * blockFrames * 2), number, sampleRateHz),
  )
}

function flacFrame(sound: Sound, number: number, sampleRateHz: number): Buffer<ArrayBuffer> {
  const frames = sound.length / 2
  // Sync; block size as 16 bits after the number, rate by code; two channels of 16 bits.
  const head = [0xff, 0xf8, 0x70 | (sampleRateHz === 48_000 ? 10 : 9), 0x18, ...utf8Number(number)]
  head.push((frames - 1) >> 8, (frames - 1) & 0xff)
  head.push(crc(head, 8, 0x07))
  const body = Buffer.alloc(2 * (1 + frames * 2))
  for (let channel = 0; channel < 2; channel += 1) {
    const at = channel * (1 + frames * 2)
    body[at] = 0x02 // verbatim
    for (let frame = 0; frame < frames; frame += 1)
      body.writeInt16BE(sound[frame * 2 + channel] ?? 0, at + 1 + frame * 2)
  }
  const whole = Buffer.concat([Buffer.from(head), body])
  const sum = crc(whole, 16, 0x8005)
  return Buffer.concat([whole, Buffer.from([sum >> 8, sum & 0xff])])
}

function utf8Number(number: number): number[] {
  if (number < 0x80) return [number]
  if (number < 0x800) return [0xc0 | (number >> 6), 0x80 | (number & 63)]
  return [0xe0 | (number >> 12), 0x80 | ((number >> 6) & 63), 0x80 | (number & 63)]
}

function crc(bytes: Iterable<number>, bits: 8 | 16, polynomial: number): number {
  let sum = 0
  for (const byte of bytes) {
    sum ^= byte << (bits - 8)
    for (let bit = 0; bit < 8; bit += 1) {
      sum <<= 1
      if (sum & (1 << bits)) sum ^= polynomial | (1 << bits)
    }
  }
  return sum
}
