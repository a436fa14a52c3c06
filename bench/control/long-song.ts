// A song that outlasts the measuring: between two songs every remote is told, which would pass for the command's doing.

import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { wavHeader } from '../../src/audio/index.ts'

const seconds = 1800
const sampleRateHz = 8000
const toneHz = 110
const loudness = 8000
export const longSongTitle = 'The Long Song'

/** A folder with this song alone: half an hour of a low tone. */
export function longSongFolder(work: string): string {
  const folder = join(work, 'long')
  mkdirSync(folder)
  const frames = seconds * sampleRateHz
  const samples = new Int16Array(frames * 2)
  for (let frame = 0; frame < frames; frame += 1) {
    const value = Math.round(loudness * Math.sin((frame * 2 * Math.PI * toneHz) / sampleRateHz))
    samples.fill(value, frame * 2, frame * 2 + 2)
  }
  const file = join(folder, `${longSongTitle}.wav`)
  const header = wavHeader({ sampleRateHz, bits: 16 }, samples.byteLength)
  writeFileSync(file, Buffer.concat([header, new Uint8Array(samples.buffer)]))
  return folder
}
