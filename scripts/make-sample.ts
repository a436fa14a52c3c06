// Makes the album in sample/: renders the piece, draws the cover, writes one FLAC, one MP3, one ALAC file.
// Needs ffmpeg with libmp3lame. The result is in the repository; run this only to change it.

import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { drawCover } from './sample/cover.ts'
import { addTrim } from './sample/lame-header.ts'
import { framesInAll, framesOf, movements, sampleRateHz } from './sample/score.ts'
import { renderPiece } from './sample/synth.ts'

const album = 'Lead-in'
const artist = 'Tonearm'
const genre = 'Ambient'
const year = '2026'

interface Format {
  readonly ending: string
  readonly codec: readonly string[]
  /** Whether the cover is put inside; the one without takes cover.jpg from the folder. */
  readonly hasCover: boolean
  /** Frames of the neighbouring movements encoded along at each end, and then marked as not to be played. */
  readonly borrowedFrames: number
}

const formats: readonly Format[] = [
  { ending: 'flac', codec: ['flac', '-compression_level', '12'], hasCover: true, borrowedFrames: 0 },
  // A lossy coder smears what starts from nothing: given its neighbours' sound it joins without a seam.
  {
    ending: 'mp3',
    codec: ['libmp3lame', '-q:a', '2', '-id3v2_version', '3', '-write_id3v1', '1'],
    hasCover: false,
    borrowedFrames: 1_152,
  },
  { ending: 'm4a', codec: ['alac', '-movflags', '+faststart'], hasCover: true, borrowedFrames: 0 },
]

if (process.argv.includes('--help')) {
  console.log(
    'Usage: node scripts/make-sample.ts [FOLDER]\n\nWrites the sample album to FOLDER (default: sample).',
  )
  process.exit(0)
}
await makeSample(process.argv[2] ?? join(import.meta.dirname, '..', 'sample'))

async function makeSample(folder: string): Promise<void> {
  const work = mkdtempSync(join(tmpdir(), 'tonearm-sample-'))
  try {
    mkdirSync(folder, { recursive: true })
    const coverPath = join(folder, 'cover.jpg')
    writeFileSync(coverPath, await drawCover())
    const piece = renderPiece()
    let start = 0
    for (const [index, movement] of movements.entries()) {
      const format = formats[index]
      if (format === undefined) throw new Error('each movement has a format of its own')
      const end = start + framesOf(movement)
      const from = start - format.borrowedFrames
      const to = end + format.borrowedFrames
      if (from < 0 || to > framesInAll)
        throw new Error('only a movement with neighbours can borrow from them')
      const raw = join(work, 'movement.raw')
      writeFileSync(raw, new Uint8Array(piece.buffer, from * 4, (to - from) * 4))
      const path = join(folder, `0${index + 1} ${movement.title}.${format.ending}`)
      encode(raw, path, format, coverPath, {
        title: movement.title,
        track: `${index + 1}/${movements.length}`,
      })
      if (format.borrowedFrames > 0)
        writeFileSync(path, addTrim(readFileSync(path), format.borrowedFrames, format.borrowedFrames))
      console.log(`${path}: ${end - start} frames, ${statSync(path).size} bytes`)
      start = end
    }
  } finally {
    rmSync(work, { recursive: true })
  }
}

function encode(
  raw: string,
  path: string,
  format: Format,
  cover: string,
  tags: Record<string, string>,
): void {
  const allTags = { ...tags, artist, album, album_artist: artist, composer: artist, genre, date: year }
  const picture = format.hasCover
    ? [
        '-map',
        '1:v',
        '-c:v',
        'copy',
        '-disposition:v',
        'attached_pic',
        '-metadata:s:v',
        'comment=Cover (front)',
      ]
    : []
  const args = ['-v', 'error', '-y', '-f', 's16le', '-ar', String(sampleRateHz), '-ac', '2', '-i', raw]
  args.push('-i', cover, '-map', '0:a', ...picture, '-c:a', ...format.codec)
  for (const [name, value] of Object.entries(allTags)) args.push('-metadata', `${name}=${value}`)
  args.push('-fflags', '+bitexact', '-flags:a', '+bitexact', path)
  const { status, error } = spawnSync('ffmpeg', args, { stdio: ['ignore', 'inherit', 'inherit'] })
  if (error) throw error
  if (status !== 0) throw new Error(`ffmpeg failed on ${path}`)
}
