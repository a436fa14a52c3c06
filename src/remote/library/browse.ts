// What there is: artists, albums, songs, playlists, and what matches a few words.

import type { ContentCode, EndpointName } from '../../protocol/index.ts'
import { child, children, type DmapContainer } from '../../protocol/index.ts'
import type { HostSession, Query } from '../talk/session.ts'
import {
  type Album,
  type Artist,
  albumFields,
  albumOf,
  artistFields,
  artistOf,
  idNumber,
  type Letter,
  type Page,
  type Playlist,
  playlistFields,
  playlistOf,
  type Song,
  songFields,
  songOf,
} from './items.ts'
import { containsAll, equals, hasAlbum, hasArtist } from './queries.ts'
import { rankedSearch } from './ranked-search.ts'

export interface PageOptions {
  /** From 0. */
  readonly offset?: number
  /** All of them when left out. */
  readonly count?: number
  /** Also say where each letter starts: in the whole list on our own hosts, elsewhere in this part of it. */
  readonly withLetters?: boolean
  readonly signal?: AbortSignal | undefined
}

/** Which songs; of several the first counts. */
export interface SongChoice {
  /** 16 hex digits, as the next. */
  readonly albumId?: string
  readonly artistId?: string
  /** The name on the song itself, on whosever album it is. Of songs only. */
  readonly songArtist?: string
  readonly genre?: string
  readonly composer?: string
}

/** As the wire calls them. */
export const orderNames = {
  title: 'name',
  album: 'album',
  artist: 'artist',
  genre: 'genre',
  composer: 'composer',
  time: 'time',
  rating: 'rating',
  playCount: 'playcount',
  added: 'dateadded', // on our own hosts
} as const
export type SongOrder = keyof typeof orderNames

interface ListRequest<Item> {
  readonly name: EndpointName
  readonly root: ContentCode
  readonly params?: Readonly<Record<string, string>>
  readonly query: Query
  readonly read: (item: DmapContainer) => Item
  /** Whether the item is one that was asked for, where hosts ignore queries. */
  readonly isAsked?: (item: Item) => boolean
}

/** A whole library's listing may take a slow host a while. */
const listTimeoutMs = 60_000

/** The library as lists. Every list comes in the host's own order. */
export function browsing(session: HostSession) {
  return {
    /** Album artists by name; or those with all these words in it. */
    artists: (options: PageOptions & { withWords?: readonly string[] } = {}): Promise<Page<Artist>> =>
      list(
        session,
        {
          name: 'groups',
          root: 'agar',
          query: [
            ['meta', artistFields],
            ['type', 'music'],
            ['group-type', 'artists'],
            ['sort', 'artist'],
            ['query', options.withWords ? containsAll(options.withWords, ['daap.songartist']) : hasArtist],
          ],
          read: artistOf,
        },
        options,
      ),

    /** All albums by artist, or by title; an artist's, a genre's …; or those with all these words in title or artist. */
    albums: (
      options: PageOptions & SongChoice & { sort?: 'artist' | 'title'; withWords?: readonly string[] } = {},
    ): Promise<Page<Album>> =>
      list(
        session,
        {
          name: 'groups',
          root: 'agal',
          query: [
            ['meta', albumFields],
            ['type', 'music'],
            ['group-type', 'albums'],
            ['sort', options.sort === 'title' ? 'album' : 'artist'],
            ['query', albumsQuery(options)],
          ],
          read: albumOf,
          // An album of several artists may carry another artist's id, or none.
        },
        options,
      ),

    /** All songs by title, or one album's, artist's … in album order; or in another order. */
    async songs(
      options: PageOptions & SongChoice & { sort?: SongOrder; isDescending?: boolean } = {},
    ): Promise<Page<Song>> {
      const { albumId } = options
      const chosen = choiceQuery(options)
      const filter: Query = chosen === undefined ? [] : [['query', chosen]]
      const usual: SongOrder = chosen === undefined ? 'title' : 'album'
      return list(
        session,
        {
          ...(await baseItems(session, options.signal)),
          query: [
            ['meta', songFields],
            ['type', 'music'],
            ['sort', orderNames[options.sort ?? usual]],
            ...(options.isDescending ? ([['invert-sort-order', '1']] as const) : []),
            ...filter,
          ],
          ...(albumId === undefined ? {} : { isAsked: (song: Song) => song.albumId === albumId }),
        },
        options,
      )
    },

    /** All playlists in the host's order, the one of everything first. */
    playlists: (options: PageOptions = {}): Promise<Page<Playlist>> =>
      list(
        session,
        { name: 'containers', root: 'aply', query: [['meta', playlistFields]], read: playlistOf },
        options,
      ),

    /** A playlist's songs in its own order; each says its `playlistEntryId`. */
    playlistSongs: (playlistId: number, options: PageOptions = {}): Promise<Page<Song>> =>
      list(
        session,
        {
          name: 'containerItems',
          root: 'apso',
          params: { container: String(playlistId) },
          query: [
            ['meta', songFields],
            ['type', 'music'],
            ['sort', 'physical'],
          ],
          read: songOf,
        },
        options,
      ),

    /**
     * Songs that match every word: by rank on our own hosts, else by DAAP's *contains* in title, artist and album.
     * Empty text matches nothing.
     */
    async search(text: string, options: PageOptions = {}): Promise<Page<Song>> {
      const words = text.trim().split(/\s+/).filter(Boolean).slice(0, 20)
      if (words.length === 0) return { total: 0, offset: 0, items: [], letters: [] }
      if (session.facts.quirks.hasApi) return rankedSearch(session, words.join(' '), options)
      return list(
        session,
        {
          ...(await baseItems(session, options.signal)),
          query: [
            ['meta', songFields],
            ['type', 'music'],
            ['sort', 'name'],
            ['query', containsAll(words)],
          ],
          isAsked: (song: Song) => words.every((word) => hasWord(song, word)),
        },
        options,
      )
    },
  }
}

