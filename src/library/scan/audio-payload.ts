// Where the sound lies in a file, between its tags. Every loop here ends: each step goes forward or is bounded.

import type { OpenFile } from './open-file.ts'

export interface AudioPayload {
  readonly from: number
  readonly length: number
  readonly isOgg?: boolean
}

/** More boxes, chunks or pages than any honest file has before its sound. */
const mostSteps = 10_000

/** Undefined when a container is so broken that its sound is not found. */
export function audioPayload(file: OpenFile): AudioPayload | undefined {
  const from = afterId3v2(file)
  const head = ascii(file.read(from, 16))
  if (head.startsWith('fLaC')) return flacPayload(file, from)
  if (head.startsWith('OggS')) return oggPayload(file, from)
  if (head.slice(4, 8) === 'ftyp') return mp4Payload(file)
  if (head.startsWith('RIFF')) return chunkPayload(file, from + 12, 'data', littleEndian)
  if (head.startsWith('FORM')) return chunkPayload(file, from + 12, 'SSND', bigEndian)
  if (head.startsWith('FRM8')) return chunkPayload(file, from + 16, 'DSD ', bigEndian64)
  if (head.startsWith('DSD ')) return chunkPayload(file, from + 28, 'data', dsfSizes)
  return between(from, beforeTagsAtEnd(file, from))
}

function between(from: number, to: number): AudioPayload | undefined {
  return to > from ? { from, length: to - from } : undefined
}

/** ID3v2 tags may follow one another (id3.org, ID3v2.4 structure, 3.1). */
function afterId3v2(file: OpenFile): number {
  let position = 0
  for (let count = 0; count < 8; count++) {
    const head = file.read(position, 10)
    if (head.length < 10 || ascii(head.subarray(0, 3)) !== 'ID3') break
    const [flags = 0, a = 0, b = 0, c = 0, d = 0] = head.subarray(5)
    const footer = (flags & 0x10) === 0 ? 0 : 10
    position += 10 + ((a & 127) << 21) + ((b & 127) << 14) + ((c & 127) << 7) + (d & 127) + footer
  }
  return position
}

/** Before ID3v1, Lyrics3v2 and APEv2 at the end, in whatever order they stand. */
function beforeTagsAtEnd(file: OpenFile, from: number): number {
  let end = file.sizeBytes
  for (let count = 0; count < 8 && end > from; count++) {
    const size = tagSizeBefore(file, end)
    if (size === 0) break
    end -= size
  }
  return Math.max(from, end)
}

function tagSizeBefore(file: OpenFile, end: number): number {
  if (end >= 128 && ascii(file.read(end - 128, 3)) === 'TAG') return 128
  if (end < 32) return 0
  const tail = file.read(end - 32, 32)
  if (ascii(tail.subarray(0, 8)) === 'APETAGEX') {
    const view = viewOf(tail)
    const hasHeader = (view.getUint32(20, true) & 0x8000_0000) !== 0
    return view.getUint32(12, true) + (hasHeader ? 32 : 0)
  }
  const text = ascii(tail)
  if (text.endsWith('LYRICS200')) return Number.parseInt(text.slice(-15, -9), 10) + 15 || 0
  return 0
}

function flacPayload(file: OpenFile, from: number): AudioPayload | undefined {
  let position = from + 4
  for (let count = 0; count < mostSteps; count++) {
    const [kind = 0x80, a = 0, b = 0, c = 0] = file.read(position, 4)
    position += 4 + (a << 16) + (b << 8) + c
    if ((kind & 0x80) !== 0) return between(position, beforeTagsAtEnd(file, position))
  }
  return undefined
}

/** Sound begins on the first page that has a time; the pages before hold the headers (RFC 3533; RFC 7845, 3). */
function oggPayload(file: OpenFile, from: number): AudioPayload | undefined {
  let position = from
  for (let count = 0; count < mostSteps; count++) {
    const head = file.read(position, 27 + 255)
    if (head.length < 27 || ascii(head.subarray(0, 4)) !== 'OggS') return undefined
    const time = viewOf(head).getBigInt64(6, true)
    if (time > 0n) {
      const start = position
      return start < file.sizeBytes ? { from: start, length: file.sizeBytes - start, isOgg: true } : undefined
    }
    const segments = head[26] ?? 0
    position += 27 + segments
    for (const size of head.subarray(27, 27 + segments)) position += size
  }
  return undefined
}

/** The largest `mdat` box (ISO/IEC 14496-12, 4.2 and 8.1.1). */
function mp4Payload(file: OpenFile): AudioPayload | undefined {
  let best: AudioPayload | undefined
  let position = 0
  for (let count = 0; count < mostSteps && position + 8 <= file.sizeBytes; count++) {
    const head = file.read(position, 16)
    const view = viewOf(head)
    let size = view.getUint32(0)
    let headBytes = 8
    if (size === 1 && head.length === 16) {
      size = Number(view.getBigUint64(8))
      headBytes = 16
    } else if (size === 0) size = file.sizeBytes - position
    if (size < headBytes) break
    const length = Math.min(size, file.sizeBytes - position) - headBytes
    if (ascii(head.subarray(4, 8)) === 'mdat' && length > (best?.length ?? 0))
      best = { from: position + headBytes, length }
    position += size
  }
  return best
}

/** How a family of chunked formats writes the sizes of its chunks. */
interface ChunkSizes {
  readonly headBytes: number
  /** Size of the content, from a view on the chunk's head. */
  content(head: DataView): number
  readonly isPadded: boolean
}

const littleEndian: ChunkSizes = { headBytes: 8, content: (head) => head.getUint32(4, true), isPadded: true }
const bigEndian: ChunkSizes = { headBytes: 8, content: (head) => head.getUint32(4), isPadded: true }
const bigEndian64: ChunkSizes = {
  headBytes: 12,
  content: (head) => Number(head.getBigUint64(4)),
  isPadded: true,
}
/** DSF counts the head in (Sony, DSF File Format Specification). */
const dsfSizes: ChunkSizes = {
  headBytes: 12,
  content: (head) => Number(head.getBigUint64(4, true)) - 12,
  isPadded: false,
}

function chunkPayload(
  file: OpenFile,
  from: number,
  wanted: string,
  sizes: ChunkSizes,
): AudioPayload | undefined {
  let position = from
  for (let count = 0; count < mostSteps; count++) {
    const head = file.read(position, sizes.headBytes)
    if (head.length < sizes.headBytes) return undefined
    const size = sizes.content(viewOf(head))
    const start = position + sizes.headBytes
    if (ascii(head.subarray(0, 4)) === wanted) return between(start, Math.min(start + size, file.sizeBytes))
    if (!(size >= 0)) return undefined
    position = start + size + (sizes.isPadded ? size % 2 : 0)
  }
  return undefined
}

function ascii(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes)
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
