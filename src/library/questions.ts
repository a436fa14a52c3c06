// What can be asked of the songs: which of them, in which order, with which letters between.

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
