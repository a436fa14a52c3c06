// The one track with sound in an MP4 file: its codec, its units, and which part of the media is the song.

import type { ByteSource } from '../byte-source.ts'
import { cannotDecode } from '../decoder.ts'
import { type Box, boxesIn, findBox, readBox } from './boxes.ts'
import { readItunesGap } from './itunes-gap.ts'
import { readSampleTable, type SampleTable } from './sample-table.ts'

export interface SoundTrack {
  readonly codec: 'aac' | 'alac'
  /** AudioSpecificConfig, or ALAC's magic cookie. */
  readonly setup: Uint8Array
  readonly units: SampleTable
  /** Seconds of media before the song begins, and how long it is; undefined: to the end. */
  readonly startSeconds: number
  readonly lengthSeconds: number | undefined
}

export async function readSoundTrack(source: ByteSource): Promise<SoundTrack> {
  const file: Box = { name: '', offset: 0, sizeBytes: source.sizeBytes }
  const moov = await findBox(source, file, 'moov')
  if (moov === undefined) throw cannotDecode('its index is missing')
  for await (const trak of boxesIn(source, moov.offset, moov.offset + moov.sizeBytes)) {
    if (trak.name !== 'trak') continue
    const stbl = await findBox(source, trak, 'mdia', 'minf', 'stbl')
    const codec = stbl && (await readCodec(source, stbl))
    if (stbl === undefined || codec === undefined) continue
    const units = await readSampleTable(source, stbl)
    return { ...codec, units, ...(await readWindow(source, moov, trak, units)) }
  }
  throw cannotDecode('there is no AAC or Apple Lossless sound in it')
}

async function readCodec(
  source: ByteSource,
  stbl: Box,
): Promise<Pick<SoundTrack, 'codec' | 'setup'> | undefined> {
  const stsd = await findBox(source, stbl, 'stsd')
  if (stsd === undefined) return undefined
  for await (const entry of boxesIn(source, stsd.offset + 8, stsd.offset + stsd.sizeBytes)) {
    if (entry.name === 'drms') throw cannotDecode('it is protected against copying')
    if (entry.name !== 'mp4a' && entry.name !== 'alac') continue
    const head = new DataView((await source.read(entry.offset, 28)).slice().buffer)
    if (head.byteLength < 28) return undefined
    // QuickTime's versions 1 and 2 have more fields before the boxes.
    const extraBytes = [0, 16, 36][head.getUint16(8)] ?? 0
    const inner = {
      ...entry,
      offset: entry.offset + 28 + extraBytes,
      sizeBytes: entry.sizeBytes - 28 - extraBytes,
    }
    if (entry.name === 'alac') return readCookie(source, inner)
    const esds = (await findBox(source, inner, 'esds')) ?? (await findBox(source, inner, 'wave', 'esds'))
    const setup = esds && readSpecificConfig(await readBox(source, esds))
    if (setup === undefined) throw cannotDecode('its AAC setup is missing')
    return { codec: 'aac', setup }
  }
  return undefined
}

async function readCookie(source: ByteSource, inner: Box): Promise<Pick<SoundTrack, 'codec' | 'setup'>> {
  const cookie = (await findBox(source, inner, 'alac')) ?? (await findBox(source, inner, 'wave', 'alac'))
  const bytes = cookie && (await source.read(cookie.offset, Math.min(cookie.sizeBytes, 64)))
  // Version and flags, then 24 bytes.
  if (bytes === undefined || bytes.length < 28) throw cannotDecode('its Apple Lossless setup is missing')
  return { codec: 'alac', setup: bytes.subarray(4, 28) }
}

/** Descriptors within each other (ISO/IEC 14496-1, section 7.2.6): 3 holds 4 holds 5, which is the setup. */
function readSpecificConfig(esds: DataView): Uint8Array | undefined {
  let at = 4
  for (let count = 0; count < 16 && at + 2 <= esds.byteLength; count += 1) {
    const kind = esds.getUint8(at)
    let size = 0
    for (let more = true; more && at + 1 < esds.byteLength; ) {
      at += 1
      const byte = esds.getUint8(at)
      size = size * 128 + (byte & 0x7f)
      more = byte >= 0x80
    }
    at += 1
    if (kind === 5) {
      const end = Math.min(at + size, esds.byteLength)
      if (end - at < 2) return undefined
      return new Uint8Array(esds.buffer, esds.byteOffset + at, end - at)
    }
    at += kind === 3 ? 3 : kind === 4 ? 13 : size
  }
  return undefined
}

/** By the edit list (ISO/IEC 14496-12, section 8.6.6) when it has one edit of the media; else by iTunes's own note. */
async function readWindow(source: ByteSource, moov: Box, trak: Box, units: SampleTable) {
  const mediaScale = await timeScale(source, trak, 'mdia', 'mdhd')
  const movieScale = await timeScale(source, moov, 'mvhd')
  const elst = await findBox(source, trak, 'edts', 'elst')
  const edits = elst === undefined ? [] : mediaEdits(await readBox(source, elst))
  const mediaSeconds = mediaScale > 0 ? units.mediaUnits / mediaScale : 0
  const [edit] = edits
  if (edit !== undefined && edits.length === 1 && mediaScale > 0) {
    const startSeconds = edit.mediaTime / mediaScale
    // The edit's length is in the movie's scale, often milliseconds: too coarse, so it only limits.
    const roughSeconds =
      edit.duration > 0 && movieScale > 0
        ? (edit.duration + (movieScale < mediaScale ? 1 : 0)) / movieScale
        : Number.POSITIVE_INFINITY
    const restSeconds = mediaSeconds > startSeconds ? mediaSeconds - startSeconds : Number.POSITIVE_INFINITY
    const lengthSeconds = Math.min(restSeconds, roughSeconds)
    return { startSeconds, lengthSeconds: Number.isFinite(lengthSeconds) ? lengthSeconds : undefined }
  }
  const gap = await readItunesGap(source, moov)
  if (gap !== undefined && mediaScale > 0)
    return {
      startSeconds: gap.startSamples / mediaScale,
      lengthSeconds: gap.lengthSamples > 0 ? gap.lengthSamples / mediaScale : undefined,
    }
  return { startSeconds: 0, lengthSeconds: mediaSeconds > 0 ? mediaSeconds : undefined }
}

async function timeScale(source: ByteSource, within: Box, ...names: string[]): Promise<number> {
  const box = await findBox(source, within, ...names)
  const view = box && (await readBox(source, box))
  if (view === undefined || view.byteLength < 24) return 0
  return view.getUint32(view.getUint8(0) === 1 ? 20 : 12)
}

/** Edits that show media; an empty edit (media time -1) is a pause before it. */
function mediaEdits(elst: DataView): { duration: number; mediaTime: number }[] {
  const isLong = elst.byteLength > 0 && elst.getUint8(0) === 1
  const edits: { duration: number; mediaTime: number }[] = []
  for (let at = 8; at + (isLong ? 20 : 12) <= elst.byteLength && edits.length < 16; at += isLong ? 20 : 12) {
    const duration = isLong ? Number(elst.getBigUint64(at)) : elst.getUint32(at)
    const mediaTime = isLong ? Number(elst.getBigInt64(at + 8)) : elst.getInt32(at + 4)
    if (mediaTime >= 0) edits.push({ duration, mediaTime })
  }
  return edits
}
