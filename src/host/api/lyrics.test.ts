// The words of a song as a remote gets them.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startHost } from '../../../test/fakes/host.ts'
import { mp3 } from '../../../test/fakes/music-files.ts'
import { musicFolder } from '../../../test/fakes/music-folder.ts'
import { connectRemote } from '../../remote/node.ts'

test('a remote reads the words of a song; a song without has none, and one that is gone is not found', async (t) => {
  const folder = musicFolder(t)
  folder.add('sung.mp3', mp3({ title: 'Sung', lyrics: 'Slow light\r\non the <b>water</b> é' }))
  folder.add('played.mp3', mp3({ title: 'Played' }, { seed: 2 }))
  const library = await folder.open()
  await library.scan()
  const host = await startHost(t, { library })
  const remote = await connectRemote({ address: host.url, guid: await host.pair('page') })
  const songs = new Map((await remote.songs()).items.map((song) => [song.title, song.id]))
  const lyricsAt = (id: number | string, session = '') => host.get(`/api/songs/${id}/lyrics${session}`)
  const session = `?session-id=${await host.login()}`

  const words = await lyricsAt(songs.get('Sung') ?? 0, session)

  assert.match(words.headers.get('content-type') ?? '', /^application\/json/)
  assert.deepEqual(await words.json(), { text: 'Slow light\non the <b>water</b> é', lines: [] })
  assert.deepEqual(await remote.lyrics(songs.get('Played') ?? 0), undefined)
  assert.equal((await lyricsAt(songs.get('Sung') ?? 0)).status, 403)
  for (const wrong of [4_000_000, -1, '1e99', '%00', 'x'])
    assert.equal((await lyricsAt(wrong, session)).status, 404, String(wrong))
})
