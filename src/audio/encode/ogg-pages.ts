// Packets as Ogg pages, one each (RFC 3533, section 6).

import { pageChecksum, pageHeadBytes, pageMark } from '../ogg/page.ts'

const firstFlag = 2
const lastFlag = 4
/** A packet is written in pieces of this many bytes, and a shorter one at its end. */
const pieceBytes = 255

export class OggPages {
  readonly #serial: number
  #sequence = 0

  /** Any number that other streams of the listener do not have. */
  constructor(serial: number) {
    this.#serial = serial
  }

  /** `granule`: the codec's count of samples at the packet's end. At most 65,024 bytes. */
  page(packet: Uint8Array, granule: number, isLast = false): Uint8Array {
    const pieces = Math.floor(packet.length / pieceBytes) + 1
    const bytes = new Uint8Array(pageHeadBytes + pieces + packet.length)
    const view = new DataView(bytes.buffer)
    bytes.set(pageMark)
    bytes[5] = (this.#sequence === 0 ? firstFlag : 0) | (isLast ? lastFlag : 0)
    view.setBigInt64(6, BigInt(granule), true)
    view.setUint32(14, this.#serial, true)
    view.setUint32(18, this.#sequence, true)
    bytes[26] = pieces
    bytes.fill(pieceBytes, pageHeadBytes, pageHeadBytes + pieces - 1)
    bytes[pageHeadBytes + pieces - 1] = packet.length % pieceBytes
    bytes.set(packet, pageHeadBytes + pieces)
    view.setUint32(22, pageChecksum(bytes), true)
    this.#sequence += 1
    return bytes
  }
}
