// Which decoder a file needs. By its first bytes, not by its name: names lie.

import { type ByteSource, openFile } from './byte-source.ts'
import { cannotDecode, type Decoder } from './decoder.ts'
import { id3v2Bytes } from './id3.ts'
import { openM4a, warmM4a } from './mp4/m4a-decoder.ts'
import { openAiff } from './pcm/aiff.ts'
import { openWav } from './pcm/wav.ts'

// Loaded where they decode, some 40 ms; who only wants to know about sound does not wait for them.
const flac = () => import('./flac/flac-decoder.ts')
const mp3 = () => import('./mp3/mp3-decoder.ts')
const ogg = () => import('./ogg/ogg-decoder.ts')

interface FormatRow {
  readonly open: (source: ByteSource) => Promise<Decoder>
  readonly isRecognised: (start: string) => boolean
}

/** `start`: the first 12 bytes after ID3 tags, a character each. */
const formats: readonly FormatRow[] = [
  {
    open: async (source) => (await flac()).openFlac(source),
    isRecognised: (start) => start.startsWith('fLaC'),
  },
  { open: openWav, isRecognised: (start) => /^(RIFF|RF64)....WAVE/s.test(start) },
  { open: openAiff, isRecognised: (start) => /^FORM....AIF[FC]/s.test(start) },
  {
    open: async (source) => (await ogg()).openOgg(source, 0),
    isRecognised: (start) => start.startsWith('OggS'),
  },
  { open: openM4a, isRecognised: (start) => start.slice(4, 8) === 'ftyp' },
]

const notYet: readonly (readonly [start: string, name: string])[] = [
  ['wvpk', 'WavPack'],
  ['MAC ', "Monkey's Audio"],
  ['MPCK', 'Musepack'],
  ['MP+', 'Musepack'],
  ['DSD ', 'DSD'],
  ['\x30\x26\xb2\x75', 'Windows Media'],
  ['\x1aE\xdf\xa3', 'Matroska'],
]

/** CANNOT_DECODE, with the reason in words, when the file is missing, damaged or of a kind we cannot play. */
export async function openDecoder(path: string): Promise<Decoder> {
  const source = await openFile(path)
  try {
    const tagBytes = await id3v2Bytes(source, 0)
    const start = String.fromCharCode(...(await source.read(tagBytes, 12)))
    if (start.length === 0) throw cannotDecode('the file is empty')
    const format = formats.find(({ isRecognised }) => isRecognised(start))
    if (format !== undefined) return await format.open(source)
    const known = notYet.find(([letters]) => start.startsWith(letters))
    if (known !== undefined) throw cannotDecode(`${known[1]} files cannot be played yet`)
    return await (await mp3()).openMp3(source) // it alone has no sure mark
  } catch (error) {
    await source.close()
    throw error
  }
}

/** Loads every decoder once, so that the first song starts as quickly as the second. */
export async function warmDecoders(): Promise<void> {
  const [{ warmFlac }, { warmMp3 }, { warmOgg }] = await Promise.all([flac(), mp3(), ogg()])
  await Promise.all([warmFlac(), warmMp3(), warmOgg(), warmM4a()])
}
