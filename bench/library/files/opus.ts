// Ogg Opus (RFC 7845) of silent packets; padding that decoders skip makes each song unlike the others.

import type { Song } from '../catalogue.ts'
import { ownBytes, uint32LittleEndian } from './bytes.ts'
import { vorbisComment } from './vorbis-comment.ts'

const samplesPerPacket = 960 // 20 ms at 48,000 Hz
const paddingBytes = 8
const packetsPerPage = 50

export function opus(song: Song, picture: Uint8Array | undefined): Buffer {
  const packetCount = Math.ceil((song.durationMs * 48) / samplesPerPacket)
  const own = ownBytes(song.seed, packetCount * paddingBytes)
  const packets = Array.from({ length: packetCount }, (_, at) => packet(own.subarray(at * paddingBytes)))
  const pages = new Pages(song.seed)
  pages.add([opusHead()], 0, { isFirst: true })
  pages.add([Buffer.concat([Buffer.from('OpusTags'), vorbisComment(song.tags, picture)])], 0)
  for (let from = 0; from < packetCount; from += packetsPerPage) {
    const some = packets.slice(from, from + packetsPerPage)
    const sent = from + some.length
    pages.add(some, sent * samplesPerPacket, { isLast: sent === packetCount })
  }
  return pages.bytes()
}

function opusHead(): Buffer {
  const head = Buffer.alloc(19)
  head.write('OpusHead')
  head[8] = 1 // version
  head[9] = 1 // channels
  head.writeUInt32LE(48_000, 12)
  return head
}

/** RFC 6716, 3.2.5: 20 ms of CELT, one frame with padding; the frame is two bytes of silence. */
function packet(own: Uint8Array): Buffer {
  return Buffer.from([0xfb, 0x41, paddingBytes, 0xff, 0xfe, ...own.subarray(0, paddingBytes)])
}

/** RFC 3533. A packet longer than a page goes on in the next one. */
class Pages {
  readonly #serial: number
  readonly #pages: Buffer[] = []

  constructor(serial: number) {
    this.#serial = serial
  }

  add(
    packets: readonly Uint8Array[],
    granule: number,
    { isFirst = false, isLast = false }: { isFirst?: boolean; isLast?: boolean } = {},
  ): void {
    const lacing = packets.flatMap(({ length }) => [
      ...new Array<number>(Math.floor(length / 255)).fill(255),
      length % 255,
    ])
    const content = Buffer.concat(packets)
    let at = 0
    for (let from = 0; from < lacing.length; from += 255) {
      const segments = lacing.slice(from, from + 255)
      const size = segments.reduce((sum, segment) => sum + segment, 0)
      const flags = (from > 0 ? 1 : 0) | (isFirst ? 2 : 0) | (isLast ? 4 : 0)
      const endsPacket = from + 255 >= lacing.length
      this.#page(flags, endsPacket ? BigInt(granule) : -1n, segments, content.subarray(at, at + size))
      at += size
    }
  }

  bytes(): Buffer {
    return Buffer.concat(this.#pages)
  }

  #page(flags: number, granule: bigint, segments: number[], content: Uint8Array): void {
    const head = Buffer.alloc(27)
    head.write('OggS')
    head[5] = flags
    head.writeBigInt64LE(granule, 6)
    head.writeUInt32LE(this.#serial, 14)
    head.writeUInt32LE(this.#pages.length, 18)
    head[26] = segments.length
    const page = Buffer.concat([head, Uint8Array.from(segments), content])
    page.set(uint32LittleEndian(oggCrc(page)), 22)
    this.#pages.push(page)
  }
}

const crcTable = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte << 24
  for (let bit = 0; bit < 8; bit += 1) crc = crc & 0x8000_0000 ? (crc << 1) ^ 0x04c1_1db7 : crc << 1
  return crc >>> 0
})

function oggCrc(bytes: Uint8Array): number {
  let crc = 0
  for (const byte of bytes) crc = ((crc << 8) ^ (crcTable[(crc >>> 24) ^ byte] ?? 0)) >>> 0
  return crc
}
