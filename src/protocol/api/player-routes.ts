// What plays, the queue and the outputs, where DACP has no word for it.

import { Type } from 'typebox'
import type { ApiRoute } from './route.ts'
import { count, hex64, playback, queueEntry, replayGainMode, revisions, song } from './values.ts'

/** After a command too: what it led to. */
const state = Type.Object({ ...revisions.properties, playback })
const entryId = Type.Integer({ minimum: 1 })
const percent = Type.Integer({ minimum: 0, maximum: 100 })
const dayMs = 24 * 60 * 60 * 1000

/** A queue may hold a whole library. */
const mostSongs = 100_000
const mostEntriesListed = 1000
const longestOutputId = 4096

export const playerRoutes = {
  playback: {
    method: 'GET',
    path: '/api/playback',
    who: 'session',
    purpose: 'What plays, and how.',
    answer: state,
  },
  setSleepTimer: {
    method: 'POST',
    path: '/api/playback/sleep',
    who: 'session',
    purpose: 'Pauses the music by itself: after a time, or, without one, when this song ends.',
    body: Type.Object({ afterMs: Type.Optional(Type.Integer({ minimum: 1000, maximum: dayMs })) }),
    answer: state,
  },
  clearSleepTimer: {
    method: 'DELETE',
    path: '/api/playback/sleep',
    who: 'session',
    purpose: 'The music plays on.',
    answer: state,
  },
  setReplayGain: {
    method: 'POST',
    path: '/api/playback/replay-gain',
    who: 'session',
    purpose: 'Plays all songs, or all albums, equally loud by their ReplayGain tags.',
    body: Type.Object({ mode: replayGainMode }),
    answer: state,
  },

  queue: {
    method: 'GET',
    path: '/api/queue',
    who: 'session',
    purpose: `A part of the queue, at most ${mostEntriesListed} entries: up next from the next song on, or the history from the newest on.`,
    query: Type.Object({
      part: Type.Optional(Type.Union([Type.Literal('upNext'), Type.Literal('history')])),
      offset: Type.Optional(count),
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: mostEntriesListed })),
    }),
    answer: Type.Object({
      ...revisions.properties,
      queueRevision: count,
      contextName: Type.Union([Type.String(), Type.Null()]),
      undoable: Type.Union([Type.String(), Type.Null()]),
      current: Type.Union([queueEntry, Type.Null()]),
      /** Of the part that was asked for. */
      total: count,
      entries: Type.Array(queueEntry),
    }),
  },
  setQueue: {
    method: 'POST',
    path: '/api/queue',
    who: 'session',
    purpose:
      'Puts a whole queue in place of the present one, in the order given; plays, or waits paused. With `keepsUpNext` what was put up by hand stays, and plays after the first song. NOT_FOUND for a song that is not there.',
    body: Type.Object({
      songIds: Type.Array(count, { minItems: 1, maxItems: mostSongs }),
      startIndex: Type.Optional(count),
      positionMs: Type.Optional(count),
      isPaused: Type.Optional(Type.Boolean()),
      /** Where the songs come from, in words. */
      contextName: Type.Optional(Type.String({ maxLength: 200 })),
      keepsUpNext: Type.Optional(Type.Boolean()),
    }),
    answer: state,
  },
  addToQueue: {
    method: 'POST',
    path: '/api/queue/add',
    who: 'session',
    purpose:
      'Puts songs up next in the order given: right behind the one that plays, or behind all that was put there by hand. NOT_FOUND for a song that is not there.',
    body: Type.Object({
      songIds: Type.Array(count, { minItems: 1, maxItems: mostSongs }),
      place: Type.Union([Type.Literal('next'), Type.Literal('end')]),
    }),
    answer: state,
  },
  playQueueEntry: {
    method: 'POST',
    path: '/api/queue/play',
    who: 'session',
    purpose: 'Plays an entry of up next or of the history. NOT_FOUND when it has gone.',
    body: Type.Object({ entryId }),
    answer: state,
  },
  moveQueueEntry: {
    method: 'POST',
    path: '/api/queue/move',
    who: 'session',
    purpose:
      'Puts an entry of up next behind another one, or, without one, right behind the song that plays. NOT_FOUND when either has gone.',
    body: Type.Object({ entryId, behindEntryId: Type.Optional(entryId) }),
    answer: state,
  },
  removeQueueEntries: {
    method: 'POST',
    path: '/api/queue/remove',
    who: 'session',
    purpose: 'Takes entries out of up next. NOT_FOUND when one has gone: then nothing is taken out.',
    body: Type.Object({ entryIds: Type.Array(entryId, { minItems: 1, maxItems: mostSongs }) }),
    answer: state,
  },
  undoQueueEdit: {
    method: 'POST',
    path: '/api/queue/undo',
    who: 'session',
    purpose: 'Takes back the last edit of the queue: what `undoable` says. NOTHING_TO_UNDO.',
    answer: state,
  },

  outputs: {
    method: 'GET',
    path: '/api/outputs',
    who: 'session',
    purpose: 'Where the sound goes, and how well it gets there.',
    answer: Type.Object({
      ...revisions.properties,
      volumePercent: percent,
      outputs: Type.Array(
        Type.Object({
          id: Type.String(),
          /** As on the wire: what DACP's commands for speakers take. */
          speakerId: hex64,
          name: Type.String(),
          isOn: Type.Boolean(),
          /** As one hears it, and as its share of the whole. */
          volumePercent: percent,
          relativeVolumePercent: percent,
          trouble: Type.Union([Type.String(), Type.Null()]),
          /** How often its sound tore since the host started, because it came too late. */
          underruns: count,
        }),
      ),
    }),
  },

  muteOutput: {
    method: 'POST',
    path: '/api/outputs/mute',
    who: 'session',
    purpose: 'One output silent, or as loud as it was before; the others stay as they are. NOT_FOUND.',
    body: Type.Object({ outputId: Type.String({ maxLength: longestOutputId }) }),
    answer: state,
  },

  similarSongs: {
    method: 'GET',
    path: '/api/songs/{id}/similar',
    who: 'session',
    purpose: 'Songs like this one, best first. NOT_FOUND.',
    query: Type.Object({ limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500 })) }),
    answer: Type.Object({ songs: Type.Array(song), libraryRevision: count }),
  },
} as const satisfies Record<string, ApiRoute>
