// One music file: its tags, its length, its fingerprint; or why it cannot be used.

import { type IAudioMetadata, parseFromTokenizer } from 'music-metadata'
import { factsOf } from './facts.ts'
import { fingerprint } from './fingerprint.ts'
import type { ReadFile, WalkedFile } from './messages.ts'
import { OpenFile } from './open-file.ts'
import { FileTokenizer } from './tokenizer.ts'

/** Never throws: what goes wrong is in `failure`. */
export async function readMusicFile(file: WalkedFile): Promise<ReadFile> {
  if (file.sizeBytes === 0) return failed(file, 'The file is empty.')
  let open: OpenFile | undefined
  try {
    open = new OpenFile(file.path, file.sizeBytes)
    const metadata = await readMetadata(open)
    if (!hasSound(metadata)) return failed(file, 'No sound was found in it: it is damaged or no audio file.')
    return { file, facts: factsOf(file, metadata), fingerprint: fingerprint(open), failure: null }
  } catch (error) {
    return failed(file, sentence(error))
  } finally {
    open?.close()
  }
}

function failed(file: WalkedFile, failure: string): ReadFile {
  return { file, facts: undefined, fingerprint: null, failure }
}

async function readMetadata(open: OpenFile): Promise<IAudioMetadata> {
  let metadata: IAudioMetadata | undefined
  let problem: unknown
  try {
    metadata = await parseFromTokenizer(new FileTokenizer(open, { isNamed: true }))
    if (hasSound(metadata)) return await withLength(open, metadata)
  } catch (error) {
    problem = error
  }
  // Perhaps the ending lies.
  try {
    const unnamed = await parseFromTokenizer(new FileTokenizer(open, { isNamed: false }))
    if (hasSound(unnamed)) return unnamed
  } catch (error) {
    problem ??= error
  }
  if (metadata === undefined) throw problem
  return metadata
}

/** Ogg files with a large picture tell their length only when read to the end. */
async function withLength(open: OpenFile, metadata: IAudioMetadata): Promise<IAudioMetadata> {
  if (metadata.format.duration !== undefined && metadata.format.duration > 0) return metadata
  return parseFromTokenizer(new FileTokenizer(open, { isNamed: true }), { duration: true })
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
