// From what music-metadata found to what the library keeps: decisions only, nothing is read here.

import type { IAudioMetadata } from 'music-metadata'
import { codecOf, endingOf, formatOfEnding } from '../formats.ts'
import { factsOfName } from './file-name.ts'
import type { SongFacts, WalkedFile } from './messages.ts'

/** Longest texts that are kept, in characters; more is cut off. */
const longestName = 500
const longestText = 2000

/** What is shown as the artist of a compilation without one: iTunes shows the same words and keeps it one album. */
const variousArtists = 'Various Artists'

export function factsOf(file: WalkedFile, metadata: IAudioMetadata): SongFacts {
  const { common, format } = metadata
  const names = factsOfName(file.path, file.folder)
  const isUntagged = !common.title && !common.artist && !common.album && !common.albumartist
  const artist = cleanName(artistOf(metadata)) || (isUntagged ? cleanName(names.artist) : '')
  const isCompilation = common.compilation === true
  const ending = endingOf(file.path)
  return {
    title: cleanName(common.title) || cleanName(names.title) || cleanName(file.path),
    artist,
    albumArtist: cleanName(common.albumartist) || (isCompilation ? variousArtists : artist),
    album: cleanName(common.album) || (isUntagged ? cleanName(names.album) : ''),
    composer: cleanName(composerOf(metadata)),
    genre: cleanName(common.genre?.[0]),
    comment: cleanText(commentOf(metadata)),
    grouping: cleanName(common.grouping),
    description: cleanText(common.longDescription ?? common.description?.[0]),
    titleSort: cleanName(common.titlesort),
    artistSort: cleanName(common.artistsort),
    albumArtistSort: cleanName(common.albumartistsort),
    albumSort: cleanName(common.albumsort),
    composerSort: cleanName(common.composersort),
    trackNumber: whole(common.track.no) || (common.title ? 0 : names.trackNumber),
    trackCount: whole(common.track.of),
    discNumber: whole(common.disk.no) || names.discNumber,
    discCount: whole(common.disk.of),
    year: whole(common.year),
    releasedAt: releaseTime(common.date ?? common.releasedate, common.year),
    bpm: whole(common.bpm),
    isCompilation,
    mediaKind: mediaKindOf(metadata, ending),
    durationMs: Math.round((format.duration ?? 0) * 1000),
    bitrateKbps: Math.round((format.bitrate ?? 0) / 1000),
    sampleRateHz: whole(format.sampleRate),
    bitsPerSample: whole(format.bitsPerSample),
    channels: whole(format.numberOfChannels),
    format: formatOfEnding[ending] ?? ending,
    codec: codecOf(format.container ?? '', format.codec ?? ''),
    hasPicture: (common.picture?.length ?? 0) > 0,
    hasLyrics: (common.lyrics?.length ?? 0) > 0,
    leadInSamples: null,
    paddingSamples: null,
    totalSamples: finite(format.numberOfSamples),
    trackGainDb: finite(common.replaygain_track_gain?.dB ?? format.trackGain ?? opusGain(metadata, 'TRACK')),
    trackPeak: finite(common.replaygain_track_peak?.ratio ?? format.trackPeakLevel),
    albumGainDb: finite(common.replaygain_album_gain?.dB ?? format.albumGain ?? opusGain(metadata, 'ALBUM')),
    albumPeak: finite(common.replaygain_album_peak?.ratio),
    ratingPercent: ratingOf(metadata),
  }
}

/** ID3v2.3 says that "/" separates artists, and music-metadata does so: "AC/DC" comes apart. We join it again. */
function joinedBySlash(metadata: IAudioMetadata, frame: 'TPE1' | 'TCOM'): string | undefined {
  const values = (metadata.native['ID3v2.3'] ?? []).filter(({ id }) => id === frame).map(({ value }) => value)
  return values.length > 1 ? values.join('/') : undefined
}

function artistOf(metadata: IAudioMetadata): string | undefined {
  const { artist, artists = [] } = metadata.common
  const repaired = joinedBySlash(metadata, 'TPE1')
  if (repaired !== undefined) return repaired
  return artists.length > 1 && artist === artists[0] ? listed(artists) : artist
}

