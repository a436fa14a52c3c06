// The exact length of the sound in a file, where music-metadata's is only near.

import type { IAudioMetadata } from 'music-metadata'
import { audioPayload } from './audio-payload.ts'
import type { SoundLength } from './messages.ts'
import { iTunesLength, mp4Length } from './mp4-length.ts'
import { mpegLength } from './mpeg-length.ts'
import type { OpenFile } from './open-file.ts'

/** Undefined where music-metadata's length stands; 'silent' when it took something else for MPEG audio. */
export function soundLength(
  file: OpenFile,
  { format, native }: IAudioMetadata,
): Partial<SoundLength> | 'silent' | undefined {
  const container = format.container ?? ''
  if (/^(?:mpeg|adts)/i.test(container)) {
    const payload = audioPayload(file)
    return (payload && mpegLength(file, payload.from, payload.from + payload.length)) ?? 'silent'
  }
  if (file.read(4, 4).every((byte, index) => byte === ftyp[index])) {
    const note = native['iTunes']?.find(({ id }) => id === '----:com.apple.iTunes:iTunSMPB')?.value
    const told = typeof note === 'string' ? iTunesLength(note, format.sampleRate ?? 0) : undefined
    return told ?? mp4Length(file)
  }
  return undefined
}

const ftyp = [0x66, 0x74, 0x79, 0x70]
