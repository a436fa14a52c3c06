// A library in memory that behaves as the real one does, for tests of who asks it: no files, no scan.

import { fold } from '../../src/library/fold.ts'
import type {
  Album,
  Artist,
  Artwork,
  GroupListing,
  Library,
  LibraryView,
  Listing,
  Playlist,
  PlaylistEntry,
  Song,
  SongFilter,
  SongListing,
  SongQuestion,
  SongSort,
  SortHeader,
} from '../../src/library/index.ts'
import { groupTableOf, tableOf } from './song-table.ts'

/** A song of which only what matters is said; its path is where no file is unless one is named. */
export type FakeSong = Partial<Song> & { readonly title: string }

export interface FakePlaylist {
  readonly name: string
  /** Titles of its songs in order; one may be there twice. */
  readonly titles: readonly string[]
}

export interface FakeLibraryOptions {
  readonly songs: readonly FakeSong[]
  readonly playlists?: readonly FakePlaylist[]
  /** Titles of songs that have a picture. */
  readonly pictures?: Readonly<Record<string, Artwork>>
}

export const fakePicture: Artwork = { bytes: new Uint8Array([0xff, 0xd8, 0xff]), mimeType: 'image/jpeg' }

export function fakeLibrary(options: FakeLibraryOptions): Library {
  const songs = completeSongs(options)
  const view = viewOf(songs, options.playlists ?? [])
  const pictureOf = (song: Song | undefined) => (song ? options.pictures?.[song.title] : undefined)
  function change(id: number, values: Partial<Song>): void {
    const place = songs.findIndex((song) => song.id === id)
    const song = songs[place]
    if (song) songs[place] = { ...song, ...values }
  }
  return {
    folders: ['/nowhere'],
    setFolders() {},
    view,
    changedSince: (_, signal) =>
      new Promise((_, reject) =>
        signal.addEventListener('abort', () => reject(signal.reason), { once: true }),
      ),
    scan: async () => ({ tracks: songs.length, added: 0, changed: 0, removed: 0, failed: 0, seconds: 0 }),
    async cancelScan() {},
    follow() {},
    progress: { state: 'idle', filesFound: 0, filesRead: 0, last: undefined },
    onProgress: () => ({ close() {} }),
    failures: () => [],
    songArtwork: async (id) => pictureOf(view.song(id)),
    albumArtwork: async (id) =>
      pictureOf(songs.find((song) => song.albumId === view.album(id)?.persistentId)),
    artistArtwork: async (id) =>
      pictureOf(songs.find((song) => song.artistId === view.artist(id)?.persistentId)),
    lyrics: async () => undefined,
    setRating: (id, ratingPercent) => change(id, { ratingPercent }),
    setLiked: (id, likedState) => change(id, { likedState }),
    countPlay() {},
    countSkip() {},
    similarTo: (id, limit) => similarIn(songs, id).slice(0, limit),
    hasSimilar: (id) => similarIn(songs, id).length > 0,
    playlists: noBook,
    async close() {},
  }
}

/** Playlists are edited in a real library: `musicFolder`. */
const noBook = new Proxy({} as Library['playlists'], {
  get() {
    throw new Error('the fake library has no playlists to edit')
  },
})

// --- songs

/** Above 2^63, so that a test notices who reads them as signed. */
const firstGroupId = 0xf000_0000_0000_0000n

function completeSongs({ songs, pictures = {} }: FakeLibraryOptions): Song[] {
  const groupIds = new Map<string, bigint>()
  const groupId = (key: string) => {
    const id = groupIds.get(key) ?? firstGroupId + BigInt(groupIds.size)
    groupIds.set(key, id)
    return id
  }
  return songs.map((song, index) => {
    const artist = song.artist ?? 'Somebody'
    const albumArtist = song.albumArtist ?? artist
    const album = song.album ?? 'Something'
    return {
      ...emptySong,
      id: index + 11,
      persistentId: 0x1000n + BigInt(index),
      path: `/nowhere/${index}.mp3`,
      artist,
      albumArtist,
      album,
      titleSort: song.title,
      artistSort: artist,
      albumArtistSort: albumArtist,
      albumSort: album,
      albumId: groupId(`album\0${albumArtist}\0${album}`),
      artistId: groupId(`artist\0${albumArtist}`),
      hasArtwork: song.title in pictures,
      ...song,
    }
  })
}

