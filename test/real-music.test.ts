// The library against real music: what Debian ships as game music, as it is and re-encoded, compared with ffprobe.

import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, extname, join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { systemClock } from '../src/clock.ts'
import { openLibrary, openSqlite, type Song } from '../src/library/index.ts'
import { silentLog } from '../src/log.ts'
import { needs } from './lab/peers.ts'
import { runProcess } from './lab/process.ts'

const packages = ['wesnoth-1.16-music', 'supertux-data', 'frozen-bubble-data']
const isAudio = /\.(?:ogg|oga|opus|mp3|flac|wav|m4a|aiff?)$/i
const reencodedCount = 40
const cutSeconds = 10

/** In turn for the re-encoded ones: ending and ffmpeg's arguments. */
const formats: readonly (readonly [ending: string, ...args: string[]])[] = [
  ['mp3', '-c:a', 'libmp3lame', '-q:a', '4', '-id3v2_version', '3'],
  ['m4a', '-c:a', 'aac', '-b:a', '128k'],
  ['alac.m4a', '-c:a', 'alac', '-sample_fmt', 's16p'],
  ['flac', '-c:a', 'flac', '-sample_fmt', 's16'],
  ['opus', '-c:a', 'libopus', '-b:a', '96k', '-ar', '48000'],
  ['aiff', '-c:a', 'pcm_s16be', '-write_id3v2', '1'],
]

interface Probed {
  readonly title: string
  readonly artist: string
  readonly album: string
  readonly durationMs: number
}
type Field = keyof Probed

/** Differences that are right, and why. Everything else fails the test. */
const reasons: readonly {
  readonly why: string
  isMeant(field: Field, song: Song, probed: Probed): boolean
}[] = [
  {
    why: 'a file without a title is listed by its file name',
    isMeant: (field, song, probed) =>
      field === 'title' &&
      probed.title === '' &&
      song.title !== '' &&
      basename(song.path).replaceAll('_', ' ').includes(song.title),
  },
  {
    why: 'a file without an artist or album is listed by the folders it lies in',
    isMeant(field, song, probed) {
      const albumFolder = dirname(song.path)
      if (field === 'album') return probed.album === '' && song.album === basename(albumFolder)
      return field === 'artist' && probed.artist === '' && song.artist === basename(dirname(albumFolder))
    },
  },
  {
    why: 'an Ogg file that ends in many tiny pages is counted up to one of them (music-metadata 12.1.0)',
    isMeant: (field, song, probed) =>
      field === 'durationMs' &&
      song.format === 'ogg' &&
      song.durationMs < probed.durationMs &&
      song.durationMs > probed.durationMs - 250,
  },
]

