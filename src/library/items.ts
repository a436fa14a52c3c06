// What a library holds, as the other rooms see it: songs, albums, artists, playlists, and what belongs to a song.

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

export interface Artwork {
  readonly bytes: Uint8Array
  readonly mimeType: 'image/jpeg' | 'image/png'
}

export interface ArtworkBox {
  /** Pixels; 0 or undefined: no limit on that side. Never enlarged. */
  readonly maxWidth?: number
  readonly maxHeight?: number
}

export interface Lyrics {
  readonly text: string
  /** Each with the moment when it is sung; empty where the file does not say. */
  readonly lines: readonly { readonly atMs: number; readonly text: string }[]
}
