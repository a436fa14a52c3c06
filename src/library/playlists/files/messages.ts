// What the main thread and the one that reads playlist files tell each other.

/** A playlist file as the walk met it. */
export interface FoundPlaylist {
  readonly path: string
  readonly sizeBytes: number
  readonly mtimeMs: number
  /** Modulo 2^52, so that it is a safe integer on every file system. */
  readonly inode: number
}

export interface ReadOrder {
  readonly playlists: readonly FoundPlaylist[]
  /** The database that has the songs, or they themselves where it is not in a file. */
  readonly songs: string | readonly (readonly [path: string, songId: number])[]
}

export interface ReadPlaylist {
  readonly found: FoundPlaylist
  /** '' when the file could not be read; then `failure` says why. */
  readonly contentHash: string
  readonly name: string
  /** Pairs: the place of a reference in the file, from 1, and the song it means. */
  readonly songs: Uint32Array
  /** References that mean no song of the library. */
  readonly unresolved: number
  /** A sentence for a person. */
  readonly failure: string | null
}

/** Raised when the reader learns to understand more: every file is read again once. */
export const playlistReaderVersion = 1