test('every audio file is found, and says what ffprobe says', { timeout: 290_000 }, async (t) => {
  if (!needs(t, 'ffmpeg', 'ffprobe', 'dpkg-query') || !hasPackages(t)) return
  const folder = temporaryFolder(t)
  const music = join(folder, 'music')
  const originals = packages.flatMap(audioFilesOf)
  for (const [index, path] of originals.entries()) link(path, join(music, 'debian', String(index)))
  const sources = originals.filter((path) => /\/music\//.test(path)).slice(0, reencodedCount)
  const copies = await eachOfTwo(sources, (path, index) => reencode(path, index, join(music, 'again')))
  assert.equal(copies.length, reencodedCount)

  const songs = await scan(t, music, join(folder, 'data'))

  assert.equal(songs.length, originals.length + copies.length)
  const probes = await eachOfTwo(songs, ({ path }) => probe(path))
  const meant = new Map<string, number>()
  const unexplained: string[] = []
  for (const [index, song] of songs.entries()) {
    const probed = probes[index]
    assert.ok(probed)
    for (const field of fieldsThatDiffer(song, probed)) {
      const why = reasons.find((reason) => reason.isMeant(field, song, probed))?.why
      if (why) meant.set(why, (meant.get(why) ?? 0) + 1)
      else unexplained.push(`${song.path}: ${field} is "${song[field]}", ffprobe says "${probed[field]}"`)
    }
  }
  t.diagnostic(`${originals.length} files of Debian, ${copies.length} re-encoded, ${songs.length} found`)
  for (const [why, count] of meant) t.diagnostic(`${count} differences: ${why}`)
  assert.deepEqual(unexplained, [])
})

function fieldsThatDiffer(song: Song, probed: Probed): Field[] {
  const texts = (['title', 'artist', 'album'] as const).filter((field) => song[field] !== probed[field])
  // ffprobe counts an MP3's and an AAC file's lead-in as sound, and rounds a guess at an Ogg file's end.
  const isNear = Math.abs(song.durationMs - probed.durationMs) <= 80
  return isNear ? texts : [...texts, 'durationMs']
}

async function scan(t: TestContext, music: string, data: string): Promise<Song[]> {
  mkdirSync(data)
  const database = openSqlite(join(data, 'library.db'))
  const library = await openLibrary({
    database,
    folders: [music],
    dataDirectory: data,
    log: silentLog,
    clock: systemClock,
  })
  t.after(() => library.close())
  await library.scan()
  assert.deepEqual(library.failures(), [])
  const { view } = library
  return view.songs({}).slice(0, view.songCount)
}

/** The first value of a tag with several is what both sides show. */
async function probe(path: string): Promise<Probed> {
  const output = await runProcess('ffprobe', [
    ...['-v', 'error', '-of', 'json', '-show_entries'],
    ...['format=duration:format_tags:stream_tags', path],
  ])
  const { format, streams = [] } = JSON.parse(output) as {
    format: { duration: string; tags?: Record<string, string> }
    streams?: { tags?: Record<string, string> }[]
  }
  const tags = new Map<string, string>()
  for (const all of [...streams.map((stream) => stream.tags), format.tags])
    for (const [name, value] of Object.entries(all ?? {})) tags.set(name.toLowerCase(), value.trim())
  return {
    title: tags.get('title') ?? '',
    artist: tags.get('artist') ?? '',
    album: tags.get('album') ?? '',
    durationMs: Number(format.duration) * 1000,
  }
}

async function reencode(path: string, index: number, into: string): Promise<string> {
  mkdirSync(into, { recursive: true })
  const [ending = '', ...args] = formats[index % formats.length] ?? []
  const target = join(into, `${index} ${basename(path, extname(path))}.${ending}`)
  // Ogg keeps its tags on the stream, the others want them on the file.
  await runProcess('ffmpeg', [
    ...['-v', 'error', '-y', '-t', String(cutSeconds), '-i', path, '-map', '0:a', '-map_metadata', '0:s:0'],
    ...['-metadata', `album=Again ${index % 5}`, '-metadata', `track=${index + 1}`, ...args, target],
  ])
  return target
}

function link(path: string, folder: string): void {
  mkdirSync(folder, { recursive: true })
  symlinkSync(path, join(folder, basename(path)))
}

function audioFilesOf(name: string): string[] {
  const { stdout } = spawnSync('dpkg-query', ['-L', name], { encoding: 'utf8' })
  return stdout.split('\n').filter((path) => isAudio.test(path))
}

function hasPackages(t: TestContext): boolean {
  const missing = packages.filter((name) => audioFilesOf(name).length === 0)
  if (missing.length === 0) return true
  const says = `needs Debian's ${missing.join(', ')}`
  if (process.env['TONEARM_REQUIRE_PEERS'] === '1') throw new Error(says)
  t.skip(says)
  return false
}

/** Results in the order of the items; two at work at once. */
async function eachOfTwo<Item, Result>(
  items: readonly Item[],
  work: (item: Item, index: number) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = []
  const waiting = [...items.entries()]
  const worker = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift())
      results[next[0]] = await work(next[1], next[0])
  }
  await Promise.all([worker(), worker()])
  return results
}

function temporaryFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'tonearm-music-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}
