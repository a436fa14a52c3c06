// Music files made by code, small and real enough for every reader of tags: no program is needed to make them.

import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

export interface Tags {
  readonly title?: string
  readonly artist?: string
  readonly albumArtist?: string
  readonly album?: string
  readonly composer?: string
  readonly genre?: string
  readonly track?: string
  readonly disc?: string
  readonly year?: string
  readonly comment?: string
  /** MP3 only, in Latin-1. */
  readonly lyrics?: string
  readonly isCompilation?: boolean
  /** A whole JPEG or PNG. */
  readonly picture?: Uint8Array
  /** 0 to 255, as POPM has it. */
  readonly popm?: number
}

export function writeMusic(path: string, bytes: Uint8Array): string {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, bytes)
  return path
}

// --- WAV and AIFF

export interface Sound {
  readonly seconds?: number
  /** Two sounds with different numbers differ in every sample. */
  readonly seed?: number
}

const rate = 44_100

function samples({ seconds = 1, seed = 1 }: Sound): Int16Array {
  return Int16Array.from(
    { length: Math.round(seconds * rate) },
    (_, at) => ((at * (seed + 7)) % 20_011) - 10_000,
  )
}

export function wav(sound: Sound = {}): Buffer {
  const data = Buffer.from(samples(sound).buffer)
  const head = Buffer.alloc(44)
  head.write('RIFF')
  head.writeUInt32LE(36 + data.length, 4)
  head.write('WAVEfmt ', 8)
  head.writeUInt32LE(16, 16)
  head.writeUInt16LE(1, 20) // PCM
  head.writeUInt16LE(1, 22) // one channel
  head.writeUInt32LE(rate, 24)
  head.writeUInt32LE(rate * 2, 28)
  head.writeUInt16LE(2, 32)
  head.writeUInt16LE(16, 34)
  head.write('data', 36)
  head.writeUInt32LE(data.length, 40)
  return Buffer.concat([head, data])
}

export function aiff(sound: Sound = {}): Buffer {
  const data = Buffer.from(samples(sound).buffer).swap16()
  const head = Buffer.alloc(54)
  head.write('FORM')
  head.writeUInt32BE(46 + data.length, 4)
  head.write('AIFFCOMM', 8)
  head.writeUInt32BE(18, 16)
  head.writeUInt16BE(1, 20)
  head.writeUInt32BE(data.length / 2, 22)
  head.writeUInt16BE(16, 26)
  head.set([0x40, 0x0e, 0xac, 0x44, 0, 0, 0, 0, 0, 0], 28) // 44,100 as an 80-bit float
  head.write('SSND', 38)
  head.writeUInt32BE(8 + data.length, 42)
  return Buffer.concat([head, data])
}

// --- MP3

export interface Mp3Options extends Sound {
  readonly version?: 3 | 4
  /** Bytes of padding in the tag: how large tags are made. */
  readonly paddingBytes?: number
}

const frameBytes = 417 // 128 kbit/s at 44,100 Hz, without padding
const frameSamples = 1152

export function mp3(
  tags: Tags = {},
  { seconds = 1, seed = 1, version = 3, paddingBytes = 0 }: Mp3Options = {},
): Buffer {
  const frames = Buffer.alloc(Math.ceil((seconds * rate) / frameSamples) * frameBytes, seed)
  for (let at = 0; at < frames.length; at += frameBytes) frames.set([0xff, 0xfb, 0x90, 0xc0], at)
  return Buffer.concat([id3(tags, version, paddingBytes), frames])
}

const id3Frames = {
  title: 'TIT2',
  artist: 'TPE1',
  albumArtist: 'TPE2',
  album: 'TALB',
  composer: 'TCOM',
  genre: 'TCON',
  track: 'TRCK',
  disc: 'TPOS',
} as const

