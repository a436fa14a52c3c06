// The packets of one stream, page by page.

import type { ByteSource } from '../byte-source.ts'
import { cannotDecode } from '../decoder.ts'
import type { OggPage } from './page.ts'
import { PageReader } from './page-reader.ts'

/** Pictures stand in the comment header, and people put large ones there. */
const largestPacketBytes = 64 * 1024 * 1024

export interface PagePackets {
  /** Those that end on this page. */
  readonly packets: readonly Uint8Array[]
  readonly granule: number | undefined
  readonly isLast: boolean
  /** A page before it is missing. */
  readonly isAfterGap: boolean
}

export class PacketReader {
  readonly #pages: PageReader
  readonly #serial: number
  /** Of the packet that goes on on the next page. */
  #pieces: Uint8Array[] = []
  #pieceBytes = 0
  /** The beginning of the packet that goes on was not seen. */
  #isCut = true
  #sequence: number | undefined

  constructor(source: ByteSource, serial: number, offset: number, endOffset = source.sizeBytes) {
    this.#pages = new PageReader(source, offset, endOffset)
    this.#serial = serial
  }

  /** Behind the page read last. */
  get offset(): number {
    return this.#pages.offset
  }

  async next(): Promise<PagePackets | undefined> {
    while (true) {
      const page = await this.#pages.next()
      if (page === undefined) return undefined
      if (page.serial === this.#serial) return this.#take(page)
    }
  }

  #take(page: OggPage): PagePackets {
    const isAfterGap = this.#sequence !== undefined && page.sequence !== (this.#sequence + 1) >>> 0
    this.#sequence = page.sequence
    if (isAfterGap || !page.isContinued) this.#begin(page.isContinued)
    const packets = this.#cut(page)
    return { packets, granule: page.granule, isLast: page.isLast, isAfterGap }
  }

  #cut({ lacing, body }: OggPage): Uint8Array[] {
    const packets: Uint8Array[] = []
    let from = 0
    let to = 0
    for (const length of lacing) {
      to += length
      if (length === 255) continue
      const packet = this.#finish(body.subarray(from, to))
      if (packet !== undefined) packets.push(packet)
      from = to
    }
    if (from < body.length) this.#keep(body.subarray(from))
    return packets
  }

  #keep(piece: Uint8Array): void {
    this.#pieceBytes += piece.length
    if (this.#pieceBytes > largestPacketBytes) throw cannotDecode('it is damaged')
    if (!this.#isCut) this.#pieces.push(piece)
  }

  #finish(last: Uint8Array): Uint8Array | undefined {
    const isWhole = !this.#isCut
    const packet = this.#pieces.length === 0 ? last : new Uint8Array(Buffer.concat([...this.#pieces, last]))
    this.#begin(false)
    return isWhole && packet.length > 0 ? packet : undefined
  }

  #begin(isCut: boolean): void {
    this.#pieces = []
    this.#pieceBytes = 0
    this.#isCut = isCut
  }
}