const emptySong: Omit<Song, 'id' | 'persistentId' | 'path' | 'albumId' | 'artistId'> = {
  title: '',
  artist: '',
  albumArtist: '',
  album: '',
  composer: '',
  genre: '',
  comment: '',
  grouping: '',
  description: '',
  titleSort: '',
  artistSort: '',
  albumArtistSort: '',
  albumSort: '',
  composerSort: '',
  trackNumber: 0,
  trackCount: 0,
  discNumber: 0,
  discCount: 0,
  year: 0,
  bpm: 0,
  isCompilation: false,
  durationMs: 0,
  sizeBytes: 0,
  bitrateKbps: 0,
  sampleRateHz: 0,
  bitsPerSample: 0,
  channels: 2,
  format: 'mp3',
  codec: 'mpeg',
  hasArtwork: false,
  hasLyrics: false,
  mediaKind: 1,
  addedAt: 0,
  modifiedAt: 0,
  releasedAt: 0,
  lastPlayedAt: 0,
  lastSkippedAt: 0,
  playCount: 0,
  skipCount: 0,
  ratingPercent: 0,
  likedState: 0,
  leadInSamples: 0,
  paddingSamples: 0,
  totalSamples: 0,
  replayGain: undefined,
}

/** Of the same genre. */
function similarIn(songs: readonly Song[], id: number): Song[] {
  const genre = songs.find((song) => song.id === id)?.genre
  return songs.filter((song) => song.id !== id && song.genre !== '' && song.genre === genre)
}

// --- the view

function viewOf(songs: readonly Song[], fakePlaylists: readonly FakePlaylist[]): LibraryView {
  const albums = albumsOf(songs)
  const artists = artistsOf(songs)
  const playlists = playlistsOf(songs, fakePlaylists)
  const entriesOf = (id: number) => entriesIn(songs, fakePlaylists[id - firstOrdinary])

  return {
    revision: 2,
    songCount: songs.length,
    table: tableOf(songs),
    songs: (question) => songListing(songs, question, entriesOf),
    song: (id) => songs.find((song) => song.id === id),
    songByPersistentId: (id) => songs.find((song) => song.persistentId === id),
    albums({ filter, sort }) {
      const found = albumsOf(songs.filter((song) => passes(song, filter)))
      return groupListingOf(found, (album) => (sort === 'artist' ? album.artistSort : album.nameSort))
    },
    artists({ filter }) {
      const found = artistsOf(songs.filter((song) => passes(song, filter)))
      return groupListingOf(found, (artist) => artist.nameSort)
    },
    album: (id) => albums.find((album) => album.id === id),
    artist: (id) => artists.find((artist) => artist.id === id),
    distinct(field, filter) {
      const texts = songs.filter((song) => passes(song, filter)).map((song) => song[field])
      return listingOf([...new Set(texts)].filter(Boolean), (text) => text)
    },
    playlists: () => playlists,
    playlist: (id) => playlists.find((playlist) => playlist.id === id),
    search(text, limit) {
      const found = songs.filter((song) => fold(song.title).includes(fold(text)))
      return { songs: found.slice(0, limit), total: found.length }
    },
  }
}

/** The 32-bit id of an album or artist, from its place among the 64-bit ones. */
function groupItemId(persistentId: bigint): number {
  return Number(BigInt.asUintN(16, persistentId)) + 1
}

