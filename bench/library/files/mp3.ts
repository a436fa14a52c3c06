// MP3 with an ID3v2 tag: frames of silence (ISO 11172-3), whose unused bytes hold what makes the song unlike others.

import type { Song, SongTags } from '../catalogue.ts'
import { ownBytes, uint32 } from './bytes.ts'

const rateHz = 44_100
const samplesPerFrame = 1152
/** 32 kbit/s, 44,100 Hz, mono, no checksum: 104 bytes to a frame. */
const frameHead = [0xff, 0xfb, 0x10, 0xc0]
const frameBytes = 104
/** Head and side information; all zero says that nothing sounds and that the rest is for anybody's use. */
const usedBytes = 4 + 17

export function mp3(song: Song, picture: Uint8Array | undefined): Buffer {
  const frameCount = Math.ceil((song.durationMs * rateHz) / 1000 / samplesPerFrame)
  const sound = ownBytes(song.seed, frameCount * frameBytes)
  for (let at = 0; at < sound.length; at += frameBytes) {
    sound.fill(0, at, at + usedBytes)
    sound.set(frameHead, at)
  }
  return Buffer.concat([id3v2(song, picture), sound])
}

/** 2.3 as most files have it, 2.4 each third. */
function id3v2({ tags, seed }: Song, picture: Uint8Array | undefined): Buffer {
  const version = seed % 3 === 0 ? 4 : 3
  const text = version === 4 ? utf8 : utf16
  const sizeOf = version === 4 ? syncSafe : uint32
  const frames: Buffer[] = []
  function add(id: string, ...content: Uint8Array[]): void {
    const bytes = Buffer.concat(content)
    frames.push(Buffer.from(id), sizeOf(bytes.length), Buffer.alloc(2), bytes)
  }
  for (const [id, value] of textFrames(tags, version)) if (value !== undefined) add(id, text(String(value)))
  if (tags.comment) add('COMM', utf16Described('eng', '', tags.comment))
  if (tags.lyrics) add('USLT', utf16Described('eng', '', tags.lyrics))
  if (tags.trackGainDb !== undefined)
    add('TXXX', Buffer.from(`\u0000REPLAYGAIN_TRACK_GAIN\u0000${tags.trackGainDb.toFixed(2)} dB`, 'latin1'))
  if (tags.trackPeak !== undefined)
    add('TXXX', Buffer.from(`\u0000REPLAYGAIN_TRACK_PEAK\u0000${tags.trackPeak.toFixed(6)}`, 'latin1'))
  if (tags.stars)
    add('POPM', Buffer.from('Windows Media Player 9 Series\u0000'), Uint8Array.of(popm[tags.stars] ?? 0))
  if (picture) add('APIC', Buffer.from('\u0000image/png\u0000\u0003\u0000', 'latin1'), picture)
  const content = Buffer.concat(frames)
  return Buffer.concat([Buffer.from('ID3'), Uint8Array.of(version, 0, 0), syncSafe(content.length), content])
}

/** The byte Windows Media Player writes for so many stars. */
const popm = [0, 1, 64, 128, 196, 255]

function textFrames(tags: SongTags, version: 3 | 4): [id: string, value: string | number | undefined][] {
  const year = tags.date.slice(0, 4)
  const dates: [string, string | undefined][] =
    version === 4
      ? [['TDRC', tags.date]]
      : [
          ['TYER', year],
          ['TDAT', tags.date.length > 4 ? `${tags.date.slice(8, 10)}${tags.date.slice(5, 7)}` : undefined],
        ]
  return [
    ['TIT2', tags.title],
    ['TPE1', tags.artist],
    ['TPE2', tags.albumArtist],
    ['TALB', tags.album],
    ['TCON', tags.genre],
    ['TRCK', `${tags.trackNumber}/${tags.trackCount}`],
    ['TPOS', tags.discNumber && `${tags.discNumber}/${tags.discCount ?? tags.discNumber}`],
    ['TCOM', tags.composer],
    ['TIT1', tags.grouping],
    ['TBPM', tags.bpm],
    ['TCMP', tags.isCompilation ? '1' : undefined],
    ['TSOT', tags.titleSort],
    ['TSOP', tags.artistSort],
    ['TSO2', tags.albumArtistSort],
    ...dates,
  ]
}

function utf16(text: string): Buffer {
  return Buffer.concat([Uint8Array.of(1), Buffer.from(`\uFEFF${text}`, 'utf16le')])
}

function utf8(text: string): Buffer {
  return Buffer.from(`\u0003${text}`)
}

function utf16Described(language: string, description: string, text: string): Buffer {
  const mark = '\uFEFF'
  return Buffer.concat([
    Uint8Array.of(1),
    Buffer.from(language),
    Buffer.from(`${mark}${description}\u0000${mark}${text}`, 'utf16le'),
  ])
}

function syncSafe(size: number): Buffer {
  return Buffer.from([(size >> 21) & 127, (size >> 14) & 127, (size >> 7) & 127, size & 127])
}
