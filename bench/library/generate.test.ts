import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { parseBuffer } from 'music-metadata'
import { needs } from '../../test/lab/peers.ts'
import { albumsOf } from './catalogue.ts'
import { libraryOf } from './generate.ts'

const tracks = 400

test('a library made twice is the same to the byte, and one that is whole is taken as it is', (t) => {
  const [one, other] = [temporaryFolder(t), temporaryFolder(t)]

  const made = libraryOf({ tracks, cache: one })
  const again = libraryOf({ tracks, cache: other })

  assert.equal(made.tracks, tracks)
  assert.equal(digestOf(made.folder), digestOf(again.folder))
  const marked = join(made.folder, 'mark')
  writeFileSync(marked, '')
  assert.deepEqual(libraryOf({ tracks, cache: one }), made)
  assert.equal(globSync('mark', { cwd: made.folder }).length, 1)
})

test('every file says what the catalogue says, and no two sound alike', async (t) => {
  const { folder } = libraryOf({ tracks, cache: temporaryFolder(t) })
  const endings = new Set<string>()
  const sounds = new Set<string>()
  for (const album of albumsOf(tracks))
    for (const song of album.songs) {
      const bytes = readFileSync(join(folder, song.path))
      const { common, format, quality } = await parseBuffer(bytes, { path: song.path, size: bytes.length })

      assert.deepEqual(quality.warnings, [], song.path)
      assert.deepEqual(
        [common.title, common.album, common.track.no, common.bpm ?? undefined, common.artistsort],
        [song.tags.title, song.tags.album, song.tags.trackNumber, song.tags.bpm, song.tags.artistSort],
        song.path,
      )
      assert.equal(common.picture !== undefined, album.picture?.place === 'in each song', song.path)
      assert.ok(
        Math.abs((format.duration ?? 0) * 1000 - song.durationMs) < 60,
        `${song.path}: ${format.duration}`,
      )
      endings.add(extname(song.path))
      sounds.add(createHash('sha1').update(bytes.subarray(-300)).digest('hex'))
    }
  assert.deepEqual([...endings].toSorted(), ['.flac', '.m4a', '.mp3', '.opus'])
  assert.equal(sounds.size, tracks)
})

test('every sound is whole: ffmpeg decodes each format to the length it should have', (t) => {
  if (!needs(t, 'ffmpeg')) return
  const { folder } = libraryOf({ tracks, cache: temporaryFolder(t) })
  const songs = Array.from(albumsOf(tracks)).flatMap(({ songs }) => songs)
  for (const format of ['mp3', 'm4a', 'flac', 'opus'])
    for (const song of songs.filter((song) => song.format === format).slice(0, 3)) {
      const to = ['-map', '0:a', '-f', 's16le', '-ac', '1', '-ar', '48000', '-']
      const decoded = spawnSync('ffmpeg', ['-v', 'error', '-i', join(folder, song.path), ...to])

      assert.equal(decoded.stderr.toString(), '', song.path)
      const durationMs = decoded.stdout.length / 2 / 48
      assert.ok(Math.abs(durationMs - song.durationMs) < 120, `${song.path}: ${durationMs} ms`)
    }
})

function temporaryFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'tonearm-generate-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

function digestOf(folder: string): string {
  const hash = createHash('sha1')
  for (const path of globSync('**/*.*', { cwd: folder }).toSorted())
    hash.update(path).update(readFileSync(join(folder, path)))
  return hash.digest('hex')
}
