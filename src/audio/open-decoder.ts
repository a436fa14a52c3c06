// Which decoder a file needs. By its first bytes, not by its name: names lie.

import { type ByteSource, openFile } from './byte-source.ts'
import { cannotDecode, type Decoder } from './decoder.ts'
import { openByFfmpeg } from './ffmpeg/ffmpeg-decoder.ts'
import { findFfmpeg } from './ffmpeg/find-ffmpeg.ts'
import { id3v2Bytes } from './id3.ts'
import { openM4a, soundSeconds, warmM4a } from './mp4/m4a-decoder.ts'
import { openAiff } from './pcm/aiff.ts'
import { openWav } from './pcm/wav.ts'

// Loaded where they decode, some 40 ms; who only wants to know about sound does not wait for them.
const flac = () => import('./flac/flac-decoder.ts')
const mp3 = () => import('./mp3/mp3-decoder.ts')
const ogg = () => import('./ogg/ogg-decoder.ts')

interface FormatRow {
  /** In words, as in "… needs ffmpeg". */
  readonly name: string
  readonly isRecognised: (start: string) => boolean
  /** Ours; undefined: only ffmpeg knows it. */
  readonly open?: (source: ByteSource) => Promise<Decoder>
  /** ffmpeg's name for it. */
  readonly demuxer: string
  /** To the sample. */
  readonly isTimedExactly?: boolean
  /** Where ffmpeg's own end is not the right one. */
  readonly seconds?: (source: ByteSource) => Promise<number | undefined>
}

const begins = (letters: string) => (start: string) => start.startsWith(letters)

/** `start`: the first 16 bytes after ID3 tags, a character each. */
const formats: readonly FormatRow[] = [
  {
    name: 'FLAC',
    isRecognised: begins('fLaC'),
    open: async (source) => (await flac()).openFlac(source),
    demuxer: 'flac',
    isTimedExactly: true,
  },
  {
    name: 'WAV',
    isRecognised: (start) => /^(RIFF|RF64)....WAVE/s.test(start),
    open: openWav,
    demuxer: 'wav',
    isTimedExactly: true,
  },
  {
    name: 'AIFF',
    isRecognised: (start) => /^FORM....AIF[FC]/s.test(start),
    open: openAiff,
    demuxer: 'aiff',
    isTimedExactly: true,
  },
  {
    name: 'Ogg',
    isRecognised: begins('OggS'),
    open: async (source) => (await ogg()).openOgg(source),
    demuxer: 'ogg',
  },
  {
    name: 'M4A',
    isRecognised: (start) => start.slice(4, 8) === 'ftyp',
    open: openM4a,
    demuxer: 'mov',
    isTimedExactly: true,
    seconds: soundSeconds,
  },
  { name: 'WavPack', isRecognised: begins('wvpk'), demuxer: 'wv', isTimedExactly: true },
  { name: "Monkey's Audio", isRecognised: begins('MAC '), demuxer: 'ape', isTimedExactly: true },
  { name: 'Musepack', isRecognised: begins('MPCK'), demuxer: 'mpc8' },
  { name: 'Musepack', isRecognised: begins('MP+'), demuxer: 'mpc' },
  { name: 'DSD', isRecognised: begins('DSD '), demuxer: 'dsf', isTimedExactly: true },
  {
    name: 'DSD',
    isRecognised: (start) => /^FRM8.{8}DSD /s.test(start),
    demuxer: 'iff',
    isTimedExactly: true,
  },
  { name: 'Windows Media', isRecognised: begins('\x30\x26\xb2\x75'), demuxer: 'asf' },
  { name: 'Matroska', isRecognised: begins('\x1aE\xdf\xa3'), demuxer: 'matroska' },
  { name: 'True Audio', isRecognised: begins('TTA1'), demuxer: 'tta', isTimedExactly: true },
  { name: 'Core Audio', isRecognised: begins('caff'), demuxer: 'caf', isTimedExactly: true },
  { name: 'AC-3', isRecognised: begins('\x0b\x77'), demuxer: 'ac3' },
  // The layer of MPEG audio that does not exist: AAC in ADTS frames.
  { name: 'AAC', isRecognised: (start) => /^\xff[\xf0\xf1\xf8\xf9]/.test(start), demuxer: 'aac' },
]

/** It alone has no sure mark, so everything else is taken for it. */
const mp3Row: FormatRow = {
  name: 'MP3',
  isRecognised: () => true,
  open: async (source) => (await mp3()).openMp3(source),
  demuxer: 'mp3',
}

/** CANNOT_DECODE, with the reason in words, when the file is missing, damaged or of a kind we cannot play. */
export async function openDecoder(path: string): Promise<Decoder> {
  const source = await openFile(path)
  let isHandedOver = false
  try {
    const tagBytes = await id3v2Bytes(source, 0)
    const start = String.fromCharCode(...(await source.read(tagBytes, 16)))
    if (start.length === 0) throw cannotDecode('the file is empty')
    const format = formats.find(({ isRecognised }) => isRecognised(start)) ?? mp3Row
    if (format.open === undefined) return await openForeign(path, format)
    try {
      const decoder = await format.open(source)
      isHandedOver = true
      return decoder
    } catch (error) {
      return await openOtherwise(path, source, format, error)
    }
  } finally {
    if (!isHandedOver) await source.close()
  }
}

async function openForeign(path: string, { name, demuxer, isTimedExactly }: FormatRow): Promise<Decoder> {
  if (findFfmpeg() === undefined) throw cannotDecode(`${name} needs ffmpeg, which is not installed`)
  return openByFfmpeg({ path, demuxer, isTimedExactly })
}

/** What our own decoder does not understand, ffmpeg may; else our own reason stands. */
async function openOtherwise(
  path: string,
  source: ByteSource,
  { demuxer, isTimedExactly, seconds }: FormatRow,
  reason: unknown,
): Promise<Decoder> {
  if (findFfmpeg() === undefined) throw reason
  try {
    const lengthSeconds = await seconds?.(source).catch(() => undefined)
    return await openByFfmpeg({ path, demuxer, isTimedExactly, lengthSeconds })
  } catch {
    throw reason
  }
}

/** Loads every decoder once, so that the first song starts as quickly as the second. */
export async function warmDecoders(): Promise<void> {
  const [{ warmFlac }, { warmMp3 }, { warmOgg }] = await Promise.all([flac(), mp3(), ogg()])
  await Promise.all([warmFlac(), warmMp3(), warmOgg(), warmM4a()])
}
