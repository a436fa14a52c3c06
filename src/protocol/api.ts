// The API: what DAAP and DACP have no word for, as JSON under /api. One table, from which the host's routes,
// the SDK's types and docs/api.md come. Pages import only types from here, so they do not load typebox.
//
// Every call but those for 'anyone' carries the owner token (`Authorization: Bearer …`) or, where a row says
// 'session', a session id as DAAP does (`?session-id=`). Errors are `ApiError` with the status of their row.
// 64-bit ids are 16 upper-case hex digits. Times are ISO 8601 in UTC.

import { type Static, type TSchema, Type } from 'typebox'

/** Who may call: anyone; the owner; or 'session', a paired remote's session or the owner. */
export type ApiCaller = 'anyone' | 'owner' | 'session'

export interface ApiRoute {
  readonly method: 'GET' | 'POST' | 'DELETE'
  /** `{name}` stands for one segment. */
  readonly path: string
  readonly who: ApiCaller
  readonly purpose: string
  readonly query?: TSchema
  readonly body?: TSchema
  readonly answer: TSchema
}

const hex64 = Type.String({ pattern: '^[0-9A-F]{16}$' })
const time = Type.String({ format: 'date-time' })
const count = Type.Integer({ minimum: 0 })
const smartDefinition = Type.String({ maxLength: 65_536 })
const visibleName = Type.String({ minLength: 1, maxLength: 100 })

/** Where both revisions stand after a command: no state older than this needs to be shown any more. */
const revisions = Type.Object({ libraryRevision: count, playRevision: count })

