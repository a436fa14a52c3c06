// A shelf of records that sound: every song a tone as a FLAC file made by ffmpeg, every album with a cover of its own.

import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { runProcess } from '../lab/process.ts'
import { drawnCover } from './drawn-covers.ts'

export interface MadeRecord {
  readonly album: string
  readonly artist: string
  readonly titles: readonly string[]
  readonly year?: number
  readonly genre?: string
  readonly composer?: string
  readonly hasCover?: boolean
  /** Further tags of every song, by ffmpeg's names. */
  readonly tags?: Readonly<Record<string, string>>
}

/** What every song sounds like. */
export const toneHz = 440
/** Long enough that no song ends while one looks at the page. */
const seconds = 150

export async function fillShelf(folder: string, records: readonly MadeRecord[]): Promise<void> {
  const tone = join(folder, 'tone.flac')
  const source = `sine=f=${toneHz}:r=44100:d=${seconds},volume=6dB,aformat=channel_layouts=mono`
  await runProcess('ffmpeg', ['-v', 'error', '-y', '-f', 'lavfi', '-i', source, tone])
  for (const [index, record] of records.entries()) await putRecord(folder, tone, record, index)
}

/** One ffmpeg for all songs of a record, none as long as the next. */
async function putRecord(folder: string, tone: string, record: MadeRecord, index: number): Promise<void> {
  const place = join(folder, 'records', `${String(index).padStart(2, '0')}`)
  mkdirSync(place, { recursive: true })
  const outputs = record.titles.flatMap((title, at) => {
    const { artist, album, year = 2019, genre = 'Folk', composer = '' } = record
    const named = { title, artist, album, genre, composer, date: String(year), track: `${at + 1}` }
    const tags = { ...named, ...record.tags }
    const length = seconds - ((index * 7 + at * 17) % 60)
    return [
      ...['-map', '0:a', '-compression_level', '0', '-t', String(length)],
      ...Object.entries(tags).flatMap(([key, value]) => ['-metadata', `${key}=${value}`]),
      join(place, `${String(at + 1).padStart(2, '0')}.flac`),
    ]
  })
  await runProcess('ffmpeg', ['-v', 'error', '-y', '-i', tone, ...outputs])
  if (record.hasCover !== false) writeFileSync(join(place, 'cover.jpg'), await drawnCover(index + 1))
}
