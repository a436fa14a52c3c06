// What only the owner of one of our hosts may do. Elsewhere: HOST_REFUSED.

import { KnownError } from '../errors.ts'
import type {
  ApiAnswer,
  ApiPairing,
  ApiPairingRequest,
  ApiRouteName,
  ApiRoutes,
  ApiScanProgress,
} from '../protocol/index.ts'
import type { HostSession } from './session.ts'

interface OwnerOptions {
  readonly signal?: AbortSignal | undefined
}

export function owning(session: HostSession) {
  /** `key` is the field that this remote uses: without it the answer is not what the table promises. */
  async function ask<Name extends ApiRouteName>(
    name: Name,
    method: ApiRoutes[Name]['method'],
    path: string,
    key: keyof ApiAnswer<Name> & string,
    options: OwnerOptions & { body?: unknown; timeoutMs?: number } = {},
  ): Promise<ApiAnswer<Name>> {
    if (!session.facts.quirks.hasApi)
      throw new KnownError('HOST_REFUSED', { problem: 'only Tonearm hosts can do this' })
    const answer = await session.api(name, method, path, options)
    if (typeof answer !== 'object' || answer === null || !(key in answer))
      throw new KnownError('BAD_ANSWER', { problem: `no ${key} in it` })
    return answer as ApiAnswer<Name>
  }

  return {
    /** A link to the page for its first visitor, for ten minutes. */
    makeOwnerLink: (options?: OwnerOptions): Promise<ApiAnswer<'makeOwnerLink'>> =>
      ask('makeOwnerLink', 'POST', '/api/owner/links', 'url', options),
    /** Who shows four digits now. */
    pairingRequests: async (options?: OwnerOptions): Promise<readonly ApiPairingRequest[]> =>
      (await ask('pairingRequests', 'GET', '/api/pairing-requests', 'requests', options)).requests,
    /** WRONG_PIN may be tried again; REMOTE_GONE, NO_SUCH_PAIRING_REQUEST. */
    acceptPairing: async (id: string, pin: string, options?: OwnerOptions): Promise<ApiPairing> =>
      (
        await ask(
          'acceptPairing',
          'POST',
          `/api/pairing-requests/${encodeURIComponent(id)}/accept`,
          'pairing',
          // The host calls the remote meanwhile, over several addresses when it must.
          { ...options, body: { pin }, timeoutMs: 30_000 },
        )
      ).pairing,
    pairings: async (options?: OwnerOptions): Promise<readonly ApiPairing[]> =>
      (await ask('pairings', 'GET', '/api/pairings', 'pairings', options)).pairings,
    addPairing: async (
      pairing: { guid?: string; name?: string },
      options?: OwnerOptions,
    ): Promise<ApiPairing> =>
      (await ask('addPairing', 'POST', '/api/pairings', 'pairing', { ...options, body: pairing })).pairing,
    /** Ends its sessions at once. NO_SUCH_PAIRING. */
    async removePairing(guid: string, options?: OwnerOptions): Promise<void> {
      await ask(
        'removePairing',
        'DELETE',
        `/api/pairings/${encodeURIComponent(guid)}`,
        'libraryRevision',
        options,
      )
    },
    scanProgress: (options?: OwnerOptions): Promise<ApiScanProgress> =>
      ask('scan', 'GET', '/api/scan', 'state', options),
    /** Does not wait for its end. `folder` is a path on the host, in its library: NOT_IN_LIBRARY. */
    startScan: (
      scan: { isFull?: boolean; folder?: string } = {},
      options?: OwnerOptions,
    ): Promise<ApiScanProgress> => ask('startScan', 'POST', '/api/scan', 'state', { ...options, body: scan }),
    /** What was read is kept. */
    cancelScan: (options?: OwnerOptions): Promise<ApiScanProgress> =>
      ask('cancelScan', 'DELETE', '/api/scan', 'state', options),
    scanFailures: async (options?: OwnerOptions): Promise<ApiAnswer<'scanFailures'>['failures']> =>
      (await ask('scanFailures', 'GET', '/api/scan/failures', 'failures', options)).failures,
  }
}
