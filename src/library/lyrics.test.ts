import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mp3 } from '../../test/fakes/music-files.ts'
import { musicFolder } from '../../test/fakes/music-folder.ts'
import { lyricsOf } from './lyrics.ts'

test('the words of a song are those in its file; a song without, and one that is gone, have none', async (t) => {
  const folder = musicFolder(t)
  folder.add('sung.mp3', mp3({ title: 'Sung', lyrics: 'Slow light\r\non the \u0007water' }))
  folder.add('played.mp3', mp3({ title: 'Played' }, { seed: 2 }))
  const library = await folder.open()
  await library.scan()
  const idOf = (title: string) =>
    library.view
      .songs({})
      .slice(0, 2)
      .find((song) => song.title === title)?.id ?? 0

  assert.deepEqual(await library.lyrics(idOf('Sung')), { text: 'Slow light\non the water', lines: [] })
  assert.equal(await library.lyrics(idOf('Played')), undefined)
  assert.equal(await library.lyrics(4_000_000), undefined)
})

test('lines with times come in their order, and are the words where there are no others', () => {
  const syncText = [
    { text: 'second', timestamp: 2000 },
    { text: 'first', timestamp: 1000 },
  ]

  assert.deepEqual(
    lyricsOf([
      { syncText: [], timeStampFormat: 0 },
      { syncText, timeStampFormat: 2 },
    ]),
    {
      text: 'first\nsecond',
      lines: [
        { atMs: 1000, text: 'first' },
        { atMs: 2000, text: 'second' },
      ],
    },
  )
  assert.deepEqual(lyricsOf([{ text: 'words', syncText, timeStampFormat: 1 }]), { text: 'words', lines: [] })
  assert.equal(lyricsOf([{ text: '  ' }]), undefined)
})
