// The music as the other rooms see it. A `LibraryView` never changes: each change makes the next one.

/**
 * One song as it is listed. Numbers are 0 and texts '' where nothing is known.
 * Its fields are read when they are asked for: name them, a spread or a structured clone of a song is empty.
 */
export interface Song {
  /** Unsigned 32-bit, ours; the song's name in paths. Never given to another song. */
  readonly id: number
  /** 64-bit, lasting over rescans, renames and retagging; below 2^53. */
  readonly persistentId: bigint
  /** Absolute path of the file. Never leaves this process but in the owner's own listings. */
  readonly path: string
  readonly title: string
  readonly artist: string
  /** The album's artist; the artist where the tags have none. */
  readonly albumArtist: string
  readonly album: string
  readonly composer: string
  readonly genre: string
  readonly comment: string
  readonly grouping: string
  readonly description: string
  readonly titleSort: string
  readonly artistSort: string
  readonly albumArtistSort: string
  readonly albumSort: string
  readonly composerSort: string
  readonly albumId: bigint
  /** Of the album artist. */
  readonly artistId: bigint
  readonly trackNumber: number
  readonly trackCount: number
  readonly discNumber: number
  readonly discCount: number
  readonly year: number
  readonly bpm: number
  readonly isCompilation: boolean
  readonly durationMs: number
  readonly sizeBytes: number
  readonly bitrateKbps: number
  readonly sampleRateHz: number
  readonly bitsPerSample: number
  readonly channels: number
  /** File ending as DAAP names it: mp3, m4a, flac, ogg, opus, wav, aif … */
  readonly format: string
  readonly codec: Codec
  readonly hasArtwork: boolean
  readonly hasLyrics: boolean
  /** DAAP's bit mask used as a value: 1 music, 4 podcast, 8 audiobook … */
  readonly mediaKind: number
  /** Unix seconds. */
  readonly addedAt: number
  readonly modifiedAt: number
  readonly releasedAt: number
  readonly lastPlayedAt: number
  readonly lastSkippedAt: number
  readonly playCount: number
  readonly skipCount: number
  /** 0 to 100, 20 a star. */
  readonly ratingPercent: number
  readonly likedState: LikedState
  /** Samples that a decoder adds in front of the sound and behind it, and how many the sound has without them. */
  readonly leadInSamples: number
  readonly paddingSamples: number
  readonly totalSamples: number
  /** Gains in dB and peaks as a factor; undefined where the file has none. */
  readonly replayGain: ReplayGain | undefined
}

export type Codec =
  | 'mpeg'
  | 'aac'
  | 'alac'
  | 'flac'
  | 'vorbis'
  | 'opus'
  | 'pcm'
  | 'wma'
  | 'ape'
  | 'musepack'
  | 'wavpack'
  | 'dsd'
  | 'other'

/** 0: nothing said, 2: liked, 3: disliked. DACP's values. */
export type LikedState = 0 | 2 | 3

export interface ReplayGain {
  readonly trackGainDb?: number
  readonly trackPeak?: number
  readonly albumGainDb?: number
  readonly albumPeak?: number
}

export interface Album {
  /** Unsigned 32-bit, for paths (artwork). */
  readonly id: number
  readonly persistentId: bigint
  readonly name: string
  readonly nameSort: string
  readonly artist: string
  readonly artistSort: string
  readonly artistId: bigint
  readonly songCount: number
  readonly durationMs: number
  readonly year: number
  readonly isCompilation: boolean
}

/** An album artist. */
export interface Artist {
  readonly id: number
  readonly persistentId: bigint
  readonly name: string
  readonly nameSort: string
  readonly albumCount: number
  readonly songCount: number
}

export interface Playlist {
  /** Unsigned 32-bit. 1 is the base playlist: the whole library. */
  readonly id: number
  readonly persistentId: bigint
  readonly name: string
  readonly kind: 'base' | 'special' | 'file' | 'edited' | 'smart' | 'folder'
  /** DAAP's aePS: 6 Music, 1 Podcasts, 7 Audiobooks …; 0 ordinary. */
  readonly specialNumber: number
  /** Id of the folder it is in; 0 at the top. */
  readonly parentId: number
  readonly songCount: number
  /** What a remote may change: the songs too, only the name (and whether it is there at all), or nothing. */
  readonly editing: 'songs' | 'name' | 'none'
  /** Of the lists that come with a new library, what they gather; undefined for all others. */
  readonly gathers?: 'recent' | 'top' | undefined
}

