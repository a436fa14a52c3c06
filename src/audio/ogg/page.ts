// One Ogg page (RFC 3533, section 6): a header, a table of how its body is divided into packets, the body.

export interface OggPage {
  readonly offset: number
  readonly sizeBytes: number
  /** Which of the streams in the file it belongs to. */
  readonly serial: number
  /** Counts the pages of a stream: a number that is missing is a page that is. */
  readonly sequence: number
  /** The codec's count of samples at the end of the last packet that ends here; undefined when none does. */
  readonly granule: number | undefined
  readonly isFirst: boolean
  readonly isLast: boolean
  /** It begins with the rest of a packet. */
  readonly isContinued: boolean
  /** In pieces of at most 255 bytes: a shorter one ends its packet. */
  readonly lacing: Uint8Array
  readonly body: Uint8Array
}

export const pageHeadBytes = 27
export const largestPageBytes = pageHeadBytes + 255 + 255 * 255
export const pageMark = Uint8Array.of(0x4f, 0x67, 0x67, 0x53) // OggS

const continuedFlag = 1
const firstFlag = 2
const lastFlag = 4

/** How long the page is whose first bytes these are; undefined when more are needed to know. */
export function pageSize(bytes: Uint8Array): number | undefined {
  const pieces = bytes[26]
  if (pieces === undefined || bytes.length < pageHeadBytes + pieces) return undefined
  const lacing = bytes.subarray(pageHeadBytes, pageHeadBytes + pieces)
  return pageHeadBytes + pieces + lacing.reduce((sum, length) => sum + length, 0)
}

/** `bytes`: exactly one page. undefined when its checksum is wrong: then it is damaged, or no page at all. */
export function readPage(bytes: Uint8Array, offset: number): OggPage | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (view.getUint8(4) !== 0 || pageChecksum(bytes) !== view.getUint32(22, true)) return undefined
  const flags = view.getUint8(5)
  const granule = Number(view.getBigInt64(6, true))
  const bodyAt = pageHeadBytes + view.getUint8(26)
  return {
    offset,
    sizeBytes: bytes.length,
    serial: view.getUint32(14, true),
    sequence: view.getUint32(18, true),
    granule: granule >= 0 && Number.isSafeInteger(granule) ? granule : undefined,
    isFirst: (flags & firstFlag) !== 0,
    isLast: (flags & lastFlag) !== 0,
    isContinued: (flags & continuedFlag) !== 0,
    lacing: bytes.subarray(pageHeadBytes, bodyAt),
    body: bytes.subarray(bodyAt),
  }
}

const checksumTable = Uint32Array.from({ length: 256 }, (_, byte) => {
  let sum = byte << 24
  for (let bit = 0; bit < 8; bit += 1) sum = sum & 0x80000000 ? (sum << 1) ^ 0x04c11db7 : sum << 1
  return sum >>> 0
})

/** Over the whole page, with zeros where the checksum itself stands. */
export function pageChecksum(page: Uint8Array): number {
  let sum = 0
  for (let index = 0; index < page.length; index += 1) {
    const byte = index >= 22 && index < 26 ? 0 : (page[index] ?? 0)
    sum = (sum << 8) ^ (checksumTable[(sum >>> 24) ^ byte] ?? 0)
  }
  return sum >>> 0
}