const song = Type.Object({
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

const playback = Type.Object({
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

const scanResult = Type.Object({
  tracks: count,
  added: count,
  changed: count,
  removed: count,
  failed: count,
  seconds: Type.Number(),
})

const scanProgress = Type.Object({
  state: Type.Union([Type.Literal('idle'), Type.Literal('scanning')]),
  filesFound: count,
  filesRead: count,
  /** The last finished scan, null before the first. */
  last: Type.Union([scanResult, Type.Null()]),
  /** A sentence when the last scan failed, as on a full disk. */
  trouble: Type.Union([Type.String(), Type.Null()]),
})

const pairing = Type.Object({
  guid: hex64,
  name: Type.String(),
  /** Where it was when it was paired; '' when its guid was typed in. */
  address: Type.String(),
  createdAt: time,
  lastSeenAt: Type.Union([time, Type.Null()]),
  /** Sessions open now. */
  sessions: count,
})

const pairingRequest = Type.Object({
  /** A short number that people can type. */
  id: Type.String(),
  /** 'remote': found by multicast, showing four digits; 'browser': asked through this API, showing four digits too. */
  kind: Type.Union([Type.Literal('remote'), Type.Literal('browser')]),
  name: Type.String(),
  address: Type.String(),
  ageSeconds: count,
})

export const apiRoutes = {
  about: {
    method: 'GET',
    path: '/api/about',
    who: 'anyone',
    purpose: 'Which host this is.',
    answer: Type.Object({ name: Type.String(), version: Type.String(), databaseId: hex64, port: count }),
  },

  makeOwnerLink: {
    method: 'POST',
    path: '/api/owner/links',
    who: 'owner',
    purpose: 'Makes a link to the page that gives its first user the owner token: single use, ten minutes.',
    answer: Type.Object({ code: Type.String(), url: Type.String(), expiresAt: time }),
  },
  exchangeOwnerCode: {
    method: 'POST',
    path: '/api/owner/exchange',
    who: 'anyone',
    purpose: 'Gives the owner token for the code of an owner link.',
    body: Type.Object({ code: Type.String({ maxLength: 200 }) }),
    answer: Type.Object({ token: Type.String() }),
  },

  pairingRequests: {
    method: 'GET',
    path: '/api/pairing-requests',
    who: 'owner',
    purpose: 'Who asks to be paired: remotes on the link and browsers.',
    answer: Type.Object({ requests: Type.Array(pairingRequest) }),
  },
  askToPair: {
    method: 'POST',
    path: '/api/pairing-requests',
    who: 'anyone',
    purpose:
      'A browser asks to be paired; it shows the digits, and the owner types them. Open for five minutes.',
    body: Type.Object({ name: visibleName }),
    answer: Type.Object({ id: Type.String(), digits: Type.String(), secret: Type.String() }),
  },
  pairingRequestState: {
    method: 'GET',
    path: '/api/pairing-requests/{id}',
    who: 'anyone',
    purpose:
      'How the own request stands; needs its secret in the header `Pairing-Secret`. The guid is told once it is accepted.',
    answer: Type.Object({
      state: Type.Union([Type.Literal('waiting'), Type.Literal('accepted')]),
      guid: Type.Optional(hex64),
    }),
  },
  acceptPairing: {
    method: 'POST',
    path: '/api/pairing-requests/{id}/accept',
    who: 'owner',
    purpose: 'Pairs the one who asks, if the digits are those it shows. WRONG_PIN may be tried again.',
    body: Type.Object({ pin: Type.String({ pattern: '^[0-9]{4}$' }) }),
    answer: Type.Object({ pairing, ...revisions.properties }),
  },

  pairings: {
    method: 'GET',
    path: '/api/pairings',
    who: 'owner',
    purpose: 'The paired remotes.',
    answer: Type.Object({ pairings: Type.Array(pairing) }),
  },
  addPairing: {
    method: 'POST',
    path: '/api/pairings',
    who: 'owner',
    purpose: 'Pairs a remote whose guid is known; without a guid the host makes one.',
    body: Type.Object({
      guid: Type.Optional(Type.String({ pattern: '^(0[xX])?[0-9a-fA-F]{1,16}$' })),
      name: Type.Optional(visibleName),
    }),
    answer: Type.Object({ pairing, ...revisions.properties }),
  },
  removePairing: {
    method: 'DELETE',
    path: '/api/pairings/{guid}',
    who: 'owner',
    purpose: 'Revokes a pairing; its sessions and their polls end at once.',
    answer: revisions,
  },

  scan: {
    method: 'GET',
    path: '/api/scan',
    who: 'session',
    purpose: 'How far the scan is, and what the last one found.',
    answer: scanProgress,
  },
  startScan: {
    method: 'POST',
    path: '/api/scan',
    who: 'owner',
    purpose:
      'Starts a scan, or joins the one that runs; answers without waiting for its end. A full one reads every file again; `folder` limits it to a folder in the library. NOT_IN_LIBRARY.',
    body: Type.Object({
      isFull: Type.Optional(Type.Boolean()),
      folder: Type.Optional(Type.String({ minLength: 1, maxLength: 4096 })),
    }),
    answer: Type.Object({ ...scanProgress.properties, ...revisions.properties }),
  },
  cancelScan: {
    method: 'DELETE',
    path: '/api/scan',
    who: 'owner',
    purpose: 'Calls off the scan that runs. What it has read is kept: the next one goes on from there.',
    answer: Type.Object({ ...scanProgress.properties, ...revisions.properties }),
  },
  scanFailures: {
    method: 'GET',
    path: '/api/scan/failures',
    who: 'owner',
    purpose: 'Files that could not be read, each with its reason.',
    answer: Type.Object({
      failures: Type.Array(Type.Object({ path: Type.String(), reason: Type.String() })),
    }),
  },

  search: {
    method: 'GET',
    path: '/api/search',
    who: 'session',
    purpose:
      'Ranked search: every word by its beginning, anywhere in title, artist, album or composer, best first.',
    query: Type.Object({
      text: Type.String({ maxLength: 500 }),
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500 })),
    }),
    answer: Type.Object({ songs: Type.Array(song), total: count, libraryRevision: count }),
  },

  makeSmartPlaylist: {
    method: 'POST',
    path: '/api/playlists/smart',
    who: 'session',
    purpose: 'Makes a playlist that finds its songs by rules (TOML, docs/smart-playlists.md). BAD_RULES.',
    body: Type.Object({ definition: smartDefinition }),
    answer: Type.Object({ id: count, ...revisions.properties }),
  },
  playlistRules: {
    method: 'GET',
    path: '/api/playlists/{id}/rules',
    who: 'session',
    purpose: 'The rules of a smart playlist. NOT_FOUND for one without.',
    answer: Type.Object({ definition: Type.String() }),
  },
  setPlaylistRules: {
    method: 'POST',
    path: '/api/playlists/{id}/rules',
    who: 'session',
    purpose:
      'Gives a smart playlist other rules, and the name that stands in them. BAD_RULES, PLAYLIST_NOT_EDITABLE.',
    body: Type.Object({ definition: smartDefinition }),
    answer: revisions,
  },
  exportPlaylist: {
    method: 'GET',
    path: '/api/playlists/{id}/export',
    who: 'owner',
    purpose: 'A playlist as the text of an M3U8 file, with the paths of this machine.',
    answer: Type.Object({ name: Type.String(), m3u8: Type.String() }),
  },
} as const satisfies Record<string, ApiRoute>

/** The WebSocket that tells every change; by session id or owner token, as the 'session' routes. */
export const watchPath = '/api/watch'
/** Header in which a browser shows that a pairing request is its own. */
export const pairingSecretHeader = 'pairing-secret'
/** Header of every answer under /ctrl-int: the play revision after the command, in decimal. */
export const playRevisionHeader = 'tonearm-play-revision'

/** Sent at once when connected, and after every change of the library or the play state. */
const stateMessage = Type.Object({
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

export const apiError = Type.Object({
  /** A code of the project's table of errors, such as NOT_OWNER. */
  code: Type.String(),
  says: Type.String(),
  try: Type.String(),
  details: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
})

export type ApiRoutes = typeof apiRoutes
export type ApiRouteName = keyof ApiRoutes
// As tables of their own: worked out once, not at each call with a name that is still open.
interface ApiAnswers extends StaticOf<'answer'> {}
interface ApiBodies extends StaticOf<'body'> {}
interface ApiQueries extends StaticOf<'query'> {}
type StaticOf<Part extends 'answer' | 'body' | 'query'> = {
  [Name in ApiRouteName]: ApiRoutes[Name] extends { [_ in Part]: infer Schema extends TSchema }
    ? Static<Schema>
    : undefined
}
export type ApiAnswer<Name extends ApiRouteName> = ApiAnswers[Name]
export type ApiBody<Name extends ApiRouteName> = ApiBodies[Name]
export type ApiQuery<Name extends ApiRouteName> = ApiQueries[Name]

export type ApiRevisions = Static<typeof revisions>
export type ApiSong = Static<typeof song>
export type ApiPlayback = Static<typeof playback>
export type ApiScanProgress = Static<typeof scanProgress>
export type ApiScanResult = Static<typeof scanResult>
export type ApiPairing = Static<typeof pairing>
export type ApiPairingRequest = Static<typeof pairingRequest>
export type ApiWatchMessage = Static<typeof watchMessage>
export type ApiStateMessage = Static<typeof stateMessage>
export type ApiError = Static<typeof apiError>
