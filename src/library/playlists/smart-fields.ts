// What the rules of a smart playlist can ask a song: one row per field. docs/smart-playlists.md tells them to people.

import type { TextColumn } from '../columns/columns.ts'
import type { RangeField, TextField } from '../questions.ts'

export type SmartField =
  | { readonly kind: 'text'; readonly text: TextField; readonly sortedBy?: TextColumn }
  | {
      readonly kind: 'number' | 'date' | 'flag' | 'media'
      readonly number: RangeField
      /** How its values are written; plain numbers when left out. */
      readonly unit?: Unit
      /** A song that does not say has 0, which is then no value: "before 1980" leaves it out. */
      readonly isUnknownAtZero?: boolean
    }

/** What stands in a rule, and how much of it the library's number is. */
export type Unit = 'stars' | 'time' | 'megabytes'

export const smartFields: Readonly<Record<string, SmartField>> = {
  title: { kind: 'text', text: 'title', sortedBy: 'titleSort' },
  artist: { kind: 'text', text: 'anyArtist', sortedBy: 'artistSort' },
  'album-artist': { kind: 'text', text: 'albumArtist', sortedBy: 'albumArtistSort' },
  album: { kind: 'text', text: 'album', sortedBy: 'albumSort' },
  composer: { kind: 'text', text: 'composer', sortedBy: 'composerSort' },
  genre: { kind: 'text', text: 'genre', sortedBy: 'genre' },
  comment: { kind: 'text', text: 'comment' },
  grouping: { kind: 'text', text: 'grouping' },
  description: { kind: 'text', text: 'description' },
  format: { kind: 'text', text: 'format' },

  year: { kind: 'number', number: 'year', isUnknownAtZero: true },
  track: { kind: 'number', number: 'trackNumber', isUnknownAtZero: true },
  disc: { kind: 'number', number: 'discNumber', isUnknownAtZero: true },
  bpm: { kind: 'number', number: 'bpm', isUnknownAtZero: true },
  time: { kind: 'number', number: 'durationMs', unit: 'time' },
  size: { kind: 'number', number: 'sizeBytes', unit: 'megabytes' },
  'bit-rate': { kind: 'number', number: 'bitrateKbps', isUnknownAtZero: true },
  'sample-rate': { kind: 'number', number: 'sampleRateHz', isUnknownAtZero: true },
  rating: { kind: 'number', number: 'ratingPercent', unit: 'stars' },
  'play-count': { kind: 'number', number: 'playCount' },
  'skip-count': { kind: 'number', number: 'skipCount' },

  'date-added': { kind: 'date', number: 'addedAt' },
  'date-modified': { kind: 'date', number: 'modifiedAt' },
  'release-date': { kind: 'date', number: 'releasedAt', isUnknownAtZero: true },
  'last-played': { kind: 'date', number: 'lastPlayedAt', isUnknownAtZero: true },
  'last-skipped': { kind: 'date', number: 'lastSkippedAt', isUnknownAtZero: true },

  compilation: { kind: 'flag', number: 'isCompilation' },
  'media-kind': { kind: 'media', number: 'mediaKind' },
}

/** DAAP's numbers for them. */
export const mediaKinds: Readonly<Record<string, number>> = {
  music: 1,
  movie: 2,
  podcast: 4,
  audiobook: 8,
  'music-video': 32,
  'tv-show': 64,
}

export const secondsOfUnit: Readonly<Record<string, number>> = {
  hour: 3600,
  day: 86_400,
  week: 7 * 86_400,
  month: 30 * 86_400,
  year: 365 * 86_400,
}
