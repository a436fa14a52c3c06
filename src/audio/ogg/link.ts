// One logical piece of an Ogg file: its streams begin together, one of them is the sound we play (RFC 3533, 4).
// Most files are a single link; recordings of radio are a chain of them.

import type { ByteSource } from '../byte-source.ts'
import { cannotDecode } from '../decoder.ts'
import type { OggCodecKind } from './codec.ts'
import { oggFlac } from './flac.ts'
import { opus } from './opus.ts'
import { PacketReader } from './packets.ts'
import type { OggPage } from './page.ts'
import { lastPage, PageReader } from './page-reader.ts'
import { vorbis } from './vorbis.ts'

export interface OggLink {
  readonly kind: OggCodecKind
  readonly serial: number
  readonly headers: readonly Uint8Array[]
  /** Of the first page with sound. */
  readonly soundOffset: number
  readonly endOffset: number
}

const kinds: readonly OggCodecKind[] = [vorbis, opus, oggFlac]
/** A film has a handful. */
const mostStreams = 64
/** A day of radio has some hundreds. */
const mostLinks = 1000

/** All links, in order. Only a file that is a chain is read whole for it. */
export async function readLinks(source: ByteSource): Promise<OggLink[]> {
  const starts = await linkStarts(source)
  const links: OggLink[] = []
  for (const [index, start] of starts.entries()) {
    const link = await readLink(source, start, starts[index + 1] ?? source.sizeBytes)
    if (link !== undefined) links.push(link)
  }
  if (links.length === 0) throw cannotDecode('there is no sound in it that we know')
  return links
}

async function linkStarts(source: ByteSource): Promise<number[]> {
  const { serials, startOffset } = await readBeginning(source, 0)
  const last = await lastPage(source, startOffset, source.sizeBytes, () => true)
  if (last === undefined || serials.has(last.serial)) return [startOffset]
  const starts: number[] = []
  const reader = new PageReader(source, startOffset)
  let isBeginning = false
  for (let page = await reader.next(); page !== undefined; page = await reader.next()) {
    if (page.isFirst && !isBeginning) starts.push(page.offset)
    if (starts.length > mostLinks) throw cannotDecode('it is made of too many pieces')
    isBeginning = page.isFirst
  }
  return starts
}

/** The first pages of all streams of a link stand together. */
async function readBeginning(source: ByteSource, offset: number, endOffset = source.sizeBytes) {
  const reader = new PageReader(source, offset, endOffset)
  const pages: OggPage[] = []
  for (let page = await reader.next(); page?.isFirst === true; page = await reader.next()) {
    pages.push(page)
    if (pages.length > mostStreams) throw cannotDecode('it is damaged')
  }
  const startOffset = pages[0]?.offset
  if (startOffset === undefined) throw cannotDecode('its beginning is missing')
  return { pages, startOffset, serials: new Set(pages.map(({ serial }) => serial)) }
}

/** undefined: nothing in it that we can play. */
async function readLink(source: ByteSource, offset: number, endOffset: number): Promise<OggLink | undefined> {
  const { pages } = await readBeginning(source, offset, endOffset)
  for (const { serial, body } of pages) {
    const kind = kinds.find(({ isMeant }) => isMeant(body))
    if (kind === undefined) continue
    const headers: Uint8Array[] = []
    const reader = new PacketReader(source, serial, offset, endOffset)
    while (headers.length < kind.headerCount(body)) {
      const read = await reader.next()
      if (read === undefined) throw cannotDecode('the file ends before its sound')
      headers.push(...read.packets)
    }
    return { kind, serial, headers, soundOffset: reader.offset, endOffset }
  }
  return undefined
}
