import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { mp3 } from '../../../test/fakes/music-files.ts'
import { musicFolder } from '../../../test/fakes/music-folder.ts'
import { openSqlite } from '../database.ts'

const child = fileURLToPath(new URL('../../../test/fakes/scan-child.ts', import.meta.url))
const files = 1200

test('a scan killed at any moment loses nothing that was written, and the next one goes on', async (t) => {
  const music = musicFolder(t)
  for (let seed = 0; seed < files; seed++)
    music.add(
      `Album ${seed % 40}/${seed}.mp3`,
      mp3(
        { title: `Song ${seed}`, artist: 'A', album: `Album ${seed % 40}` },
        { seed: seed % 250, seconds: 0.1 },
      ),
    )
  const idsBefore = new Map<string, number>()

  for (let round = 0; round < 4; round++) {
    const scanning = spawn(process.execPath, [child, music.dataDirectory, music.path], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const ended = once(scanning, 'exit')
    // Each round is killed at another moment: from its first sign of life on, up to some batches later.
    await Promise.race([once(scanning.stdout, 'data'), ended])
    await Promise.race([delay(Math.random() * 400), ended])
    scanning.kill('SIGKILL')
    await ended

    const database = openSqlite(join(music.dataDirectory, 'library.db'))
    assert.equal(database.get<{ integrity_check: string }>('PRAGMA integrity_check')?.integrity_check, 'ok')
    assert.equal(database.all('PRAGMA foreign_key_check').length, 0)
    const rows = database.all<{ path: string; id: number }>(
      'SELECT path, persistent_id AS id FROM files JOIN songs ON songs.id = song_id',
    )
    for (const { path, id } of rows) {
      assert.equal(idsBefore.get(path) ?? id, id, 'an id once written stays')
      idsBefore.set(path, id)
    }
    assert.ok(rows.length >= idsBefore.size, 'nothing written is lost')
    database.close()
  }
  const library = await music.open()
  const result = await library.scan()

  assert.equal(result.tracks, files)
  assert.equal(result.failed, 0)
  const { view } = library
  assert.equal(view.albums({}).length, 40)
  assert.equal(
    new Set(
      view
        .songs({})
        .slice(0, files)
        .map(({ persistentId }) => persistentId),
    ).size,
    files,
  )
  for (const song of view.songs({}).slice(0, files))
    assert.equal(BigInt(idsBefore.get(song.path) ?? song.persistentId), song.persistentId)
})
