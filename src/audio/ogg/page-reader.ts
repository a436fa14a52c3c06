// Pages of an Ogg file, one after the other; what is damaged between them is stepped over.

import type { ByteSource } from '../byte-source.ts'
import { ByteWindow } from '../byte-window.ts'
import { cannotDecode } from '../decoder.ts'
import { largestPageBytes, type OggPage, pageHeadBytes, pageMark, pageSize, readPage } from './page.ts'

/** Checked in vain, before a file counts as made to hold us up. */
const mostFalseBytes = 16 * 1024 * 1024

export class PageReader {
  readonly #window: ByteWindow
  readonly #endOffset: number
  #falseBytes = 0

  constructor(source: ByteSource, offset: number, endOffset = source.sizeBytes) {
    this.#window = new ByteWindow(source, offset)
    this.#endOffset = endOffset
  }

  /** Where the next page is looked for. */
  get offset(): number {
    return this.#window.offset
  }

  /** The next whole page that begins before the end; undefined when there is none. */
  async next(): Promise<OggPage | undefined> {
    while (await this.#findMark()) {
      await this.#window.fill(largestPageBytes)
      const { bytes, offset } = this.#window
      const sizeBytes = pageSize(bytes)
      const isWhole = sizeBytes !== undefined && sizeBytes <= bytes.length
      // Copied: the packets in it outlive the window.
      const page = isWhole ? readPage(bytes.slice(0, sizeBytes), offset) : undefined
      this.#window.advance(page?.sizeBytes ?? 1)
      if (page !== undefined) return page
      this.#falseBytes += sizeBytes ?? 0
      if (this.#falseBytes > mostFalseBytes) throw cannotDecode('it is damaged')
    }
    return undefined
  }

  /** Moves to the next `OggS`. */
  async #findMark(): Promise<boolean> {
    while (this.offset < this.#endOffset && (await this.#window.fill(pageHeadBytes))) {
      const { bytes } = this.#window
      const at = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).indexOf(pageMark)
      this.#window.advance(at >= 0 ? at : bytes.length - pageMark.length + 1)
      if (at >= 0) return this.offset < this.#endOffset
    }
    return false
  }
}

/** The last page before `endOffset` that `isWanted`, not beginning before `startOffset`. */
export async function lastPage(
  source: ByteSource,
  startOffset: number,
  endOffset: number,
  isWanted: (page: OggPage) => boolean,
): Promise<OggPage | undefined> {
  let reachBytes = 2 * largestPageBytes
  let to = endOffset
  while (to > startOffset) {
    const from = Math.max(startOffset, endOffset - reachBytes)
    const reader = new PageReader(source, from, to)
    let found: OggPage | undefined
    for (let page = await reader.next(); page !== undefined; page = await reader.next())
      if (isWanted(page)) found = page
    if (found !== undefined) return found
    to = from
    reachBytes *= 2
  }
  return undefined
}