function albumsOf(songs: readonly Song[]): Album[] {
  return [...Map.groupBy(songs, (song) => song.albumId)].flatMap(
    ([persistentId, [first, ...more]], index) => {
      if (first === undefined || first.album === '') return []
      return {
        id: index + 1,
        persistentId,
        name: first.album,
        nameSort: first.albumSort,
        artist: first.albumArtist,
        artistSort: first.albumArtistSort,
        artistId: first.artistId,
        songCount: more.length + 1,
        durationMs: more.reduce((sum, song) => sum + song.durationMs, first.durationMs),
        year: first.year,
        isCompilation: first.isCompilation,
      }
    },
  )
}

function artistsOf(songs: readonly Song[]): Artist[] {
  return [...Map.groupBy(songs, (song) => song.artistId)].flatMap(([persistentId, all]) => {
    const [first] = all
    if (first === undefined || first.albumArtist === '') return []
    return {
      id: groupItemId(persistentId),
      persistentId,
      name: first.albumArtist,
      nameSort: first.albumArtistSort,
      albumCount: new Set(all.map((song) => song.albumId)).size,
      songCount: all.length,
    }
  })
}

const baseId = 1
const musicId = 2
const firstOrdinary = 20

function playlistsOf(songs: readonly Song[], fakes: readonly FakePlaylist[]): Playlist[] {
  const music = songs.filter((song) => song.mediaKind === 1)
  const common = { specialNumber: 0, parentId: 0, editing: 'none' } as const
  return [
    { ...common, id: baseId, persistentId: 1n, name: 'Library', kind: 'base', songCount: songs.length },
    {
      ...common,
      id: musicId,
      persistentId: 2n,
      name: 'Music',
      kind: 'special',
      specialNumber: 6,
      songCount: music.length,
    },
    ...fakes.map(
      ({ name, titles }, index): Playlist => ({
        ...common,
        id: firstOrdinary + index,
        persistentId: BigInt(firstOrdinary + index),
        name,
        kind: 'file',
        songCount: titles.length,
      }),
    ),
  ]
}

function entriesIn(songs: readonly Song[], playlist: FakePlaylist | undefined): PlaylistEntry[] | undefined {
  return playlist?.titles.map((title, index) => ({
    entryId: index + 1,
    songId: songs.find((song) => song.title === title)?.id ?? 0,
  }))
}

// --- questions

function songListing(
  songs: readonly Song[],
  question: SongQuestion,
  entriesOf: (playlistId: number) => PlaylistEntry[] | undefined,
): SongListing {
  const { filter, playlistId = baseId, isDescending = false } = question
  const given = entriesOf(playlistId)
  const byId = new Map(songs.map((song) => [song.id, song]))
  const rowOf = new Map(songs.map((song, row) => [song, row]))
  const rows = (given ?? songs.map((song) => ({ entryId: song.id, songId: song.id })))
    .map((entry) => ({ entry, song: byId.get(entry.songId) }))
    .filter((row): row is { entry: PlaylistEntry; song: Song } => row.song !== undefined)
    .filter(({ song }) => (playlistId === musicId ? song.mediaKind === 1 : true))
    .filter(({ song }) => passes(song, filter))
  const sort = question.sort ?? (given ? 'playlist' : 'album')
  const key = sortKeys[sort]
  const ordered = key ? rows.toSorted((one, other) => inOrder(key(one.song), key(other.song))) : rows
  if (isDescending) ordered.reverse()
  const listing = listingInOrder(
    ordered.map(({ song }) => song),
    (song) => key?.(song)[0] ?? song.titleSort,
  )
  const rowsInOrder = Uint32Array.from(ordered, ({ song }) => rowOf.get(song) ?? 0)
  return {
    ...listing,
    rows: rowsInOrder,
    firstRows: (count) => rowsInOrder.subarray(0, count),
    entryIds: () => (given ? Uint32Array.from(ordered, ({ entry }) => entry.entryId) : undefined),
    ids: () => Uint32Array.from(ordered, ({ song }) => song.id),
    entries: () => (given ? ordered.map(({ entry }) => entry) : undefined),
  }
}

type Key = readonly [string, ...(string | number)[]]

