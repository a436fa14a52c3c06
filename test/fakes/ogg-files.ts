// Ogg files made by code: pages from packets (RFC 3533), and FLAC in them (RFC 9639, 10.1), so that tests know every sample.

import { pageChecksum } from '../../src/audio/ogg/page.ts'
import { flacFrames, flacInfo, type Sound } from './sound-files.ts'

export interface PageToWrite {
  readonly serial: number
  readonly sequence: number
  /** -1: no packet ends here. */
  readonly granule: number
  readonly isContinued?: boolean
  readonly isFirst?: boolean
  readonly isLast?: boolean
  /** The lengths of the pieces; at most 255, each of at most 255 bytes. */
  readonly lacing: readonly number[]
  readonly body: Uint8Array
}

export function oggPage(page: PageToWrite): Buffer {
  const bytes = Buffer.alloc(27 + page.lacing.length)
  bytes.write('OggS', 'latin1')
  bytes[5] = (page.isContinued ? 1 : 0) | (page.isFirst ? 2 : 0) | (page.isLast ? 4 : 0)
  bytes.writeBigInt64LE(BigInt(page.granule), 6)
  bytes.writeUInt32LE(page.serial, 14)
  bytes.writeUInt32LE(page.sequence, 18)
  bytes[26] = page.lacing.length
  bytes.set(page.lacing, 27)
  const whole = Buffer.concat([bytes, page.body])
  whole.writeUInt32LE(pageChecksum(whole), 22)
  return whole
}

export interface PacketToWrite {
  readonly bytes: Uint8Array
  /** At its end. */
  readonly granule: number
  /** The next one begins on a new page. */
  readonly endsPage?: boolean
}

/** A stream as pages of at most `pieces` pieces: packets go on over as many as they need. */
export function oggStream(serial: number, packets: readonly PacketToWrite[], pieces = 200): Buffer[] {
  const pages: Buffer[] = []
  let lacing: number[] = []
  let parts: Uint8Array[] = []
  let granule = -1
  let isContinued = false
  const flush = (goesOn: boolean, isLast: boolean) => {
    const body = Buffer.concat(parts)
    const isFirst = pages.length === 0
    pages.push(
      oggPage({ serial, sequence: pages.length, granule, isContinued, isFirst, isLast, lacing, body }),
    )
    lacing = []
    parts = []
    granule = -1
    isContinued = goesOn
  }
  for (const [index, packet] of packets.entries()) {
    let at = 0
    let piece = 255
    while (piece === 255) {
      if (lacing.length === pieces) flush(at > 0, false)
      piece = Math.min(255, packet.bytes.length - at)
      lacing.push(piece)
      parts.push(packet.bytes.subarray(at, at + piece))
      at += piece
    }
    granule = packet.granule
    const isLast = index === packets.length - 1
    if (isLast || packet.endsPage) flush(false, isLast)
  }
  return pages
}

/** FLAC in Ogg, as pages. The granules begin at `startGranule`, as in a piece cut out of a longer stream. */
export function oggFlac(
  sound: Sound,
  { serial = 1, startGranule = 0, sampleRateHz = 44_100 as 44_100 | 48_000 } = {},
): Buffer[] {
  const frames = sound.length / 2
  const head = Buffer.concat([
    Buffer.from('\x7fFLAC\x01\x00\x00\x01fLaC\x00\x00\x00\x22', 'latin1'),
    flacInfo(frames, sampleRateHz),
  ])
  const comments = Buffer.from('\x84\x00\x00\x08\x00\x00\x00\x00\x00\x00\x00\x00', 'latin1')
  const packets = flacFrames(sound, sampleRateHz).map((bytes, index) => ({
    bytes,
    granule: startGranule + Math.min(frames, (index + 1) * 1024),
  }))
  const headers = [head, comments].map((bytes) => ({ bytes, granule: 0, endsPage: true }))
  return oggStream(serial, [...headers, ...packets], 40)
}
