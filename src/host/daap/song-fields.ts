// How a song is said in content codes: one row per code. `meta=` chooses among the rows.

import type { Codec, ReplayGain, SongId, SongNumber, SongText } from '../../library/index.ts'
import type { ContentCode } from '../../protocol/index.ts'

/** Where a field comes from, and what is made of it. */
export type SongField =
  | { readonly text: SongText }
  | { readonly number: SongNumber; readonly as?: (value: number) => number }
  | { readonly gain: keyof ReplayGain; readonly as: (gain: number) => number }
  | { readonly id: SongId }
  | { readonly codec: (codec: Codec) => string | number }
  | { readonly same: number }

/** DAAP's number for "a song", and for "in a file" rather than a stream. */
const itemKindSong = 2
const dataKindFile = 0
const podcast = 4

/** `mcti` is not here: it belongs to the place in a playlist, not to the song. */
export const songFields = {
  // These two first, in this order: clients read the others by them (OwnTone, dmap_encode_file_metadata).
  mikd: { same: itemKindSong },
  asdk: { same: dataKindFile },

  miid: { number: 'id' },
  minm: { text: 'title' },
  mper: { id: 'persistentId' },
  asar: { text: 'artist' },
  asaa: { text: 'albumArtist' },
  asal: { text: 'album' },
  asai: { id: 'albumId' },
  asri: { id: 'artistId' },
  asgn: { text: 'genre' },
  ascp: { text: 'composer' },
  ascm: { text: 'comment' },
  agrp: { text: 'grouping' },
  ascn: { text: 'description' },

  assn: { text: 'titleSort' },
  assa: { text: 'artistSort' },
  assl: { text: 'albumArtistSort' },
  assu: { text: 'albumSort' },
  assc: { text: 'composerSort' },

  astm: { number: 'durationMs' },
  astn: { number: 'trackNumber' },
  astc: { number: 'trackCount' },
  asdn: { number: 'discNumber' },
  asdc: { number: 'discCount' },
  asyr: { number: 'year' },
  asbt: { number: 'bpm' },
  asco: { number: 'isCompilation' },

  asfm: { text: 'format' },
  asdt: { codec: (codec) => codecs[codec].description },
  ascd: { codec: (codec) => fourLetters(codecs[codec].letters) },
  asbr: { number: 'bitrateKbps' },
  assr: { number: 'sampleRateHz' },
  assz: { number: 'sizeBytes' },
  asls: { number: 'sizeBytes' },

  asda: { number: 'addedAt' },
  asdm: { number: 'modifiedAt' },
  asdr: { number: 'releasedAt' },
  aspl: { number: 'lastPlayedAt' },
  askd: { number: 'lastSkippedAt' },
  aspc: { number: 'playCount' },
  askp: { number: 'skipCount' },
  ashp: { number: 'playCount', as: (plays) => Number(plays > 0) },
  asur: { number: 'ratingPercent' },

  // What a player drops at either end so that songs follow each other without a gap, and what is left.
  aeGE: { number: 'leadInSamples' },
  aeGD: { number: 'paddingSamples' },
  aeGU: { number: 'totalSamples' },
  aeNV: { gain: 'trackGainDb', as: soundCheckOf },

  // iTunes wants both before it asks for a picture.
  ased: { number: 'hasArtwork' },
  asac: { number: 'hasArtwork' },

  aeMK: { number: 'mediaKind' },
  aeMk: { number: 'mediaKind' },
  aePC: { number: 'mediaKind', as: (kind) => Number(kind === podcast) },
} as const satisfies Partial<Record<ContentCode, SongField>>

export type SongCode = keyof typeof songFields
export const songCodes = Object.keys(songFields) as SongCode[]

/** Sent even when zero or empty: who asked for them relies on finding them. */
export const alwaysSent: ReadonlySet<ContentCode> = new Set([
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

/** iTunes' Sound Check: how loud a song is, where 1000 needs no change and twice as much is 3 dB more. */
function soundCheckOf(gainDb: number): number {
  return Math.round(1000 * 10 ** (-gainDb / 10))
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
