// The songs in memory: one array per field over shared memory, texts as numbers of a table of distinct strings.
// Rows stand in album order, so the songs of an album, and the albums of an artist, are neighbours.

export const textColumns = [
  'title',
  'artist',
  'albumArtist',
  'album',
  'composer',
  'genre',
  'comment',
  'grouping',
  'description',
  'format',
  'codec',
  'titleSort',
  'artistSort',
  'albumArtistSort',
  'albumSort',
  'composerSort',
  'folder',
  'fileName',
] as const
export type TextColumn = (typeof textColumns)[number]

/** Bytes of each number and the largest one that fits; what is above is cut to it. */
const u8 = { array: Uint8Array, most: 255 }
const u16 = { array: Uint16Array, most: 65_535 }
const u32 = { array: Uint32Array, most: 2 ** 32 - 1 }
const f64 = { array: Float64Array, most: Number.MAX_SAFE_INTEGER }

export const numberColumns = {
  id: u32,
  persistentId: f64,
  trackNumber: u16,
  trackCount: u16,
  discNumber: u16,
  discCount: u16,
  year: u16,
  bpm: u16,
  isCompilation: u8,
  durationMs: u32,
  sizeBytes: f64,
  bitrateKbps: u16,
  sampleRateHz: u32,
  bitsPerSample: u8,
  channels: u8,
  hasArtwork: u8,
  hasLyrics: u8,
  mediaKind: u32,
  addedAt: u32,
  modifiedAt: u32,
  releasedAt: f64,
  lastPlayedAt: u32,
  lastSkippedAt: u32,
  playCount: u32,
  skipCount: u32,
  ratingPercent: u8,
  likedState: u8,
  leadInSamples: u32,
  paddingSamples: u32,
  totalSamples: f64,
} as const
export type NumberColumn = keyof typeof numberColumns
export type Numbers = Uint8Array | Uint16Array | Uint32Array | Float64Array

/** Gains in dB and peaks; NaN where a song has none. */
export const gainColumns = ['trackGainDb', 'trackPeak', 'albumGainDb', 'albumPeak'] as const
export type GainColumn = (typeof gainColumns)[number]

/** Every distinct text once; number 0 is ''. */
export interface StringTable {
  readonly utf8: Uint8Array
  /** Where each begins; one more at the end. */
  readonly starts: Uint32Array
  /** Its place among all sort names. */
  readonly ranks: Uint32Array
  /** The character code of its header: A to Z, or '0'. */
  readonly letters: Uint8Array
}

/** The distinct values of one text field, folded, for finding. Some may be in no row any more. */
export interface FoldedField {
  /** Each followed by a newline. */
  readonly utf8: Uint8Array
  /** Where each begins in `utf8`; one more at the end. */
  readonly starts: Uint32Array
  /** Which string it is the folded form of. */
  readonly strings: Uint32Array
}

export const foldedFields = [
  'title',
  'artist',
  'albumArtist',
  'album',
  'composer',
  'genre',
  'comment',
  'grouping',
  'description',
  'format',
] as const
export type FoldedFieldName = (typeof foldedFields)[number]

/** Albums in album order: by artist, then name. */
export interface AlbumTable {
  readonly id: Uint32Array
  readonly persistentId: Float64Array
  readonly name: Uint32Array
  readonly nameSort: Uint32Array
  readonly artist: Uint32Array
  /** First row of each; one more at the end. */
  readonly starts: Uint32Array
  readonly durationMs: Float64Array
  readonly year: Uint16Array
  readonly isCompilation: Uint8Array
  /** Albums ordered by name. */
  readonly byName: Uint32Array
}

export interface ArtistTable {
  readonly id: Uint32Array
  readonly persistentId: Float64Array
  readonly name: Uint32Array
  readonly nameSort: Uint32Array
  /** First album of each; one more at the end. */
  readonly starts: Uint32Array
}

/** Words and where they occur. */
export interface SearchIndex {
  /** Distinct folded words in code unit order, end to end. Some may be in no row any more. */
  readonly units: Uint16Array
  /** Where each begins in `units`; one more at the end. */
  readonly wordStarts: Uint32Array
  /** First posting of each word; one more at the end. */
  readonly starts: Uint32Array
  /** row * 4 + field, field 0 title, 1 artist, 2 album, 3 composer. */
  readonly postings: Uint32Array
  /** Words of each string, by its number: `textWords` from `textStarts[n]` up to `textStarts[n + 1]`. */
  readonly textStarts: Uint32Array
  readonly textWords: Uint32Array
}

/**
 * Everything of one revision of the database. Its leaves are numbers and arrays over shared memory: it can be posted
 * between threads without copying, and written to a file as it is. An array never changes once it is seen: another
 * value makes another array, and one that did not change is the same array in the next revision.
 */
export interface Columns {
  /** Of the database, as of which everything in it is here; ratings and counts may be newer. */
  readonly revision: number
  readonly count: number
  /** Strings there were when all was built: those added by updates since may have been left behind. */
  readonly builtStrings: number
  readonly strings: StringTable
  readonly texts: Readonly<Record<TextColumn, Uint32Array>>
  readonly numbers: Readonly<Record<NumberColumn, Numbers>>
  readonly gains: Readonly<Record<GainColumn, Float32Array>>
  /** Row → place in `albums`. */
  readonly albumOf: Uint32Array
  readonly albums: AlbumTable
  readonly artists: ArtistTable
  /** Rows by title, and by the song's artist. */
  readonly byTitle: Uint32Array
  readonly byArtist: Uint32Array
  /** Item id → row + 1. */
  readonly rowOfId: Uint32Array
  /** Rows by persistent id. */
  readonly byPersistentId: Uint32Array
  readonly folded: Readonly<Record<FoldedFieldName, FoldedField>>
  readonly search: SearchIndex
}