export interface PlaylistEntry {
  /** Unique within its playlist, unsigned 32-bit, from 1. */
  readonly entryId: number
  readonly songId: number
}

// --- questions

export type TextField =
  | 'title'
  | 'artist'
  | 'albumArtist'
  | 'anyArtist'
  | 'album'
  | 'composer'
  | 'genre'
  | 'comment'
  | 'grouping'
  | 'description'
  | 'format'
export type NumberField =
  | 'id'
  | 'persistentId'
  | 'albumId'
  | 'artistId'
  | 'trackNumber'
  | 'trackCount'
  | 'discNumber'
  | 'discCount'
  | 'year'
  | 'bpm'
  | 'isCompilation'
  | 'durationMs'
  | 'sizeBytes'
  | 'bitrateKbps'
  | 'sampleRateHz'
  | 'mediaKind'
  | 'addedAt'
  | 'modifiedAt'
  | 'releasedAt'
  | 'lastPlayedAt'
  | 'lastSkippedAt'
  | 'playCount'
  | 'skipCount'
  | 'ratingPercent'

/** Which songs. Text is compared by folded case and accents; `anyArtist` is artist or album artist. */
export type SongFilter =
  | { readonly all: true }
  | { readonly none: true }
  | { readonly and: readonly SongFilter[] }
  | { readonly or: readonly SongFilter[] }
  | { readonly not: SongFilter }
  | {
      readonly text: TextField
      readonly match: 'exact' | 'contains' | 'startsWith' | 'endsWith' | 'empty'
      readonly value: string
    }
  | { readonly number: NumberField; readonly equals: bigint }
  /** Both ends are in it; infinite ones are left open. Not for ids of albums and artists. */
  | { readonly range: RangeField; readonly from: number; readonly to: number }

export type RangeField = Exclude<NumberField, 'id' | 'persistentId' | 'albumId' | 'artistId'>

export type SongSort =
  | 'title'
  | 'album'
  | 'artist'
  | 'genre'
  | 'composer'
  | 'releasedAt'
  | 'durationMs'
  | 'ratingPercent'
  | 'playCount'
  | 'addedAt'
  | 'playlist'

export interface SongQuestion {
  readonly filter?: SongFilter
  /** Only songs of this playlist; in its order with sort 'playlist'. */
  readonly playlistId?: number
  /** Default: 'playlist' with a playlist other than the base one, else 'album'. */
  readonly sort?: SongSort
  readonly isDescending?: boolean
}

/** `letter` is A to Z, or '0' for everything else, which sorts last; `index` counts within the whole answer. */
export interface SortHeader {
  readonly letter: string
  readonly index: number
  readonly count: number
}

/** A field of all songs, by row. Never changes once it is seen: another value makes another array. */
export type Column = Uint8Array | Uint16Array | Uint32Array | Float32Array | Float64Array

/** 64-bit ids: of row r it is `values[r]`, or `values[places[r]]` where many rows share one. */
export interface IdColumn {
  readonly places?: Uint32Array
  readonly values: Float64Array | BigUint64Array
}

type FieldsOf<Value> = { [Field in keyof Song]: Song[Field] extends Value ? Field : never }[keyof Song]
export type SongText = Exclude<FieldsOf<string>, 'path'>
export type SongNumber = FieldsOf<number | boolean>
export type SongId = FieldsOf<bigint>

/** The songs of a view as columns, for who writes thousands of them at once. Rows are 0 to count - 1. */
export interface SongTable {
  readonly count: number
  /** Every distinct text once: number n is UTF-8 from `starts[n]` up to `starts[n + 1]`. Number 0 is ''. */
  readonly strings: { readonly utf8: Uint8Array; readonly starts: Uint32Array }
  /** Row → number of its text. */
  readonly texts: Readonly<Record<SongText, Uint32Array>>
  readonly numbers: Readonly<Record<SongNumber, Column>>
  readonly ids: Readonly<Record<SongId, IdColumn>>
  /** NaN where a song has none. */
  readonly gains: Readonly<Record<keyof ReplayGain, Float32Array>>
}

