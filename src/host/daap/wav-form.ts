// A song that the asking client cannot play is sent as WAV: which songs these are, and how long the WAV is.
// The list and the stream both ask here, so what a list promises is what is streamed, to the byte.
// Source: docs/protocol/daap-library.md, section 11 (OwnTone, transcode.c, transcode_needed).

import { decodesM4a, findFfmpeg, type WavShape, wavHeaderBytes } from '../../audio/index.ts'
import type { Song } from '../../library/index.ts'
import type { EndpointContext } from '../endpoint.ts'

/** Codecs as clients name them: mpeg, mp4a, alac, wav … Undefined: whatever there is. */
export type PlayedCodecs = ReadonlySet<string> | undefined

/** Stereo of 16 bits at the song's own rate, unless no player takes that. */
export interface WavForm {
  readonly shape: WavShape
  readonly frames: number
  /** Of the whole file, header included. */
  readonly sizeBytes: number
  readonly bitrateKbps: number
}

export type SongSound = Pick<Song, 'codec' | 'format' | 'durationMs' | 'sampleRateHz'>

const frameBytes = 4
/** Sizes are 32 bits in WAV and in `assz`. */
const largestBytes = 0xffffffff
const highestRateHz = 192_000

/**
 * What the client that asks plays. It may say so (`Accept-Codecs`, as Roku's SoundBridge does); else its User-Agent
 * tells. Remotes do not stream: they see the files as they are.
 */
export function playedCodecs({
  headers,
  session,
  client,
}: Pick<EndpointContext, 'headers' | 'session' | 'client'>): PlayedCodecs {
  const accepted = headers['accept-codecs']
  if (accepted !== undefined)
    return new Set(accepted.split(',', 50).map((codec) => codec.trim().toLowerCase()))
  return session === undefined || session.kind === 'player' ? client.plays : undefined
}

/** Undefined: the file is sent as it is, because the client plays it or because it cannot be decoded. */
export function wavFormOf(song: SongSound, played: PlayedCodecs): WavForm | undefined {
  if (played === undefined || !played.has('wav') || played.has(codecName(song))) return undefined
  if (!isDecodable(song) || song.durationMs <= 0 || song.sampleRateHz <= 0) return undefined
  const sampleRateHz = wavRateOf(song.sampleRateHz)
  // Lengths are known to the millisecond, rounded: as many frames as there can be, so that none is cut off.
  const frames = Math.ceil(((song.durationMs + 0.5) * sampleRateHz) / 1000)
  const sizeBytes = wavHeaderBytes + frames * frameBytes
  if (sizeBytes > largestBytes) return undefined
  const bitrateKbps = Math.round((sampleRateHz * frameBytes * 8) / 1000)
  return { shape: { sampleRateHz, bits: 16 }, frames, sizeBytes, bitrateKbps }
}

/** DSD counts millions of bits a second: halved until it is a rate for sound, so that no more than that is to be resampled. */
function wavRateOf(songRateHz: number): number {
  let rateHz = songRateHz
  while (rateHz > highestRateHz) rateHz /= 2
  return Math.round(rateHz)
}

/** Of those that are named otherwise than ours. */
const codecNames: Partial<Record<Song['codec'], string>> = { aac: 'mp4a', vorbis: 'ogg', pcm: 'aif' }

function codecName({ codec, format }: SongSound): string {
  return format === 'wav' && codec === 'pcm' ? 'wav' : (codecNames[codec] ?? codec)
}

/** By file format: the codecs in it that our decoders read, or ffmpeg where there is one. */
const decodable: Readonly<Record<string, readonly Song['codec'][]>> = {
  mp3: ['mpeg'],
  flac: ['flac'],
  ogg: ['vorbis', 'opus', 'flac'],
  opus: ['opus'],
  wav: ['pcm'],
  aif: ['pcm'],
  m4a: decodesM4a() || findFfmpeg() !== undefined ? ['aac', 'alac'] : [],
  ...(findFfmpeg() !== undefined && {
    wma: ['wma'],
    ape: ['ape'],
    wv: ['wavpack'],
    mpc: ['musepack'],
    dsf: ['dsd'],
    dff: ['dsd'],
    aac: ['aac'],
    mka: ['aac', 'flac', 'mpeg', 'opus', 'pcm', 'vorbis'],
    weba: ['opus', 'vorbis'],
  }),
}

function isDecodable({ format, codec }: SongSound): boolean {
  return Object.hasOwn(decodable, format) && (decodable[format]?.includes(codec) ?? false)
}
