// How a song is said in content codes: one row per code. `meta=` chooses among the rows.

import type { Codec, Song } from '../../library/index.ts'
import { type ContentCode, type DmapNode, type DmapWriter, type ValueOf } from '../../protocol/index.ts'
import { type PlayedCodecs, type WavForm, wavFormOf } from './wav-form.ts'

export type SongFields = {
  readonly [Code in ContentCode]?: (song: Song) => ValueOf<Code>
}

/** DAAP's number for "a song", and for "in a file" rather than a stream. */
const itemKindSong = 2
const dataKindFile = 0
const podcast = 4

/** `mcti` is not here: it belongs to the place in a playlist, not to the song. */
export const songFields = {
  // These two first, in this order: clients read the others by them (OwnTone, dmap_encode_file_metadata).
  mikd: () => itemKindSong,
  asdk: () => dataKindFile,

  miid: (song) => song.id,
  minm: (song) => song.title,
  mper: (song) => song.persistentId,
  asar: (song) => song.artist,
  asaa: (song) => song.albumArtist,
  asal: (song) => song.album,
  asai: (song) => song.albumId,
  asri: (song) => song.artistId,
  asgn: (song) => song.genre,
  ascp: (song) => song.composer,
  ascm: (song) => song.comment,
  agrp: (song) => song.grouping,
  ascn: (song) => song.description,

  assn: (song) => song.titleSort,
  assa: (song) => song.artistSort,
  assl: (song) => song.albumArtistSort,
  assu: (song) => song.albumSort,
  assc: (song) => song.composerSort,

  astm: (song) => song.durationMs,
  astn: (song) => song.trackNumber,
  astc: (song) => song.trackCount,
  asdn: (song) => song.discNumber,
  asdc: (song) => song.discCount,
  asyr: (song) => song.year,
  asbt: (song) => song.bpm,
  asco: (song) => Number(song.isCompilation),

  asfm: (song) => song.format,
  asdt: (song) => codecs[song.codec].description,
  ascd: (song) => fourLetters(codecs[song.codec].letters),
  asbr: (song) => song.bitrateKbps,
  assr: (song) => song.sampleRateHz,
  assz: (song) => song.sizeBytes,
  asls: (song) => BigInt(song.sizeBytes),

  asda: (song) => song.addedAt,
  asdm: (song) => song.modifiedAt,
  asdr: (song) => song.releasedAt,
  aspl: (song) => song.lastPlayedAt,
  aspc: (song) => song.playCount,
  askp: (song) => song.skipCount,
  ashp: (song) => Number(song.playCount > 0),
  asur: (song) => song.ratingPercent,

  // iTunes wants both before it asks for a picture.
  ased: (song) => Number(song.hasArtwork),
  asac: (song) => Number(song.hasArtwork),

  aeMK: (song) => song.mediaKind,
  aeMk: (song) => song.mediaKind,
  aePC: (song) => Number(song.mediaKind === podcast),
} as const satisfies SongFields

export type SongCode = keyof typeof songFields
export const songCodes = Object.keys(songFields) as SongCode[]

/** Sent even when zero or empty: who asked for them relies on finding them. */
const alwaysSent: ReadonlySet<ContentCode> = new Set([
  'mikd',
  'asdk',
  'miid',
  'minm',
  'asar',
  'asal',
  'asur', // TunesRemote and Komodex ask for it alone: without it there would be an empty song
])

/** What a list with sort headers tells of each song besides (daap-library.md, section 5). */
export const sortCodes: readonly SongCode[] = ['assn', 'assa', 'assu', 'assl', 'assc']

/** What is said otherwise of a song that is sent as WAV. */
const wavFields: { readonly [Code in SongCode]?: (form: WavForm) => ValueOf<Code> } = {
  asfm: () => 'wav',
  asdt: () => codecs.pcm.description,
  ascd: () => fourLetters(codecs.pcm.letters),
  asbr: (form) => form.bitrateKbps,
  assz: (form) => form.sizeBytes,
  asls: (form) => BigInt(form.sizeBytes),
}

/** The nodes of one song; numbers that are zero and texts that are empty are left out, as clients expect. */
export function songNodes(song: Song, codes: readonly SongCode[], played: PlayedCodecs): DmapNode[] {
  const nodes: DmapNode[] = []
  const form = wavFormOf(song, played)
  for (const code of codes) {
    const value = valueOf(code, song, form)
    // The row's type makes value fit its code.
    if (value || alwaysSent.has(code)) nodes.push([code, value] as DmapNode)
  }
  return nodes
}

/** The same as bytes. */
export function writeSong(
  writer: DmapWriter,
  song: Song,
  codes: readonly SongCode[],
  played: PlayedCodecs,
): void {
  const form = wavFormOf(song, played)
  for (const code of codes) {
    const value = valueOf(code, song, form)
    if (value || alwaysSent.has(code)) writer.write(code, value as never)
  }
}

function valueOf(code: SongCode, song: Song, form: WavForm | undefined) {
  const asWav = form && wavFields[code]
  return asWav ? asWav(form) : songFields[code](song)
}

/** How iTunes calls a codec: four letters as a number, and words. */
const codecs: Readonly<Record<Codec, { letters: string; description: string }>> = {
  mpeg: { letters: 'mpeg', description: 'MPEG audio file' },
  aac: { letters: 'mp4a', description: 'AAC audio file' },
  alac: { letters: 'alac', description: 'Apple Lossless audio file' },
  flac: { letters: 'flac', description: 'FLAC audio file' },
  vorbis: { letters: 'ogg ', description: 'Ogg Vorbis audio file' },
  opus: { letters: 'opus', description: 'Opus audio file' },
  pcm: { letters: 'wav ', description: 'WAV audio file' },
  wma: { letters: 'wma ', description: 'WMA audio file' },
  ape: { letters: 'ape ', description: "Monkey's Audio file" },
  musepack: { letters: 'mpc ', description: 'Musepack audio file' },
  wavpack: { letters: 'wvpk', description: 'WavPack audio file' },
  dsd: { letters: 'dsd ', description: 'DSD audio file' },
  other: { letters: '    ', description: 'Audio file' },
}

function fourLetters(letters: string): number {
  return Array.from(letters).reduce((number, letter) => number * 256 + letter.charCodeAt(0), 0)
}