/** Albums or artists as columns, likewise. Rows are any numbers; a column that a kind of group lacks is left out. */
export interface GroupTable {
  readonly strings: SongTable['strings']
  readonly texts: { readonly name: Uint32Array; readonly artist: Uint32Array }
  readonly numbers: Readonly<Partial<Record<GroupNumber, Column>>>
  readonly ids: { readonly persistentId: IdColumn; readonly artistId: IdColumn }
}
export type GroupNumber = 'id' | 'songCount' | 'albumCount' | 'durationMs' | 'year' | 'isCompilation'

/** An answer in order, of which a window is looked at. */
export interface Listing<Item> {
  readonly length: number
  /** Items from `from` up to but without `to`, clipped. */
  slice(from: number, to: number): Item[]
  sortHeaders(): SortHeader[]
}

export interface SongListing extends Listing<Song> {
  /** Rows of all in the view's table, in order. The same array for the same question of the same view. */
  readonly rows: Uint32Array
  /** Item ids of all, in order. */
  ids(): Uint32Array
  /** The entries when asked for a playlist, in the same order as the songs; else undefined. */
  entries(): readonly PlaylistEntry[] | undefined
  /** Entry ids alone; undefined where each song is its own entry, under its item id. */
  entryIds(): Uint32Array | undefined
}

export interface GroupListing<Group> extends Listing<Group> {
  /** Rows of all in `table`, in order. */
  readonly rows: Uint32Array
  readonly table: GroupTable
}

export interface LibraryView {
  /** Only grows, kept over restarts; 2 at least. */
  readonly revision: number
  readonly songCount: number
  readonly table: SongTable
  songs(question: SongQuestion): SongListing
  song(id: number): Song | undefined
  songByPersistentId(persistentId: bigint): Song | undefined
  /** Albums that have songs passing the filter; counts are of those songs. Nameless ones are left out. */
  albums(question: { filter?: SongFilter; sort?: 'album' | 'artist' }): GroupListing<Album>
  artists(question: { filter?: SongFilter }): GroupListing<Artist>
  album(id: number): Album | undefined
  artist(id: number): Artist | undefined
  /** Distinct values, sorted, empty ones left out. */
  distinct(field: 'albumArtist' | 'album' | 'genre' | 'composer', filter?: SongFilter): Listing<string>
  /** Base first, then the special ones that are not empty, then the others by name. */
  playlists(): readonly Playlist[]
  playlist(id: number): Playlist | undefined
  /** Ranked: every word by its beginning anywhere in title, artist, album or composer, best first. */
  search(text: string, limit: number): { readonly songs: readonly Song[]; readonly total: number }
}

// --- the library itself

export interface ScanProgress {
  readonly state: 'idle' | 'scanning'
  readonly filesFound: number
  readonly filesRead: number
  /** The last finished scan; undefined before the first. */
  readonly last: ScanResult | undefined
  /** A sentence, when the last scan failed: a full disk. */
  readonly trouble?: string | undefined
}

export interface ScanResult {
  readonly tracks: number
  readonly added: number
  readonly changed: number
  readonly removed: number
  readonly failed: number
  readonly seconds: number
}

export interface ScanFailure {
  readonly path: string
  /** A sentence a person understands. */
  readonly reason: string
}

export interface Artwork {
  readonly bytes: Uint8Array
  readonly mimeType: 'image/jpeg' | 'image/png'
}

export interface ArtworkBox {
  /** Pixels; 0 or undefined: no limit on that side. Never enlarged. */
  readonly maxWidth?: number
  readonly maxHeight?: number
}

/** Changes of playlists. Each is durable when it returns, and `Library.view` has it. NOT_FOUND, PLAYLIST_NOT_EDITABLE. */
export interface SmartPreview {
  /** In the playlist's order. */
  readonly songIds: readonly number[]
  /** How many there would be without its limit. */
  readonly matchCount: number
  /** Of all that are in it. */
  readonly durationMs: number
}