const sortKeys: Readonly<Record<SongSort, ((song: Song) => Key) | undefined>> = {
  title: (song) => [song.titleSort],
  album: (song) => [song.albumArtistSort, song.albumSort, song.discNumber, song.trackNumber],
  artist: (song) => [song.artistSort, song.albumSort, song.discNumber, song.trackNumber],
  genre: (song) => [song.genre],
  composer: (song) => [song.composerSort],
  releasedAt: (song) => ['', song.releasedAt],
  durationMs: (song) => ['', song.durationMs],
  ratingPercent: (song) => ['', song.ratingPercent],
  playCount: (song) => ['', song.playCount],
  addedAt: (song) => ['', song.addedAt],
  playlist: undefined,
}

function inOrder(one: Key, other: Key): number {
  for (const [index, part] of one.entries()) {
    const order = comparePart(part, other[index] ?? '')
    if (order !== 0) return order
  }
  return 0
}

function comparePart(one: string | number, other: string | number): number {
  if (typeof one === 'number' || typeof other === 'number') return Number(one) - Number(other)
  const lastOnes = Number(letterOf(one) === '0') - Number(letterOf(other) === '0')
  return lastOnes || fold(one).localeCompare(fold(other), 'en')
}

function listingOf<Item>(items: readonly Item[], textOf: (item: Item) => string): Listing<Item> {
  return listingInOrder(
    items.toSorted((one, other) => comparePart(textOf(one), textOf(other))),
    textOf,
  )
}

function groupListingOf<Group extends Album | Artist>(
  groups: readonly Group[],
  textOf: (group: Group) => string,
): GroupListing<Group> {
  const listing = listingOf(groups, textOf)
  const inOrder = listing.slice(0, groups.length)
  return { ...listing, rows: Uint32Array.from(inOrder.keys()), table: groupTableOf(inOrder) }
}

function listingInOrder<Item>(items: readonly Item[], textOf: (item: Item) => string): Listing<Item> {
  return {
    length: items.length,
    slice: (from, to) => items.slice(from, to),
    sortHeaders: () => headersOf(items.map((item) => letterOf(textOf(item)))),
  }
}

function letterOf(text: string): string {
  const letter = fold(text).charAt(0).toUpperCase()
  return /[A-Z]/.test(letter) ? letter : '0'
}

function headersOf(letters: readonly string[]): SortHeader[] {
  const headers: SortHeader[] = []
  for (const [index, letter] of letters.entries()) {
    if (letter === '0') continue
    const last = headers.at(-1)
    if (last?.letter === letter) headers[headers.length - 1] = { ...last, count: last.count + 1 }
    else headers.push({ letter, index, count: 1 })
  }
  const others = letters.filter((letter) => letter === '0').length
  return [...headers, { letter: '0', index: letters.length - others, count: others }]
}

function inRange(value: number, from: number, to: number): boolean {
  return value >= from && value <= to
}

function passes(song: Song, filter: SongFilter | undefined): boolean {
  if (filter === undefined || 'all' in filter) return true
  if ('none' in filter) return false
  if ('and' in filter) return filter.and.every((part) => passes(song, part))
  if ('or' in filter) return filter.or.some((part) => passes(song, part))
  if ('not' in filter) return !passes(song, filter.not)
  if ('number' in filter) return BigInt.asUintN(64, BigInt(song[filter.number])) === filter.equals
  if ('range' in filter) return inRange(Number(song[filter.range]), filter.from, filter.to)
  const texts = filter.text === 'anyArtist' ? [song.artist, song.albumArtist] : [song[filter.text]]
  const wanted = fold(filter.value)
  if (filter.match === 'empty') return texts.every((text) => text === '')
  return texts.map(fold).some((text) => {
    if (filter.match === 'exact') return text === wanted
    if (filter.match === 'contains') return text.includes(wanted)
    return filter.match === 'startsWith' ? text.startsWith(wanted) : text.endsWith(wanted)
  })
}
