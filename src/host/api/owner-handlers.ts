import { KnownError } from '../../errors.ts'
import type { ownerRoutes } from '../../protocol/api.ts'
import { hex64, pairingSecretHeader, parseHex64 } from '../../protocol/index.ts'
import { aboutHost } from '../about-host.ts'
import type { Attempts } from '../sessions/attempts.ts'
import type { HandlersOf } from './call.ts'
import { pairingOf, revisionsOf, timeOf } from './shapes.ts'

export const ownerHandlers: HandlersOf<typeof ownerRoutes> = {
  about: ({ parts }) => aboutHost(parts),

  makeOwnerLink({ parts: { ownerLinks, here } }) {
    const { code, expiresAtMs } = ownerLinks.make()
    return { code, url: `${here().url}/#owner=${code}`, expiresAt: timeOf(expiresAtMs) }
  },

  exchangeOwnerCode({ body, request, parts: { ownerLinks, ownerToken, attempts } }) {
    return guarded(attempts, request.remoteAddress, async () => {
      ownerLinks.use(body.code)
      return { token: ownerToken }
    })
  },

  pairingRequests({ parts: { pairingRequests } }) {
    return { requests: pairingRequests.list() }
  },

  lookForRemotes({ body, request, parts: { pairingRequests, attempts } }) {
    return guarded(attempts, request.remoteAddress, async () => ({
      requests: await pairingRequests.lookAt(body.address),
    }))
  },

  askToPair({ body, request, parts: { pairingRequests } }) {
    return pairingRequests.ask({ name: body.name, address: request.remoteAddress })
  },

  async pairingRequestState({ params, request, parts: { pairingRequests, attempts } }) {
    const secret = request.headers[pairingSecretHeader] ?? ''
    const found = await guarded(attempts, request.remoteAddress, async () =>
      pairingRequests.stateOf(params['id'] ?? '', secret),
    )
    return found.state === 'waiting' ? found : { state: found.state, guid: hex64(found.guid) }
  },

  async acceptPairing({ params, body, parts }) {
    const pairing = await parts.pairingRequests.accept(params['id'] ?? '', body.pin)
    parts.onPaired(pairing.name)
    return { pairing: pairingOf(pairing, parts), ...revisionsOf(parts) }
  },

  pairings({ parts }) {
    return { pairings: parts.pairings.list().map((pairing) => pairingOf(pairing, parts)) }
  },

  addPairing({ body, parts }) {
    const name = body.name ?? 'added by hand'
    const guid = body.guid === undefined ? undefined : parseHex64(body.guid)
    const pairing =
      guid === undefined
        ? parts.pairings.addNew({ name, address: '' })
        : parts.pairings.add({ guid, name, address: '' })
    return { pairing: pairingOf(pairing, parts), ...revisionsOf(parts) }
  },

  async removePairing({ params, parts }) {
    const guid = parseHex64(params['guid'] ?? '')
    if (guid === undefined || !parts.pairings.remove(guid)) throw new KnownError('NO_SUCH_PAIRING')
    parts.sessions.endAllOf(guid)
    await parts.streams.removeAllOf(guid)
    return revisionsOf(parts)
  },
}

/** What takes a secret, or makes us ask strangers, may fail only so often. */
async function guarded<Result>(
  attempts: Attempts,
  address: string,
  work: () => Promise<Result>,
): Promise<Result> {
  attempts.check(address)
  try {
    return await work()
  } catch (error) {
    attempts.fail(address)
    throw error
  }
}
