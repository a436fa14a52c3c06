// The values that the routes of the API share.

import { Type } from 'typebox'

export const hex64 = Type.String({ pattern: '^[0-9A-F]{16}$' })
export const time = Type.String({ format: 'date-time' })
export const count = Type.Integer({ minimum: 0 })
export const smartDefinition = Type.String({ maxLength: 65_536 })
export const visibleName = Type.String({ minLength: 1, maxLength: 100 })

/** Where both revisions stand after a command: no state older than this needs to be shown any more. */
export const revisions = Type.Object({ libraryRevision: count, playRevision: count })

export const album = Type.Object({
  id: hex64,
  /** For artwork only. */
  groupId: count,
  title: Type.String(),
  artist: Type.String(),
  artistId: hex64,
  year: count,
  songCount: count,
})
export const artist = Type.Object({
  id: hex64,
  /** For artwork only. */
  groupId: count,
  name: Type.String(),
  albumCount: count,
  songCount: count,
})
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
  feeling: Type.Union([Type.Literal('neutral'), Type.Literal('liked'), Type.Literal('disliked')]),
  hasArtwork: Type.Boolean(),
})

export const replayGainMode = Type.Union([Type.Literal('off'), Type.Literal('track'), Type.Literal('album')])

export const playback = Type.Object({
  state: Type.Union([Type.Literal('stopped'), Type.Literal('paused'), Type.Literal('playing')]),
  /** A button is held to go through the song fast; `state` is then 'playing'. */
  winding: Type.Union([Type.Literal('forward'), Type.Literal('back'), Type.Null()]),
  /** At the moment the message was sent. */
  positionMs: count,
  durationMs: count,
  /** 0 while muted. */
  volumePercent: count,
  muted: Type.Boolean(),
  shuffle: Type.Boolean(),
  repeat: Type.Union([Type.Literal('off'), Type.Literal('song'), Type.Literal('all')]),
  replayGain: replayGainMode,
  /** When the music stops by itself: with this song, or in so many ms. */
  sleep: Type.Union([Type.Literal('endOfSong'), Type.Object({ remainingMs: count }), Type.Null()]),
  track: Type.Union([song, Type.Null()]),
  /** Its entry in the queue. */
  entryId: Type.Union([count, Type.Null()]),
  /** What was started, in words: "Abbey Road". */
  contextName: Type.Union([Type.String(), Type.Null()]),
  /** The last edit of the queue in words, while it can be taken back. */
  undoable: Type.Union([Type.String(), Type.Null()]),
  /** Words about the last song that had to be skipped. */
  notice: Type.Union([Type.String(), Type.Null()]),
  /** The play revisions with which the queue and the outputs last changed: lists older than these are to be read again. */
  queueRevision: count,
  outputsRevision: count,
})

export const queueEntry = Type.Object({
  /** Stays with the entry, wherever it is moved. */
  entryId: count,
  /** 0 plays now, 1 is next, -1 was before: as DACP counts. */
  offset: Type.Integer(),
  /** 'user': put up next by hand; 'main': from what was started. */
  section: Type.Union([
    Type.Literal('history'),
    Type.Literal('current'),
    Type.Literal('user'),
    Type.Literal('main'),
  ]),
  song,
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
