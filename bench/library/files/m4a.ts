// AAC in MP4 (ISO 14496-12, -14): silent frames, each led by a data element that decoders skip and that is the song's own.

import type { Song, SongTags } from '../catalogue.ts'
import { ownBytes, uint16, uint32 } from './bytes.ts'

const rateHz = 44_100
const samplesPerFrame = 1024
/** One channel of nothing, and the frame's end (ISO 14496-3, 4.4.2.1: raw_data_block). */
const silence = [0x00, 0xc8, 0x00, 0x80, 0x23, 0x80]
const ownBytesPerFrame = 8
/** data_stream_element: id 4, tag 0, not aligned; then how many bytes follow. */
const ownHead = [0x80, ownBytesPerFrame]
const frameBytes = ownHead.length + ownBytesPerFrame + silence.length

export function m4a(song: Song, picture: Uint8Array | undefined): Buffer {
  const frameCount = Math.ceil((song.durationMs * rateHz) / 1000 / samplesPerFrame)
  const own = ownBytes(song.seed, frameCount * ownBytesPerFrame)
  const sound = Buffer.alloc(frameCount * frameBytes)
  for (let at = 0; at < frameCount; at += 1) {
    sound.set(ownHead, at * frameBytes)
    own.copy(sound, at * frameBytes + ownHead.length, at * ownBytesPerFrame, (at + 1) * ownBytesPerFrame)
    sound.set(silence, (at + 1) * frameBytes - silence.length)
  }
  const fileType = box('ftyp', Buffer.from('M4A \u0000\u0000\u0000\u0000M4A mp42isom', 'latin1'))
  // The offset of the sound is part of what comes before it; its value does not change the length.
  const moov = (soundAt: number) => movie(song.tags, picture, frameCount, soundAt)
  const soundAt = fileType.length + moov(0).length + 8
  return Buffer.concat([fileType, moov(soundAt), box('mdat', sound)])
}

function movie(tags: SongTags, picture: Uint8Array | undefined, frameCount: number, soundAt: number): Buffer {
  const duration = uint32(frameCount * samplesPerFrame)
  const times = Buffer.alloc(8) // made, changed: unknown
  const head = [times, uint32(rateHz), duration]
  const matrix = Buffer.concat([0x1_0000, 0, 0, 0, 0x1_0000, 0, 0, 0, 0x4000_0000].map(uint32))
  return box(
    'moov',
    full(
      'mvhd',
      ...head,
      uint32(0x1_0000),
      uint16(0x100),
      Buffer.alloc(10),
      matrix,
      Buffer.alloc(24),
      uint32(2),
    ),
    box(
      'trak',
      full(
        'tkhd',
        times,
        uint32(1),
        uint32(0),
        duration,
        Buffer.alloc(12),
        uint16(0x100),
        uint16(0),
        matrix,
        Buffer.alloc(8),
      ),
      box(
        'mdia',
        full('mdhd', ...head, uint16(0x55c4), uint16(0)), // language: undetermined
        full('hdlr', uint32(0), Buffer.from('soun'), Buffer.alloc(13)),
        box(
          'minf',
          full('smhd', uint32(0)),
          box('dinf', full('dref', uint32(1), full('url '))),
          sampleTable(frameCount, soundAt),
        ),
      ),
    ),
    box(
      'udta',
      full(
        'meta',
        full('hdlr', uint32(0), Buffer.from('mdirappl'), Buffer.alloc(9)),
        itemList(tags, picture),
      ),
    ),
  )
}

function sampleTable(frameCount: number, soundAt: number): Buffer {
  const soundEntry = Buffer.concat([
    Buffer.from([0, 0, 0, 0, 0, 0, 0, 1]),
    Buffer.alloc(8),
    uint16(1), // channels
    uint16(16),
    uint32(0),
    uint32(rateHz * 0x1_0000),
    full('esds', elementaryStream),
  ])
  return box(
    'stbl',
    full('stsd', uint32(1), box('mp4a', soundEntry)),
    full('stts', uint32(1), uint32(frameCount), uint32(samplesPerFrame)),
    full('stsc', uint32(1), uint32(1), uint32(frameCount), uint32(1)),
    full('stsz', uint32(frameBytes), uint32(frameCount)),
    full('stco', uint32(1), uint32(soundAt)),
  )
}

/** ISO 14496-1, 7.2.6: AAC LC, 44,100 Hz, one channel (0x12 0x08). */
const elementaryStream = Buffer.from([
  ...[3, 25, 0, 1, 0],
  ...[4, 17, 0x40, 0x15, 0, 0, 0, 0, 0, 0x7d, 0, 0, 0, 0x7d, 0],
  ...[5, 2, 0x12, 0x08],
  ...[6, 1, 2],
])

const kinds = { implicit: 0, text: 1, png: 14, integer: 21 } as const

function itemList(tags: SongTags, picture: Uint8Array | undefined): Buffer {
  const items: Buffer[] = []
  const add = (name: string, kind: keyof typeof kinds, value: Uint8Array) =>
    items.push(box(name, box('data', uint32(kinds[kind]), uint32(0), value)))
  const texts: [name: string, value: string | undefined][] = [
    ['©nam', tags.title],
    ['©ART', tags.artist],
    ['aART', tags.albumArtist],
    ['©alb', tags.album],
    ['©gen', tags.genre],
    ['©day', tags.date],
    ['©wrt', tags.composer],
    ['©cmt', tags.comment],
    ['©grp', tags.grouping],
    ['©lyr', tags.lyrics],
    ['sonm', tags.titleSort],
    ['soar', tags.artistSort],
    ['soaa', tags.albumArtistSort],
  ]
  for (const [name, value] of texts) if (value !== undefined) add(name, 'text', Buffer.from(value))
  add('trkn', 'implicit', Buffer.from([0, 0, 0, tags.trackNumber, 0, tags.trackCount, 0, 0]))
  if (tags.discNumber)
    add('disk', 'implicit', Buffer.from([0, 0, 0, tags.discNumber, 0, tags.discCount ?? 0]))
  if (tags.bpm) add('tmpo', 'integer', uint16(tags.bpm))
  if (tags.isCompilation) add('cpil', 'integer', Uint8Array.of(1))
  if (tags.trackGainDb !== undefined)
    items.push(freeForm('replaygain_track_gain', `${tags.trackGainDb.toFixed(2)} dB`))
  if (picture) add('covr', 'png', picture)
  return box('ilst', ...items)
}

function freeForm(name: string, value: string): Buffer {
  return box(
    '----',
    full('mean', Buffer.from('com.apple.iTunes')),
    full('name', Buffer.from(name)),
    box('data', uint32(kinds.text), uint32(0), Buffer.from(value)),
  )
}

function box(name: string, ...content: readonly Uint8Array[]): Buffer {
  const size = content.reduce((sum, { length }) => sum + length, 8)
  return Buffer.concat([uint32(size), Buffer.from(name, 'latin1'), ...content])
}

/** Flags that say: the sound is in this file; the track is on, in the film and in its preview. */
const flags: Readonly<Record<string, number>> = { 'url ': 1, tkhd: 7 }

/** A box that begins with version and flags. */
function full(name: string, ...content: readonly Uint8Array[]): Buffer {
  return box(name, uint32(flags[name] ?? 0), ...content)
}
