import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { type MusicFolder, musicFolder } from '../../../test/fakes/music-folder.ts'
import { needs } from '../../../test/lab/peers.ts'
import type { Song } from '../items.ts'

const tags = {
  title: 'Über den Wolken',
  artist: 'AC/DC',
  album: 'Probe',
  album_artist: 'Various',
  composer: 'K',
  track: '3/9',
}

function encode(music: MusicFolder, name: string, options: readonly string[], seconds = 2.5): string {
  const path = join(music.path, name)
  const metadata = Object.entries(tags).flatMap(([key, value]) => ['-metadata', `${key}=${value}`])
  mkdirSync(music.path, { recursive: true })
  const source = ['-f', 'lavfi', '-i', `sine=frequency=440:duration=${seconds}`, '-ac', '2']
  ffmpeg([...source, ...metadata, ...options, path])
  return path
}

function ffmpeg(options: readonly string[]): void {
  const { status, stderr } = spawnSync('ffmpeg', ['-v', 'error', '-y', ...options])
  assert.equal(status, 0, String(stderr))
}

/** What ffmpeg decodes from it, in ms: the length that a listener hears. */
function decodedMs(path: string, rate: number): number {
  const { stdout } = spawnSync(
    'ffmpeg',
    ['-v', 'error', '-i', path, '-f', 's16le', '-ac', '1', '-ar', String(rate), '-'],
    { maxBuffer: 1 << 28 },
  )
  return Math.round((stdout.length / 2 / rate) * 1000)
}

const formats: readonly (readonly [name: string, options: readonly string[], codec: string])[] = [
  ['a.mp3', ['-c:a', 'libmp3lame', '-q:a', '4', '-id3v2_version', '3'], 'mpeg'],
  ['b.mp3', ['-c:a', 'libmp3lame', '-b:a', '128k', '-id3v2_version', '4', '-write_xing', '0'], 'mpeg'],
  ['c.m4a', ['-c:a', 'aac'], 'aac'],
  ['d.m4a', ['-c:a', 'alac'], 'alac'],
  ['e.flac', ['-c:a', 'flac'], 'flac'],
  ['f.ogg', ['-c:a', 'libvorbis'], 'vorbis'],
  ['g.opus', ['-c:a', 'libopus'], 'opus'],
  ['h.aiff', ['-c:a', 'pcm_s16be', '-write_id3v2', '1'], 'pcm'],
  ['i.wv', ['-c:a', 'wavpack'], 'wavpack'],
  ['j.wma', ['-c:a', 'wmav2'], 'wma'],
]

async function scanned(music: MusicFolder): Promise<Map<string, Song>> {
  const library = await music.open()
  const result = await library.scan()
  assert.deepEqual([result.failed, library.failures()], [0, []])
  return new Map(
    library.view
      .songs({})
      .slice(0, 100)
      .map((song) => [song.path.slice(music.path.length + 1), song]),
  )
}

test('tags, codec and the length that is heard are right in every format ffmpeg writes', async (t) => {
  if (!needs(t, 'ffmpeg')) return
  const music = musicFolder(t)
  for (const [name, options] of formats) encode(music, name, options)

  const songs = await scanned(music)

  for (const [name, , codec] of formats) {
    const song = songs.get(name)
    assert.ok(song, name)
    const { title, artist, album, albumArtist, trackNumber } = song
    assert.deepEqual(
      { name, title, artist, album, albumArtist, trackNumber, codec: song.codec },
      {
        name,
        title: tags.title,
        artist: 'AC/DC',
        album: 'Probe',
        // ffmpeg writes it into WavPack by a name of its own.
        albumArtist: name === 'i.wv' ? 'AC/DC' : 'Various',
        trackNumber: 3,
        codec,
      },
    )
    // WMA and an MP3 without its Xing frame do not say what was added to fill their last frames;
    // ffmpeg does not cut what fills the last frame of AAC, 1,024 samples.
    const toleranceMs = { 'j.wma': 100, 'b.mp3': 100, 'c.m4a': 24 }[name] ?? 1
    const heard = decodedMs(join(music.path, name), song.sampleRateHz)
    assert.ok(
      Math.abs(song.durationMs - heard) <= toleranceMs,
      `${name}: ${song.durationMs} ms, heard ${heard} ms`,
    )
  }
})

