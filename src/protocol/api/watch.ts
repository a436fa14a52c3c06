// What /api/watch tells.

import { Type } from 'typebox'
import { count, pairingRequest, playback, scanProgress } from './values.ts'

/** The WebSocket that tells every change; by session id or owner token, as the 'session' routes. */
export const watchPath = '/api/watch'
/** All that a watcher may say: it is told once more what it was told at first. So that somebody else can listen in. */
export const watchAgain = 'again'
/** Sent at once when connected, and after every change of the library or the play state. */
export const stateMessage = Type.Object({
  type: Type.Literal('state'),
  libraryRevision: count,
  playRevision: count,
  /** What made the change, in words: "phone: pause", "end of song", "library changed", "connected". */
  cause: Type.String(),
  playback,
})
/** Sent while a scan runs, at most a few times a second, and once it has ended. */
const scanMessage = Type.Object({ type: Type.Literal('scan'), progress: scanProgress })
/** To the owner only: the list of those who ask to be paired has changed. */
const pairingRequestsMessage = Type.Object({
  type: Type.Literal('pairing-requests'),
  requests: Type.Array(pairingRequest),
})
export const watchMessage = Type.Union([stateMessage, scanMessage, pairingRequestsMessage])
