// Lists of the library: artists, albums, songs, playlists, and what matches some words.

import { KnownError } from '../../errors.ts'
import type { Album, Artist, Page, PageOptions, Playlist, Remote, Song } from '../../remote/node.ts'
import { doingWithRemote, newCommand, type Work, wholeNumber } from '../command.ts'
import { type Column, jsonLine, line, table } from '../terminal/output.ts'
import { timeText } from '../terminal/text.ts'
import { matchAlbum, matchArtist, matchPlaylist } from './best-match.ts'

interface ListOptions {
  readonly limit?: number
  readonly offset?: number
}

/** A list is fetched in parts of this many, so that a long one does not wait for its end. */
const pageSize = 2000

function listCommand(name: string, says: string, example: string) {
  return newCommand({ name, says, example, isData: true, isRemote: true })
    .option('--limit <count>', 'at most this many', wholeNumber(1, 10_000_000))
    .option('--offset <count>', 'leave out so many at the beginning', wholeNumber(0, 10_000_000))
}

export const artistsCommand = doingWithRemote<ListOptions>(
  listCommand('artists', 'List the artists.', 'artists'),
  async (remote, given) => {
    const artists = await collected(given, (page) => remote.artists(page))
    show(given, artists, artistColumns, artistRow)
  },
)

export const albumsCommand = doingWithRemote<ListOptions & { artist?: string }>(
  listCommand('albums', 'List the albums.', 'albums --artist "miles davis"').option(
    '--artist <name>',
    'only of this artist',
  ),
  async (remote, given) => {
    const { artist } = given.options
    const filter =
      artist === undefined ? {} : { artistId: (await matchArtist(remote, artist, given.signal)).id }
    const albums = await collected(given, (page) => remote.albums({ ...page, ...filter }))
    show(given, albums, albumColumns, albumRow)
  },
)

interface SongOptions extends ListOptions {
  readonly album?: string
  readonly artist?: string
  readonly playlist?: string
}

export const songsCommand = doingWithRemote<SongOptions>(
  listCommand(
    'songs',
    'List songs: all by title, or those of one album, artist or playlist.',
    'songs --album blue',
  )
    .option('--album <name>', 'only of this album')
    .option('--artist <name>', 'only of this artist')
    .option('--playlist <name>', 'only of this playlist'),
  async (remote, given) => {
    const songs = await collected(given, await songSource(remote, given))
    show(given, songs, songColumns, songRow)
  },
)

async function songSource(remote: Remote, { options, signal }: Work<SongOptions>) {
  const { album, artist, playlist } = options
  if (playlist !== undefined) {
    const { id } = await matchPlaylist(remote, playlist, signal)
    return (page: PageOptions) => remote.playlistSongs(id, page)
  }
  if (album !== undefined) {
    const { id } = await matchAlbum(remote, album, signal)
    return (page: PageOptions) => remote.songs({ ...page, albumId: id })
  }
  if (artist !== undefined) {
    const { id } = await matchArtist(remote, artist, signal)
    return (page: PageOptions) => remote.songs({ ...page, artistId: id })
  }
  return (page: PageOptions) => remote.songs(page)
}

/** A part of `tonearm playlists` (playlists.ts), and what it does when nothing else is said. */
export const playlistListCommand = doingWithRemote<ListOptions>(
  listCommand('list', 'List them.', 'playlists'),
  async (remote, given) => {
    const playlists = await collected(given, (page) => remote.playlists(page))
    show(given, playlists, playlistColumns, playlistRow)
  },
)

/** What `/api/search` gives at most. */
const mostHits = 500

export const searchCommand = doingWithRemote<ListOptions>(
  listCommand('search', 'List the songs that match every word.', 'search miles blue').argument(
    '<text...>',
    'words',
  ),
  async (remote, given) => {
    const { limit = 50, offset = 0 } = given.options
    const page = await remote.search(given.words.join(' '), {
      offset,
      count: Math.min(limit, mostHits),
      signal: given.signal,
    })
    if (page.items.length === 0 && !given.options.json)
      throw new KnownError('NO_MATCH', { text: given.words.join(' ') })
    show(given, page.items, songColumns, songRow)
    const left = page.total - offset - page.items.length
    if (!given.options.json && left > 0 && process.stdout.isTTY) line(`… and ${left} more (--limit)`)
  },
)

async function collected<Item>(
  { options, signal }: Work<ListOptions>,
  read: (page: PageOptions) => Promise<Page<Item>>,
): Promise<Item[]> {
  const items: Item[] = []
  const { offset: start = 0, limit = Number.POSITIVE_INFINITY } = options
  for (;;) {
    const count = Math.min(pageSize, limit - items.length)
    const page = await read({ offset: start + items.length, count, signal })
    items.push(...page.items)
    if (page.items.length < count || items.length >= limit) return items.slice(0, limit)
  }
}

function show<Item>(
  { options }: Work,
  items: readonly Item[],
  columns: readonly Column[],
  row: (item: Item) => string[],
): void {
  if (options.json) jsonLine(items)
  else table(columns, items.map(row))
}

const artistColumns: Column[] = [
  { title: 'ARTIST', isElastic: true },
  { title: 'ALBUMS', align: 'right' },
  { title: 'SONGS', align: 'right' },
]
const artistRow = ({ name, albumCount, songCount }: Artist) => [name, String(albumCount), String(songCount)]

const albumColumns: Column[] = [
  { title: 'ALBUM', isElastic: true },
  { title: 'ARTIST', isElastic: true },
  { title: 'YEAR', align: 'right' },
  { title: 'SONGS', align: 'right' },
]
const albumRow = ({ title, artist, year, songCount }: Album) => [
  title,
  artist,
  year > 0 ? String(year) : '',
  String(songCount),
]

export const songColumns: Column[] = [
  { title: 'TITLE', isElastic: true },
  { title: 'ARTIST', isElastic: true },
  { title: 'ALBUM', isElastic: true },
  { title: 'TIME', align: 'right' },
]
export const songRow = ({ title, artist, album, durationMs }: Song) => [
  title,
  artist,
  album,
  timeText(durationMs),
]

const playlistColumns: Column[] = [
  { title: 'PLAYLIST', isElastic: true },
  { title: 'SONGS', align: 'right' },
  { title: 'KIND' },
]
const playlistRow = ({ name, songCount, isSmart, isFolder, isBase }: Playlist) => [
  name,
  String(songCount),
  isBase ? 'everything' : isFolder ? 'folder' : isSmart ? 'smart' : '',
]
