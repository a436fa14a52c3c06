// What a file's sound is, whatever its name and tags: the length of the audio payload
// and a hash of 64 KB at its start and middle.

import { createHash } from 'node:crypto'
import { type AudioPayload, audioPayload } from './audio-payload.ts'
import { frameAt } from './mpeg-frame.ts'
import type { OpenFile } from './open-file.ts'

const sampleBytes = 64 * 1024

/** Undefined payload gives null: such a file is recognised by its path alone. */
export function fingerprint(file: OpenFile): string | null {
  const all = audioPayload(file)
  const payload = all && withoutLengthFrame(file, all)
  if (payload === undefined || payload.length <= 0) return null
  const middle = payload.from + Math.floor(payload.length / 2)
  const end = payload.from + payload.length
  const hash = createHash('sha1')
  for (const from of [payload.from, middle]) {
    const length = Math.min(sampleBytes, end - from)
    hash.update(payload.isOgg ? oggSample(file, from, length) : file.look(from, length))
  }
  return `${payload.length}:${hash.digest('hex')}`
}

/** The frame with the length of an MP3 is no sound, and programs that write tags may write it anew. */
function withoutLengthFrame(file: OpenFile, payload: AudioPayload): AudioPayload {
  const frame = frameAt(file.read(payload.from, 6))
  if (frame === undefined || frame.xingOffset === 0) return payload
  const ascii = (at: number) => String.fromCharCode(...file.read(payload.from + at, 4))
  const hasLength = ['Xing', 'Info'].includes(ascii(frame.xingOffset)) || ascii(36) === 'VBRI'
  return hasLength ? { from: payload.from + frame.bytes, length: payload.length - frame.bytes } : payload
}

/** Where in an Ogg page header serial, number and checksum stand (RFC 3533, 6): retagging may change all three. */
const pageNumberOffset = 14
const pageNumberBytes = 12

/** Ogg bytes without what retagging changes in each page. */
function oggSample(file: OpenFile, from: number, length: number): Uint8Array {
  const before = Math.min(from, pageNumberOffset + pageNumberBytes)
  const bytes = file.read(from - before, length + before)
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  for (let at = view.indexOf('OggS'); at >= 0; at = view.indexOf('OggS', at + 4))
    bytes.fill(0, at + pageNumberOffset, at + pageNumberOffset + pageNumberBytes)
  return bytes.subarray(before)
}
