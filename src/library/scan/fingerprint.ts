// What a file's sound is, whatever its name and tags: the length of the audio payload
// and a hash of 64 KB at its start and middle.

import { createHash } from 'node:crypto'
import { audioPayload } from './audio-payload.ts'
import type { OpenFile } from './open-file.ts'

const sampleBytes = 64 * 1024

/** Undefined payload gives null: such a file is recognised by its path alone. */
export function fingerprint(file: OpenFile): string | null {
  const payload = audioPayload(file)
  if (payload === undefined || payload.length <= 0) return null
  const middle = payload.from + Math.floor(payload.length / 2)
  const end = payload.from + payload.length
  const hash = createHash('sha1')
  for (const from of [payload.from, middle]) {
    const length = Math.min(sampleBytes, end - from)
    hash.update(payload.isOgg ? oggSample(file, from, length) : file.read(from, length))
  }
  return `${payload.length}:${hash.digest('hex')}`
}

/** Where in an Ogg page header number and checksum of the page stand (RFC 3533, 6): retagging changes both. */
const pageNumberOffset = 18
const pageNumberBytes = 8

/** Ogg bytes without what retagging changes in each page. */
function oggSample(file: OpenFile, from: number, length: number): Uint8Array {
  const before = Math.min(from, pageNumberOffset + pageNumberBytes)
  const bytes = file.read(from - before, length + before)
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  for (let at = view.indexOf('OggS'); at >= 0; at = view.indexOf('OggS', at + 4))
    bytes.fill(0, at + pageNumberOffset, at + pageNumberOffset + pageNumberBytes)
  return bytes.subarray(before)
}
