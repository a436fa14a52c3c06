import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { readMusicFile } from './read-file.ts'

test('a pipe that has taken the place of a file is no music, and is not waited for', {
  skip: process.platform === 'win32' && 'Windows has no such pipes',
}, async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'tonearm-pipe-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const path = join(folder, 'song.mp3')
  execFileSync('mkfifo', [path])

  const read = await readMusicFile({ path, folder, sizeBytes: 1000, mtimeMs: 1e12, inode: 1 })

  assert.match(read.failure ?? '', /cannot be read/)
})
