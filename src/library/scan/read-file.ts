// One music file: its tags, its length, its fingerprint; or why it cannot be used.

import { CouldNotDetermineFileTypeError, type IAudioMetadata, parseFromTokenizer } from 'music-metadata'
import { endingOf } from '../formats.ts'
import { factsOf } from './facts.ts'
import { fingerprint } from './fingerprint.ts'
import type { ReadFile, SoundLength, WalkedFile } from './messages.ts'
import { OpenFile } from './open-file.ts'
import { isMachineFault } from './reasons.ts'
import { soundLength } from './sound-length.ts'
import { FileTokenizer } from './tokenizer.ts'

/** What is wrong with the file is in `failure`; rejects with what is wrong with the machine. */
export async function readMusicFile(file: WalkedFile): Promise<ReadFile> {
  if (file.sizeBytes === 0) return failed(file, 'The file is empty.')
  let open: OpenFile | undefined
  try {
    open = new OpenFile(file.path, file.sizeBytes)
    const sound = await readSound(open)
    if (sound === undefined) return failed(file, 'No sound was found in it: it is damaged or no audio file.')
    if (isVideo(file, sound.metadata)) return failed(file, 'It holds a video, not music.')
    const facts = { ...factsOf(file, sound.metadata), ...sound.length }
    if (facts.durationMs === 0) return failed(file, 'It is too short to hold any sound, or damaged.')
    return { file, facts, fingerprint: fingerprint(open), failure: null }
  } catch (error) {
    if (isMachineFault(error)) throw error
    return failed(file, sentence(error))
  } finally {
    open?.close()
  }
}

function failed(file: WalkedFile, failure: string): ReadFile {
  return { file, facts: undefined, fingerprint: null, failure }
}

interface Sound {
  readonly metadata: IAudioMetadata
  readonly length: Partial<SoundLength> | undefined
}

interface Attempt {
  /** By the ending of the file's name, else by its content. */
  readonly isNamed: boolean
  readonly skipCovers: boolean
}

/** Perhaps only the picture is broken; perhaps the ending lies. */
const attempts: readonly Attempt[] = [
  { isNamed: true, skipCovers: false },
  { isNamed: true, skipCovers: true },
  { isNamed: false, skipCovers: false },
]

async function readSound(open: OpenFile): Promise<Sound | undefined> {
  let problem: unknown
  for (const attempt of attempts)
    try {
      const metadata = await readMetadata(open, attempt)
      const length = hasSound(metadata) ? soundLength(open, metadata) : 'silent'
      if (length !== 'silent') return { metadata, length }
    } catch (error) {
      if (!(error instanceof CouldNotDetermineFileTypeError)) problem ??= error
    }
  if (problem !== undefined) throw problem
  return undefined
}

/** Ogg files with a large picture tell their length only when read to the end. */
async function readMetadata(open: OpenFile, { isNamed, skipCovers }: Attempt): Promise<IAudioMetadata> {
  const metadata = await parseFromTokenizer(new FileTokenizer(open, { isNamed }), { skipCovers })
  const { duration = 0, container = '' } = metadata.format
  if (duration > 0 || !/ogg/i.test(container)) return metadata
  return parseFromTokenizer(new FileTokenizer(open, { isNamed }), { duration: true, skipCovers })
}

/** Covers and chapter pictures are videos too, in music files: only an ending that is used for films counts. */
function isVideo({ path }: WalkedFile, { format }: IAudioMetadata): boolean {
  return format.hasVideo === true && endingOf(path) === 'mp4'
}

function hasSound({ format }: IAudioMetadata): boolean {
  return format.hasAudio !== false && (format.sampleRate ?? 0) > 0 && (format.numberOfChannels ?? 1) > 0
}

function sentence(error: unknown): string {
  const { code, name, message } = error as NodeJS.ErrnoException
  if (code === 'EACCES' || code === 'EPERM') return 'You do not have the right to read this file.'
  if (code === 'ENOENT') return 'The file went away while it was read.'
  if (code !== undefined && /^E[A-Z]+$/.test(code)) return `The file cannot be read (${code}).`
  if (name === 'EndOfStreamError') return 'The file is cut off.'
  if (name === 'BufferSizeError') return 'A tag in it claims to be larger than 64 MB: it is damaged.'
  return `It is damaged or of an unknown kind (${String(message).slice(0, 200)}).`
}
