// Albums for the journeys, made by ffmpeg: lossless noise-like sound that no two places share, so that a lost, doubled
// or shifted sample cannot hide.

import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { runProcess } from '../lab/process.ts'

export interface AlbumToMake {
  readonly album: string
  readonly artist: string
  readonly titles: readonly string[]
  readonly seconds: number
}

/** FLAC, 44.1 kHz, 16 bit, stereo; the files in track order. */
export async function makeFlacAlbum(
  folder: string,
  { album, artist, titles, seconds }: AlbumToMake,
): Promise<string[]> {
  const albumFolder = join(folder, artist, album)
  mkdirSync(albumFolder, { recursive: true })
  const files: string[] = []
  for (const [index, title] of titles.entries()) {
    const file = join(albumFolder, `${String(index + 1).padStart(2, '0')} ${title}.flac`)
    const sound = `anoisesrc=d=${seconds}:c=brown:r=44100:a=0.4:s=${index + 7},aformat=channel_layouts=stereo`
    const tags = { title, artist, album, track: `${index + 1}/${titles.length}`, date: '2008', genre: 'Test' }
    await runProcess('ffmpeg', [
      ...['-v', 'error', '-y', '-f', 'lavfi', '-i', sound, '-sample_fmt', 's16', '-ac', '2'],
      ...Object.entries(tags).flatMap(([key, value]) => ['-metadata', `${key}=${value}`]),
      file,
    ])
    files.push(file)
  }
  return files
}

/** ffmpeg's own decode of the files, joined: s16le stereo 44,100. */
export async function decodedByFfmpeg(files: readonly string[], scratch: string): Promise<Buffer> {
  const parts: Buffer[] = []
  for (const [index, file] of files.entries()) {
    const raw = join(scratch, `decoded-${index}.raw`)
    await runProcess('ffmpeg', [
      '-v',
      'error',
      '-y',
      '-i',
      file,
      '-f',
      's16le',
      '-ac',
      '2',
      '-ar',
      '44100',
      raw,
    ])
    parts.push(readFileSync(raw))
  }
  return Buffer.concat(parts)
}

/** What a `wav:` output wrote so far: the bytes after its data header. */
export function wavSamples(file: string): Buffer {
  const bytes = readFileSync(file)
  const data = bytes.indexOf('data', 12, 'latin1')
  return bytes.subarray(data + 8)
}
