// What the scanning threads and the main thread tell each other.

import type { Codec } from '../items.ts'
import type { FoundPlaylist } from '../playlists/files/messages.ts'
import type { ScanFailure } from '../scan-progress.ts'
import type { ScanScope } from './scope.ts'

/** A music file as the walk met it. */
export interface WalkedFile {
  readonly path: string
  /** The music folder it was found under. */
  readonly folder: string
  readonly sizeBytes: number
  readonly mtimeMs: number
  /** Modulo 2^52, so that it is a safe integer on every file system. */
  readonly inode: number
}

/** Music files that lie in one folder, by their names alone. */
export interface FilesOfFolder {
  /** The folder they lie in. */
  readonly path: string
  /** The music folder it was found under. */
  readonly folder: string
  readonly names: readonly string[]
}

export interface WalkOrder {
  readonly folders: readonly string[]
  /** The database to compare with, or its rows where it is not in a file. */
  readonly known: string | readonly KnownFile[]
  /** Everything is read again. */
  readonly isFull: boolean
  /** Only this part of it; all when left out. */
  readonly scope: ScanScope | undefined
}

export interface KnownFile {
  readonly id: number
  readonly path: string
  readonly sizeBytes: number
  readonly mtimeMs: number
  readonly inode: number
  readonly readerVersion: number
}

/** A folder that the walk went into; one behind a link under the name of the link. */
export interface VisitedFolder {
  readonly path: string
  /** The device it is on, as `stat` names it. */
  readonly device: number
}

/** For a thread that helps a walk to compare. */
export interface HelpOrder {
  /** The database to compare with. */
  readonly known: string
  /** Of Int32Array: lots that are done, files that were met in them. */
  readonly done: SharedArrayBuffer
}

/** What the helper has found in all that it was given. */
export interface HelpReport {
  readonly toRead: readonly WalkedFile[]
  readonly failures: readonly ScanFailure[]
  readonly unreachable: readonly string[]
  /** An `IdSet` of known files that were met. */
  readonly met: Uint8Array<ArrayBuffer>
}

export interface FolderPicture {
  readonly folder: string
  readonly name: string
}

export type WalkReport =
  | { readonly kind: 'found'; readonly filesFound: number; readonly toRead: readonly WalkedFile[] }
  | {
      readonly kind: 'done'
      readonly filesFound: number
      /** Ids of known files that are not there any more. */
      readonly vanished: readonly number[]
      readonly failures: readonly ScanFailure[]
      readonly pictures: readonly FolderPicture[]
      /** Known songs lie in folders that cannot be reached now. */
      readonly unreachable: readonly string[]
      readonly playlists: readonly FoundPlaylist[]
      /** All folders and links that cannot be reached: playlists in them are kept. */
      readonly notReached: readonly string[]
      readonly visited: readonly VisitedFolder[]
    }

/** What a file's tags and sound say; `''` and 0 where nothing is known. */
export interface SongFacts {
  readonly title: string
  readonly artist: string
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
  readonly trackNumber: number
  readonly trackCount: number
  readonly discNumber: number
  readonly discCount: number
  readonly year: number
  readonly releasedAt: number
  readonly bpm: number
  readonly isCompilation: boolean
  readonly mediaKind: number
  readonly durationMs: number
  readonly bitrateKbps: number
  readonly sampleRateHz: number
  readonly bitsPerSample: number
  readonly channels: number
  readonly format: string
  readonly codec: Codec
  readonly hasPicture: boolean
  readonly hasLyrics: boolean
  readonly leadInSamples: number | null
  readonly paddingSamples: number | null
  readonly totalSamples: number | null
  readonly trackGainDb: number | null
  readonly trackPeak: number | null
  readonly albumGainDb: number | null
  readonly albumPeak: number | null
  /** From the tags; only a song that is new takes it. */
  readonly ratingPercent: number
}

/** What an own reader of a format says exactly. */
export interface SoundLength {
  readonly durationMs: number
  readonly sampleRateHz: number
  readonly channels: number
  readonly bitrateKbps: number
  /** Without lead-in and padding. */
  readonly totalSamples: number
  /** What the encoder put in front and behind; null where the file does not say. */
  readonly leadInSamples: number | null
  readonly paddingSamples: number | null
}

export interface ReadFile {
  readonly file: WalkedFile
  readonly fingerprint: string | null
  /** Undefined when the file cannot be used; then `failure` says why. */
  readonly facts: SongFacts | undefined
  readonly failure: string | null
}

/** Raised when the reader learns to read more: every file is read again once. */
export const readerVersion = 2
