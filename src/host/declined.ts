// What clients ask for by habit and this host has not: each is told so in the way that disturbs it least.
// Source: docs/protocol/pairing-and-login.md, section 7; clients.md on status 500.

import { KnownError } from '../errors.ts'
import type { EndpointName } from '../protocol/index.ts'
import type { Endpoint } from './endpoint.ts'

/** FairPlay, Home Sharing and resolving across libraries. */
const absent: Endpoint = () => {
  throw new KnownError('NOT_FOUND')
}

/**
 * Keys, touches and typed text are for a screen, and there is none here: a library has nothing that they would move.
 * pyatv sends its arrow keys to every host; any status but 500 would make it log in again and repeat.
 */
const unsupported: Endpoint = () => {
  throw new KnownError('NOT_SUPPORTED')
}

export const declinedEndpoints = {
  fpSetup: absent,
  homeShareVerify: absent,
  resolve: absent,
  // Its path says what iTunes wants with it when it leaves.
  closeConnection: () => ({ status: 204, headers: { Connection: 'close' }, body: undefined }),
  controlpromptentry: unsupported,
  controlpromptupdate: unsupported,
} as const satisfies Partial<Record<EndpointName, Endpoint>>
