// A realistic library of so many songs, made without any other program: the same to the byte each time.
// Made once and kept outside the checkout: node bench/library/generate.ts --tracks 100000

import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { type Album, albumsOf, type Format, type Song } from './catalogue.ts'
import { flac } from './files/flac.ts'
import { m4a } from './files/m4a.ts'
import { mp3 } from './files/mp3.ts'
import { opus } from './files/opus.ts'
import { picture } from './files/picture.ts'

/** Raise it when the made files change: older ones are then not taken for these. */
const generation = 1
const mostTracks = 2_000_000
const playlistCount = 40
const songsInPlaylist = 60

export interface MadeLibrary {
  /** Folder with the music and nothing else. */
  readonly folder: string
  readonly tracks: number
  readonly albums: number
  readonly albumArtists: number
  readonly distinctTitles: number
  readonly playlists: number
  readonly bytes: number
}

export interface MakeOptions {
  readonly tracks: number
  /** Where made libraries are kept. */
  readonly cache?: string
  onProgress?(done: number): void
}

const writers: Readonly<Record<Format, (song: Song, picture: Uint8Array | undefined) => Buffer>> = {
  mp3,
  m4a,
  flac,
  opus,
}

/** Outside the checkout, so that nothing watches, lints or commits it. */
export function defaultCache(): string {
  return process.env['TONEARM_BENCH_CACHE'] ?? join(tmpdir(), 'tonearm-bench')
}

/** The library of so many songs: that made before, or a new one. */
export function libraryOf({ tracks, cache = defaultCache(), onProgress }: MakeOptions): MadeLibrary {
  if (!Number.isInteger(tracks) || tracks < 1 || tracks > mostTracks)
    throw new RangeError(`tracks must be a whole number from 1 to ${mostTracks}`)
  const place = join(resolve(cache), `library-${tracks}-v${generation}`)
  const known = join(place, 'library.json')
  if (existsSync(known))
    return { ...(JSON.parse(readFileSync(known, 'utf8')) as MadeLibrary), folder: join(place, 'music') }
  // Renamed when whole: neither a killed maker nor two at once leave half a library.
  const unfinished = `${place}.${process.pid}`
  rmSync(unfinished, { recursive: true, force: true })
  try {
    const made = make(tracks, join(unfinished, 'music'), onProgress)
    writeFileSync(join(unfinished, 'library.json'), `${JSON.stringify(made, undefined, 2)}\n`)
    if (!existsSync(known)) renameSync(unfinished, place)
    return { ...made, folder: join(place, 'music') }
  } finally {
    rmSync(unfinished, { recursive: true, force: true })
  }
}

function make(
  tracks: number,
  folder: string,
  onProgress: MakeOptions['onProgress'],
): Omit<MadeLibrary, 'folder'> {
  const titles = new Set<string>()
  const artists = new Set<string>()
  const counts = { tracks: 0, albums: 0, bytes: 0 }
  const listed: string[] = []
  for (const album of albumsOf(tracks)) {
    counts.bytes += writeAlbum(folder, album)
    counts.albums += 1
    counts.tracks += album.songs.length
    for (const { tags, path, seed } of album.songs) {
      titles.add(tags.title)
      artists.add(tags.albumArtist ?? tags.artist)
      if (seed % Math.ceil(tracks / (playlistCount * songsInPlaylist)) === 0) listed.push(path)
    }
    onProgress?.(counts.tracks)
  }
  const playlists = writePlaylists(folder, listed)
  return { ...counts, albumArtists: artists.size, distinctTitles: titles.size, playlists }
}

function writeAlbum(folder: string, album: Album): number {
  const place = join(folder, album.folder)
  mkdirSync(place, { recursive: true })
  const cover = album.picture && picture(album.picture.seed)
  const isInside = album.picture?.place === 'in each song'
  let bytes = 0
  for (const song of album.songs) {
    const content = writers[song.format](song, isInside ? cover : undefined)
    writeFileSync(join(folder, song.path), content)
    bytes += content.length
  }
  if (cover && !isInside) writeFileSync(join(place, 'cover.png'), cover)
  return bytes
}

function writePlaylists(folder: string, paths: readonly string[]): number {
  const place = join(folder, 'Playlists')
  mkdirSync(place, { recursive: true })
  const count = Math.min(playlistCount, paths.length)
  for (let at = 0; at < count; at += 1) {
    const lines = paths.filter((_, index) => index % count === at).map((path) => `../${path}`)
    writeFileSync(join(place, `Mix ${at + 1}.m3u8`), `#EXTM3U\n${lines.join('\n')}\n`)
  }
  return count
}

const help = `Usage: node bench/library/generate.ts [--tracks N] [--cache DIR] [--json]

Makes a library of N songs (100000 when not said) unless it was made before, and prints its folder.
It is kept in DIR, else $TONEARM_BENCH_CACHE, else "tonearm-bench" in the system's folder for temporary files.`

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      tracks: { type: 'string', default: '100000' },
      cache: { type: 'string' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) console.log(help)
  else {
    const onProgress = process.stderr.isTTY
      ? (done: number) => process.stderr.write(`\r${done} songs `)
      : undefined
    const made = libraryOf({
      tracks: Number(values.tracks),
      ...(values.cache !== undefined && { cache: values.cache }),
      ...(onProgress && { onProgress }),
    })
    console.log(values.json ? JSON.stringify(made) : made.folder)
  }
}
