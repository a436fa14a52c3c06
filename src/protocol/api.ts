// The API: what DAAP and DACP have no word for, as JSON under /api. One table, from which the host's routes,
// the SDK's types and docs/api.md come. Pages import only types from here, so they do not load typebox.
//
// Every call but those for 'anyone' carries the owner token (`Authorization: Bearer …`) or, where a row says
// 'session', a session id as DAAP does (`?session-id=`). Errors are `ApiError` with the status of their row.
// 64-bit ids are 16 upper-case hex digits. Times are ISO 8601 in UTC.

import type { Static, TSchema } from 'typebox'
import { healthRoutes } from './api/health-routes.ts'
import { libraryRoutes } from './api/library-routes.ts'
import { outsideRoutes } from './api/outside-routes.ts'
import { ownerRoutes } from './api/owner-routes.ts'
import { playerRoutes } from './api/player-routes.ts'
import type { ApiRoute } from './api/route.ts'
import { streamRoutes } from './api/stream-routes.ts'
import type * as values from './api/values.ts'
import type * as watch from './api/watch.ts'

export type { ApiCaller, ApiRoute } from './api/route.ts'
export { apiError } from './api/values.ts'
export { watchAgain, watchMessage, watchPath } from './api/watch.ts'

export const apiRoutes = {
  ...ownerRoutes,
  ...libraryRoutes,
  ...playerRoutes,
  ...streamRoutes,
  ...outsideRoutes,
  ...healthRoutes,
} as const satisfies Record<string, ApiRoute>

export type { healthRoutes, libraryRoutes, outsideRoutes, ownerRoutes, playerRoutes, streamRoutes }
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

export type ApiRevisions = Static<typeof values.revisions>
export type ApiSong = Static<typeof values.song>
export type ApiAlbum = Static<typeof values.album>
export type ApiArtist = Static<typeof values.artist>
export type ApiPlayback = Static<typeof values.playback>
export type ApiQueueEntry = Static<typeof values.queueEntry>
export type ApiScanProgress = Static<typeof values.scanProgress>
export type ApiScanResult = Static<typeof values.scanResult>
export type ApiPairing = Static<typeof values.pairing>
export type ApiPairingRequest = Static<typeof values.pairingRequest>
export type ApiWatchMessage = Static<typeof watch.watchMessage>
export type ApiStateMessage = Static<typeof watch.stateMessage>
export type ApiError = Static<typeof values.apiError>
