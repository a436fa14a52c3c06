// FLAC (RFC 9639) whose blocks each hold one soft, constant sample: whole and valid, in some hundred bytes.

import { crc8, crc16Table } from '../../../src/audio/flac/crc.ts'
import type { Song } from '../catalogue.ts'
import { ownBytes } from './bytes.ts'
import { flacPicture, vorbisComment } from './vorbis-comment.ts'

const rateHz = 44_100
const blockSamples = 1024

export function flac(song: Song, picture: Uint8Array | undefined): Buffer {
  const frameCount = Math.ceil((song.durationMs * rateHz) / 1000 / blockSamples)
  const blocks = [block(0, streamInfo(frameCount)), block(4, vorbisComment(song.tags))]
  if (picture) blocks.push(block(6, flacPicture(picture)))
  const last = blocks.at(-1)
  if (last) last[0] = (last[0] ?? 0) | 0x80
  const levels = ownBytes(song.seed, frameCount)
  const frames = Array.from(levels, (level, number) => frame(number, level))
  return Buffer.concat([Buffer.from('fLaC'), ...blocks, ...frames])
}

function block(kind: number, content: Uint8Array): Buffer {
  const head = Buffer.alloc(4)
  head.writeUInt32BE((kind << 24) | content.length)
  return Buffer.concat([head, content])
}

/** 16 bits, mono; the checksum of the sound is left out (zero). */
function streamInfo(frameCount: number): Buffer {
  const bytes = Buffer.alloc(34)
  bytes.writeUInt16BE(blockSamples, 0)
  bytes.writeUInt16BE(blockSamples, 2)
  const samples = BigInt(frameCount * blockSamples)
  bytes.writeBigUInt64BE((BigInt(rateHz) << 44n) | (15n << 36n) | samples, 10)
  return bytes
}

/** Fewer than 128 frames, so the frame's number takes one byte. */
function frame(number: number, level: number): Buffer {
  // 0xa9: 1,024 samples, 44,100 Hz; 0x08: one channel, 16 bits.
  const bytes = Buffer.from([0xff, 0xf8, 0xa9, 0x08, number, 0, 0x00, 0, level, 0, 0])
  bytes[5] = crc8(bytes, 0, 5)
  let crc = 0
  for (let at = 0; at < 9; at += 1)
    crc = ((crc << 8) & 0xffff) ^ (crc16Table[(crc >> 8) ^ (bytes[at] ?? 0)] ?? 0)
  bytes.writeUInt16BE(crc, 9)
  return bytes
}