test("Opus's own gain, counted from -23 LUFS, is kept as ReplayGain's, from -18", async (t) => {
  if (!needs(t, 'ffmpeg')) return
  const music = musicFolder(t)
  const gains = ['-metadata', 'R128_TRACK_GAIN=-1792', '-metadata', 'R128_ALBUM_GAIN=512']
  encode(music, 'a.opus', ['-c:a', 'libopus', ...gains])
  encode(music, 'b.opus', ['-c:a', 'libopus', '-metadata', 'R128_TRACK_GAIN=loud'])

  const songs = await scanned(music)

  assert.deepEqual(songs.get('a.opus')?.replayGain, { trackGainDb: -2, albumGainDb: 7 })
  assert.equal(songs.get('b.opus')?.replayGain, undefined)
})

test('retagging by ffmpeg, without encoding again, keeps ids though the file moved', async (t) => {
  if (!needs(t, 'ffmpeg')) return
  const music = musicFolder(t)
  const names = ['a.mp3', 'd.m4a', 'e.flac', 'f.ogg', 'g.opus', 'h.aiff']
  for (const [name, options] of formats) if (names.includes(name)) encode(music, name, options)
  const library = await music.open()
  await library.scan()
  const idOf = new Map(
    library.view
      .songs({})
      .slice(0, 99)
      .map((song) => [song.format + song.codec, song.persistentId]),
  )

  for (const name of names) {
    const from = join(music.path, name)
    const to = join(music.path, `moved-${name}`)
    const comment = `comment=${'a longer comment than before '.repeat(20)}`
    const kind = /og|op/.test(name) ? 's:a:0' : 'g' // Ogg keeps its tags with the stream
    const options = name.endsWith('aiff') ? ['-write_id3v2', '1'] : []
    ffmpeg([
      '-i',
      from,
      '-c',
      'copy',
      `-metadata:${kind}`,
      'title=Retagged',
      `-metadata:${kind}`,
      comment,
      ...options,
      to,
    ])
    rmSync(from)
  }
  const result = await library.scan()

  assert.deepEqual([result.added, result.changed, result.removed], [0, names.length, 0])
  for (const song of library.view.songs({}).slice(0, 99)) {
    assert.equal(song.title, 'Retagged')
    assert.equal(song.persistentId, idOf.get(song.format + song.codec), song.path)
  }
})

test('an Ogg file with a large picture has its length, and one with a broken picture too', async (t) => {
  if (!needs(t, 'ffmpeg')) return
  const music = musicFolder(t)
  const plain = encode(music, 'plain.ogg', ['-c:a', 'libvorbis'])
  // A picture block (RFC 9639, 8.8): kind, type, description, four numbers, data.
  const head = Buffer.alloc(42)
  head.writeUInt32BE(3)
  head.writeUInt32BE(10, 4)
  head.write('image/jpeg', 8)
  head.writeUInt32BE(900_000, 38)
  const blocks = {
    whole: Buffer.concat([head, Buffer.alloc(900_000, 65)]),
    broken: Buffer.alloc(900_000, 65),
  }
  for (const [name, block] of Object.entries(blocks)) {
    const picture = block.toString('base64').replaceAll('=', '\\=')
    const list = music.add(
      'tags.txt',
      Buffer.from(`;FFMETADATA1\ntitle=${name}\nMETADATA_BLOCK_PICTURE=${picture}\n`),
    )
    const to = join(music.path, `${name}.ogg`)
    ffmpeg(['-i', plain, '-i', list, '-map_metadata', '1', '-c', 'copy', to])
  }

  const songs = await scanned(music)

  for (const name of Object.keys(blocks)) {
    const song = songs.get(`${name}.ogg`)
    assert.deepEqual([song?.durationMs, song?.hasArtwork], [2500, name === 'whole'])
  }
})
