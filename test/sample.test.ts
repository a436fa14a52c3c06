// The album in sample/ is what its script made, and its three files join without a gap.

import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { parseFile } from 'music-metadata'
import { framesInAll, framesOf, movements, sampleRateHz } from '../scripts/sample/score.ts'
import { renderPiece } from '../scripts/sample/synth.ts'
import { needs } from './lab/peers.ts'

const folder = join(import.meta.dirname, '..', 'sample')
const songs = ['01 Needle Down.flac', '02 First Groove.mp3', '03 Run-out.m4a']

test('the sample album is three songs and a cover, under 1.5 MB', () => {
  const files = readdirSync(folder).toSorted()
  const sizeBytes = files.reduce((sum, file) => sum + statSync(join(folder, file)).size, 0)

  assert.deepEqual(files, [...songs, 'cover.jpg'])
  assert.ok(sizeBytes < 1_500_000, `${sizeBytes} bytes`)
})

test('each song carries its tags and length; the lossless two carry the cover', async () => {
  for (const [index, song] of songs.entries()) {
    const { common, format } = await parseFile(join(folder, song))

    assert.equal(common.title, movements[index]?.title)
    assert.deepEqual(common.track, { no: index + 1, of: 3 })
    assert.equal(common.artist, 'Tonearm')
    assert.equal(common.albumartist, 'Tonearm')
    assert.equal(common.album, 'Lead-in')
    assert.equal(common.year, 2026)
    assert.deepEqual(common.genre, ['Ambient'])
    assert.deepEqual(common.composer, ['Tonearm'])
    assert.equal(common.picture?.length ?? 0, index === 1 ? 0 : 1)
    assert.equal(format.sampleRate, sampleRateHz)
    assert.equal(format.numberOfChannels, 2)
    if (index !== 1) assert.equal(Math.round((format.duration ?? 0) * sampleRateHz), framesAt(index))
  }
})

test('the MP3 says in its first frame what to drop at either end, and what remains is the movement', () => {
  const mp3 = readFileSync(join(folder, '02 First Groove.mp3'))
  const xing = Math.max(mp3.indexOf('Xing'), mp3.indexOf('Info'))
  const frameCount = mp3.readUInt32BE(xing + 8)
  const trim = mp3.readUIntBE(xing + 141, 3)

  const remaining = frameCount * 1_152 - (trim >> 12) - (trim & 0xfff)

  assert.equal(remaining, framesAt(1))
})

test('decoded and joined, the three are the piece that was rendered', (t) => {
  if (!needs(t, 'ffmpeg')) return
  const piece = renderPiece()
  const [first, second, third] = songs.map(decode)

  const [start, end] = [framesAt(0) * 2, (framesAt(0) + framesAt(1)) * 2]
  assert.ok(isSame(first, piece.subarray(0, start)))
  assert.equal(second?.length, end - start)
  assert.ok(isSame(third, piece.subarray(end, framesInAll * 2)))
  // The MP3 is lossy: right at its seams it stays within a quarter of a per cent of full scale.
  for (const [at, from] of [[0, start] as const, [end - start - 400, end - 400] as const])
    for (let index = 0; index < 400; index++) {
      const error = Math.abs((second?.[at + index] ?? 0) - (piece[from + index] ?? 0))
      assert.ok(error < 82, `sample ${at + index} is ${error} off`)
    }
})

/** As bytes: assert's own comparison takes seconds for a million samples. */
function isSame(actual: Int16Array | undefined, expected: Int16Array): boolean {
  const bytes = ({ buffer, byteOffset, byteLength }: Int16Array) =>
    Buffer.from(buffer, byteOffset, byteLength)
  return actual !== undefined && bytes(actual).equals(bytes(expected))
}

function framesAt(index: number): number {
  const movement = movements[index]
  assert.ok(movement)
  return framesOf(movement)
}

function decode(song: string): Int16Array {
  const args = ['-v', 'error', '-i', join(folder, song), '-map', '0:a', '-f', 's16le', '-']
  const { stdout, status } = spawnSync('ffmpeg', args, { maxBuffer: 64 * 1024 * 1024 })
  assert.equal(status, 0)
  return new Int16Array(stdout.buffer, stdout.byteOffset, stdout.length / 2)
}
