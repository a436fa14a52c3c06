// The values that the routes of the API share.

import { Type } from 'typebox'

export const hex64 = Type.String({ pattern: '^[0-9A-F]{16}$' })
export const time = Type.String({ format: 'date-time' })
export const count = Type.Integer({ minimum: 0 })
export const smartDefinition = Type.String({ maxLength: 65_536 })
export const visibleName = Type.String({ minLength: 1, maxLength: 100 })

/** Where both revisions stand after a command: no state older than this needs to be shown any more. */
export const revisions = Type.Object({ libraryRevision: count, playRevision: count })

export const song = Type.Object({
  id: count,
  persistentId: hex64,
  title: Type.String(),
  artist: Type.String(),
  albumArtist: Type.String(),
  album: Type.String(),
  albumId: hex64,
  artistId: hex64,
  composer: Type.String(),
  genre: Type.String(),
  trackNumber: count,
  discNumber: count,
  year: count,
  durationMs: count,
  ratingPercent: count,
  hasArtwork: Type.Boolean(),
})

export const playback = Type.Object({
  state: Type.Union([Type.Literal('stopped'), Type.Literal('paused'), Type.Literal('playing')]),
  /** At the moment the message was sent. */
  positionMs: count,
  durationMs: count,
  volumePercent: count,
  shuffle: Type.Boolean(),
  repeat: Type.Union([Type.Literal('off'), Type.Literal('song'), Type.Literal('all')]),
  track: Type.Union([song, Type.Null()]),
  /** Words about the last song that had to be skipped. */
  notice: Type.Union([Type.String(), Type.Null()]),
})

export const scanResult = Type.Object({
  tracks: count,
  added: count,
  changed: count,
  removed: count,
  failed: count,
  seconds: Type.Number(),
})

export const scanProgress = Type.Object({
  state: Type.Union([Type.Literal('idle'), Type.Literal('scanning')]),
  filesFound: count,
  filesRead: count,
  /** The last finished scan, null before the first. */
  last: Type.Union([scanResult, Type.Null()]),
  /** A sentence when the last scan failed, as on a full disk. */
  trouble: Type.Union([Type.String(), Type.Null()]),
})

export const pairing = Type.Object({
  guid: hex64,
  name: Type.String(),
  /** Where it was when it was paired; '' when its guid was typed in. */
  address: Type.String(),
  createdAt: time,
  lastSeenAt: Type.Union([time, Type.Null()]),
  /** Sessions open now. */
  sessions: count,
})

export const pairingRequest = Type.Object({
  /** A short number that people can type. */
  id: Type.String(),
  /** 'remote': found by multicast, showing four digits; 'browser': asked through this API, showing four digits too. */
  kind: Type.Union([Type.Literal('remote'), Type.Literal('browser')]),
  name: Type.String(),
  address: Type.String(),
  ageSeconds: count,
})

export const apiError = Type.Object({
  /** A code of the project's table of errors, such as NOT_OWNER. */
  code: Type.String(),
  says: Type.String(),
  try: Type.String(),
  details: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
})