function composerOf(metadata: IAudioMetadata): string | undefined {
  return joinedBySlash(metadata, 'TCOM') ?? metadata.common.composer?.join(', ')
}

/** "A", "A & B", "A, B & C". */
function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} & ${names.at(-1)}`
}

/** Players leave their own notes as comments with a descriptor ("iTunNORM"): those are not the person's. */
function commentOf({ common }: IAudioMetadata): string | undefined {
  return common.comment?.find(({ descriptor, text }) => text && !descriptor?.startsWith('iTun'))?.text
}

/** R128 aims at -23 LUFS, ReplayGain at -18. */
const r128BelowReplayGainDb = 5

/** Opus files bring their own gain: whole 256ths of a dB (RFC 7845, section 5.2.1). */
function opusGain({ native }: IAudioMetadata, of: 'TRACK' | 'ALBUM'): number | undefined {
  const name = `R128_${of}_GAIN`
  const text: unknown = native['vorbis']?.find(({ id }) => id.toUpperCase() === name)?.value
  if (typeof text !== 'string' || !/^[+-]?\d{1,5}$/.test(text.trim())) return undefined
  return Number(text) / 256 + r128BelowReplayGainDb
}

const audiobook = 8
const podcast = 4
const music = 1

function mediaKindOf({ common }: IAudioMetadata, ending: string): number {
  const genre = common.genre?.[0]?.toLowerCase() ?? ''
  if (common.podcast === true || genre === 'podcast') return podcast
  if (common.stik === 2 || ending === 'm4b' || genre === 'audiobook') return audiobook
  return music
}

/** Unix seconds; a year alone is its first of January; 0 when unknown. */
function releaseTime(date: string | undefined, year: number | undefined): number {
  const [, y, m, d] = /^(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?/.exec(date ?? '') ?? []
  const fullYear = Number(y ?? year ?? 0)
  if (!Number.isInteger(fullYear) || fullYear < 1 || fullYear > 9999) return 0
  const month = Math.min(12, Math.max(1, Number(m ?? 1)))
  const day = Math.min(31, Math.max(1, Number(d ?? 1)))
  const time = new Date(0)
  time.setUTCFullYear(fullYear, month - 1, day)
  return Math.round(time.getTime() / 1000)
}

/** POPM bytes of one star to five, as Windows Media Player writes and most players read them. */
const leastByteOfStar = [1, 32, 96, 160, 224]

function ratingOf({ common, native }: IAudioMetadata): number {
  const rating = common.rating?.find(({ rating }) => rating !== undefined && rating > 0)
  if (rating?.rating === undefined) return 0
  const isPopm = Object.entries(native).some(
    ([kind, tags]) => kind.startsWith('ID3v2') && tags.some(({ id }) => id === 'POPM' || id === 'POP'),
  )
  if (!isPopm) return Math.min(100, Math.max(0, Math.round(rating.rating * 100)))
  const byte = Math.round(rating.rating * 255)
  return leastByteOfStar.filter((least) => byte >= least).length * 20
}

function cleanName(value: string | null | undefined): string {
  return cleaned(value, longestName, ' ')
}

function cleanText(value: string | null | undefined): string {
  return cleaned(value, longestText, '\n')
}

/** Tags are a stranger's: no control characters, no half characters, an end. */
function cleaned(value: unknown, longest: number, lineEnd: string): string {
  if (typeof value !== 'string') return ''
  return (
    value
      .slice(0, longest)
      .toWellFormed()
      .replace(/\r\n?|\n/g, lineEnd)
      // oxlint-disable-next-line no-control-regex
      .replace(/[\u0000-\u0009\u000b-\u001f\u007f]/g, '')
      .trim()
  )
}

function whole(value: number | null | undefined): number {
  return value !== null && value !== undefined && Number.isFinite(value) && value > 0 ? Math.round(value) : 0
}

function finite(value: number | null | undefined): number | null {
  return value !== undefined && value !== null && Number.isFinite(value) ? value : null
}