function id3(tags: Tags, version: 3 | 4, paddingBytes: number): Buffer {
  const frames: Buffer[] = []
  const add = (name: string, content: Buffer) => {
    const head = Buffer.alloc(10)
    head.write(name)
    head.writeUInt32BE(version === 4 ? syncSafe(content.length) : content.length, 4)
    frames.push(head, content)
  }
  for (const [name, frame] of Object.entries(id3Frames) as [keyof typeof id3Frames, string][]) {
    const value = tags[name]
    if (value !== undefined) add(frame, utf16(value))
  }
  if (tags.year) add(version === 4 ? 'TDRC' : 'TYER', utf16(tags.year))
  if (tags.isCompilation) add('TCMP', utf16('1'))
  if (tags.comment)
    add('COMM', Buffer.concat([Buffer.from('\u0000eng\u0000'), Buffer.from(tags.comment, 'latin1')]))
  if (tags.lyrics)
    add('USLT', Buffer.concat([Buffer.from('\u0000eng\u0000'), Buffer.from(tags.lyrics, 'latin1')]))
  if (tags.popm !== undefined) add('POPM', Buffer.from([...Buffer.from('rating@test\u0000'), tags.popm]))
  if (tags.picture)
    add('APIC', Buffer.concat([Buffer.from('\u0000image/jpeg\u0000\u0003\u0000', 'latin1'), tags.picture]))
  const content = Buffer.concat([...frames, Buffer.alloc(paddingBytes)])
  if (content.length === 0) return content
  const head = Buffer.from([0x49, 0x44, 0x33, version, 0, 0, 0, 0, 0, 0])
  head.writeUInt32BE(syncSafe(content.length), 6)
  return Buffer.concat([head, content])
}

function utf16(text: string): Buffer {
  return Buffer.concat([Buffer.from([1, 0xff, 0xfe]), Buffer.from(text, 'utf16le')])
}

function syncSafe(size: number): number {
  return ((size >> 21) << 24) | (((size >> 14) & 127) << 16) | (((size >> 7) & 127) << 8) | (size & 127)
}

// --- FLAC: right in its metadata; its frames are no sound

const vorbisNames = {
  title: 'TITLE',
  artist: 'ARTIST',
  albumArtist: 'ALBUMARTIST',
  album: 'ALBUM',
  composer: 'COMPOSER',
  genre: 'GENRE',
  track: 'TRACKNUMBER',
  disc: 'DISCNUMBER',
  year: 'DATE',
  comment: 'COMMENT',
} as const

export function flac(tags: Tags = {}, { seconds = 1, seed = 1 }: Sound = {}): Buffer {
  const streamInfo = Buffer.alloc(34)
  streamInfo.writeUInt16BE(4096, 0)
  streamInfo.writeUInt16BE(4096, 2)
  // 20 bits rate, 3 bits channels - 1, 5 bits bits - 1, 36 bits samples
  streamInfo.writeBigUInt64BE(
    (BigInt(rate) << 44n) | (1n << 41n) | (15n << 36n) | BigInt(Math.round(seconds * rate)),
    10,
  )
  const blocks = [flacBlock(0, streamInfo), flacBlock(4, vorbisComment(tags))]
  if (tags.picture) blocks.push(flacBlock(6, flacPicture(tags.picture)))
  const last = blocks.at(-1)
  if (last) last[0] = (last[0] ?? 0) | 0x80
  return Buffer.concat([Buffer.from('fLaC'), ...blocks, Buffer.alloc(20_000, seed)])
}

function flacBlock(kind: number, content: Buffer): Buffer {
  const head = Buffer.alloc(4)
  head.writeUInt32BE((kind << 24) | content.length)
  return Buffer.concat([head, content])
}

function vorbisComment(tags: Tags): Buffer {
  const lines = (Object.entries(vorbisNames) as [keyof typeof vorbisNames, string][]).flatMap(
    ([name, field]) => (tags[name] === undefined ? [] : [`${field}=${tags[name]}`]),
  )
  if (tags.isCompilation) lines.push('COMPILATION=1')
  return Buffer.concat([sized('Tonearm test'), uint32(lines.length), ...lines.map(sized)])
}

function sized(text: string): Buffer {
  const bytes = Buffer.from(text)
  return Buffer.concat([uint32(bytes.length), bytes])
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}

function flacPicture(picture: Uint8Array): Buffer {
  const mime = Buffer.from('image/jpeg')
  const head = Buffer.alloc(8)
  head.writeUInt32BE(3) // front cover
  head.writeUInt32BE(mime.length, 4)
  const tail = Buffer.alloc(24)
  tail.writeUInt32BE(picture.length, 20)
  return Buffer.concat([head, mime, tail, picture])
}
