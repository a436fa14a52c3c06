// What only the owner of one of our hosts may do. Elsewhere: HOST_REFUSED.

import type { ApiAnswer, ApiPairing, ApiPairingRequest, ApiScanProgress } from '../../protocol/index.ts'
import { askOwn } from '../talk/own-api.ts'
import type { HostSession } from '../talk/session.ts'

interface OwnerOptions {
  readonly signal?: AbortSignal | undefined
}

export function owning(session: HostSession) {
  return {
    /** A link to the page for its first visitor, for ten minutes. */
    makeOwnerLink: (options?: OwnerOptions): Promise<ApiAnswer<'makeOwnerLink'>> =>
      askOwn(session, 'makeOwnerLink', 'POST', { path: '/api/owner/links', key: 'url', ...options }),
    /** Who shows four digits now. */
    pairingRequests: async (options?: OwnerOptions): Promise<readonly ApiPairingRequest[]> =>
      (
        await askOwn(session, 'pairingRequests', 'GET', {
          path: '/api/pairing-requests',
          key: 'requests',
          ...options,
        })
      ).requests,
    /**
     * Has the host ask one machine of its network alone, where multicast is swallowed. REMOTE_ELSEWHERE,
     * NO_SUCH_PAIRING_REQUEST.
     */
    lookForRemotes: async (address: string, options?: OwnerOptions): Promise<readonly ApiPairingRequest[]> =>
      (
        await askOwn(session, 'lookForRemotes', 'POST', {
          path: '/api/pairing-requests/look',
          key: 'requests',
          ...options,
          body: { address },
        })
      ).requests,
    /** WRONG_PIN may be tried again; REMOTE_GONE, NO_SUCH_PAIRING_REQUEST. */
    acceptPairing: async (id: string, pin: string, options?: OwnerOptions): Promise<ApiPairing> =>
      (
        await askOwn(session, 'acceptPairing', 'POST', {
          path: `/api/pairing-requests/${encodeURIComponent(id)}/accept`,
          key: 'pairing',
          ...options,
          body: { pin },
          // The host calls the remote meanwhile, over several addresses when it must.
          timeoutMs: 30_000,
        })
      ).pairing,
    pairings: async (options?: OwnerOptions): Promise<readonly ApiPairing[]> =>
      (await askOwn(session, 'pairings', 'GET', { path: '/api/pairings', key: 'pairings', ...options }))
        .pairings,
    addPairing: async (
      pairing: { guid?: string; name?: string },
      options?: OwnerOptions,
    ): Promise<ApiPairing> =>
      (
        await askOwn(session, 'addPairing', 'POST', {
          path: '/api/pairings',
          key: 'pairing',
          ...options,
          body: pairing,
        })
      ).pairing,
    /** Ends its sessions at once. NO_SUCH_PAIRING. */
    async removePairing(guid: string, options?: OwnerOptions): Promise<void> {
      const path = `/api/pairings/${encodeURIComponent(guid)}`
      await askOwn(session, 'removePairing', 'DELETE', { path, key: 'libraryRevision', ...options })
    },
    /** Where the host's music lies, as paths on it. */
    folders: (options?: OwnerOptions): Promise<ApiAnswer<'folders'>> =>
      askOwn(session, 'folders', 'GET', { path: '/api/folders', key: 'folders', ...options }),
    /** Others, as absolute paths on the host; a scan begins. HOST_REFUSED says which of them is none. */
    setFolders: (folders: readonly string[], options?: OwnerOptions): Promise<ApiAnswer<'folders'>> =>
      askOwn(session, 'setFolders', 'POST', {
        path: '/api/folders',
        key: 'folders',
        ...options,
        body: { folders: [...folders] },
      }),
    /** The folders in one of the host's; without a path in its user's. */
    foldersInside: (path?: string, options?: OwnerOptions): Promise<ApiAnswer<'foldersInside'>> =>
      askOwn(session, 'foldersInside', 'GET', {
        path: '/api/folders/inside',
        query: path === undefined ? [] : [['path', path]],
        key: 'names',
        ...options,
      }),
    scanProgress: (options?: OwnerOptions): Promise<ApiScanProgress> =>
      askOwn(session, 'scan', 'GET', { path: '/api/scan', key: 'state', ...options }),
    /** Does not wait for its end. `folder` is a path on the host, in its library: NOT_IN_LIBRARY. */
    startScan: (
      scan: { isFull?: boolean; folder?: string } = {},
      options?: OwnerOptions,
    ): Promise<ApiScanProgress> =>
      askOwn(session, 'startScan', 'POST', { path: '/api/scan', key: 'state', ...options, body: scan }),
    /** What was read is kept. */
    cancelScan: (options?: OwnerOptions): Promise<ApiScanProgress> =>
      askOwn(session, 'cancelScan', 'DELETE', { path: '/api/scan', key: 'state', ...options }),
    scanFailures: async (options?: OwnerOptions): Promise<ApiAnswer<'scanFailures'>['failures']> =>
      (
        await askOwn(session, 'scanFailures', 'GET', {
          path: '/api/scan/failures',
          key: 'failures',
          ...options,
        })
      ).failures,
  }
}