export interface PlaylistBook {
  /** An empty one, to put songs into; its id. BAD_REQUEST for a name that is none, PLAYLIST_FULL. */
  make(name: string): number
  /** One that finds its songs by rules: TOML as docs/smart-playlists.md has it; its id. BAD_RULES, PLAYLIST_FULL. */
  makeSmart(definition: string): number
  /** What a definition finds now; nothing is kept. BAD_RULES. */
  preview(definition: string): SmartPreview
  /** Undefined for one without rules. */
  definition(playlistId: number): string | undefined
  /** BAD_RULES. */
  redefine(playlistId: number, definition: string): void
  rename(playlistId: number, name: string): void
  remove(playlistId: number): void
  /** At its end; the ids of the new entries. PLAYLIST_FULL. */
  add(playlistId: number, songIds: readonly number[]): readonly number[]
  removeEntries(playlistId: number, entryIds: readonly number[]): void
  /** One after the other, all or none. `behindEntryId` 0: to the beginning. */
  move(
    playlistId: number,
    moves: readonly { readonly entryId: number; readonly behindEntryId: number }[],
  ): void
  /** Text of an M3U8 file, with the absolute paths of the songs: for the owner alone. */
  exportM3u8(playlistId: number): string
}

export interface ScanOptions {
  /** Every file is read again. */
  readonly isFull?: boolean
  /** Absolute path of a music folder, or of a folder or file in one. */
  readonly folder?: string | undefined
  /** Calls the scan off, unless somebody else waits for it too. */
  readonly signal?: AbortSignal | undefined
}

export interface Lyrics {
  readonly text: string
  /** Each with the moment when it is sung; empty where the file does not say. */
  readonly lines: readonly { readonly atMs: number; readonly text: string }[]
}

export interface Library {
  /** Absolute paths. */
  readonly folders: readonly string[]
  readonly view: LibraryView
  /** Resolves with the view once its revision differs from the one named. Rejects with the signal's reason. */
  changedSince(revision: number, signal: AbortSignal): Promise<LibraryView>
  /**
   * Scans all folders, or one and what is below it; joins a scan that runs and does the same or more, else comes
   * after it. What was read before it ended is kept: the next one goes on from there. Rejects with the signal's
   * reason, SCAN_CANCELLED, DISK_FULL (it goes on by itself when there is room), NOT_IN_LIBRARY.
   */
  scan(options?: ScanOptions): Promise<ScanResult>
  /** Calls off the scan that runs and those that wait. */
  cancelScan(): void
  /** Other folders, absolute; a scan begins. Songs in those left out leave with it, and come back with their ratings. */
  setFolders(folders: readonly string[]): void
  /** From now on a change in the folders is looked at by itself; the first scan should come after this. */
  follow(): void
  readonly progress: ScanProgress
  onProgress(listener: (progress: ScanProgress) => void): { close(): void }
  failures(): readonly ScanFailure[]
  songArtwork(songId: number, box: ArtworkBox): Promise<Artwork | undefined>
  albumArtwork(albumId: number, box: ArtworkBox): Promise<Artwork | undefined>
  artistArtwork(artistId: number, box: ArtworkBox): Promise<Artwork | undefined>
  lyrics(songId: number): Promise<Lyrics | undefined>
  /** Durable when it returns. Unknown ids: NOT_FOUND. */
  setRating(songId: number, ratingPercent: number): void
  setLiked(songId: number, state: LikedState): void
  /** Counts a play or a skip now. */
  countPlay(songId: number): void
  countSkip(songId: number): void
  /**
   * Songs like this one, best first, itself left out: by artist, genre, year, what is played together, ratings.
   * Empty when nothing is known that it shares with another. NOT_FOUND.
   */
  similarTo(songId: number, limit: number): readonly Song[]
  /** Whether `similarTo` finds any. */
  hasSimilar(songId: number): boolean
  readonly playlists: PlaylistBook
  close(): Promise<void>
}