function albumsQuery(options: SongChoice & { withWords?: readonly string[] }): string {
  const chosen = choiceQuery(options)
  if (chosen !== undefined) return chosen
  if (options.withWords) return containsAll(options.withWords, ['daap.songalbum', 'daap.songartist'])
  return hasAlbum
}

function choiceQuery({ albumId, artistId, songArtist, genre, composer }: SongChoice): string | undefined {
  if (albumId !== undefined) return equals('daap.songalbumid', idNumber(albumId))
  if (artistId !== undefined) return equals('daap.songartistid', idNumber(artistId))
  if (songArtist !== undefined) return equals('daap.songartist', songArtist)
  if (genre !== undefined) return equals('daap.songgenre', genre)
  return composer === undefined ? undefined : equals('daap.songcomposer', composer)
}

/** Songs are asked for through the playlist of everything, as Apple's Remote does. */
async function baseItems(session: HostSession, signal: AbortSignal | undefined) {
  const { basePlaylistId } = await session.libraryIds(signal)
  return {
    name: 'containerItems',
    root: 'apso',
    params: { container: String(basePlaylistId) },
    read: songOf,
  } as const
}

async function list<Item>(
  session: HostSession,
  request: ListRequest<Item>,
  { offset = 0, count, withLetters = false, signal }: PageOptions,
): Promise<Page<Item>> {
  const library = await session.libraryIds(signal)
  const index: Query = offset === 0 && count === undefined ? [] : [['index', indexOf(offset, count)]]
  const lettersOfAll = session.facts.quirks.hasApi ? '2' : '1'
  const letters: Query = withLetters ? [['include-sort-headers', lettersOfAll]] : []
  const tree = await session.tree(
    request.name,
    request.root,
    { database: String(library.id), ...request.params },
    [...request.query, ...letters, ...index],
    { signal, timeoutMs: listTimeoutMs },
  )
  const read = children(child(tree, 'mlcl') ?? [], 'mlit').map(request.read)
  const isChecked = request.isAsked !== undefined && session.facts.quirks.ignoresBadQueries
  const items = isChecked ? read.filter(request.isAsked) : read
  return {
    total:
      isChecked && items.length < read.length ? offset + items.length : (child(tree, 'mtco') ?? items.length),
    offset,
    items: count === 0 ? [] : items,
    letters: lettersOf(tree),
  }
}

/** None at all cannot be asked for: one is, for the total that comes with it. */
function indexOf(offset: number, count: number | undefined): string {
  return count === undefined ? `${offset}-` : `${offset}-${offset + Math.max(1, count) - 1}`
}

export function lettersOf(tree: DmapContainer): Letter[] {
  return children(child(tree, 'mshl') ?? [], 'mlit').map((header) => ({
    letter: String.fromCharCode(child(header, 'mshc') ?? 0x30),
    offset: child(header, 'mshi') ?? 0,
    count: child(header, 'mshn') ?? 0,
  }))
}

function hasWord(song: Song, word: string): boolean {
  const wanted = folded(word)
  return [song.title, song.artist, song.albumArtist, song.album].some((text) => folded(text).includes(wanted))
}

function folded(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase()
}
