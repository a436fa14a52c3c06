// The library as the other rooms see it. A `LibraryView` never changes: each change makes the next one.

import type { Album, Artist, Artwork, ArtworkBox, LikedState, Lyrics, Playlist, Song } from './items.ts'
import type { SongFilter, SongQuestion } from './questions.ts'
import type { ScanFailure, ScanOptions, ScanProgress, ScanResult } from './scan-progress.ts'
import type { GroupListing, Listing, SongListing, SongTable } from './tables.ts'

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

export interface SmartPreview {
  /** The first, in the playlist's order. */
  readonly songIds: readonly number[]
  readonly songCount: number
  /** How many there would be without its limit. */
  readonly matchCount: number
  /** Of all that are in it. */
  readonly durationMs: number
}

/** Changes of playlists. Each is durable when it returns, and `Library.view` has it. NOT_FOUND, PLAYLIST_NOT_EDITABLE. */
export interface PlaylistBook {
  /** An empty one, to put songs into; its id. BAD_REQUEST for a name that is none, PLAYLIST_FULL. */
  make(name: string): number
  /** One that finds its songs by rules: TOML as docs/smart-playlists.md has it; its id. BAD_RULES, PLAYLIST_FULL. */
  makeSmart(definition: string): number
  /** What a definition finds now, with the ids of so many songs at most; nothing is kept. BAD_RULES. */
  preview(definition: string, most: number): SmartPreview
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
  cancelScan(): Promise<void>
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
