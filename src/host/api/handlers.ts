// One function per route of protocol/api.ts, of the same name.

import { setImmediate } from 'node:timers/promises'
import { KnownError } from '../../errors.ts'
import { pairingSecretHeader } from '../../protocol/api.ts'
import type { ApiAnswer, ApiBody, ApiQuery, ApiRouteName } from '../../protocol/index.ts'
import { hex64, parseHex64 } from '../../protocol/index.ts'
import type { Attempts } from '../attempts.ts'
import type { HostRequest } from '../http-message.ts'
import type { ApiParts } from './api-parts.ts'
import { pairingOf, progressOf, revisionsOf, songOf, timeOf } from './shapes.ts'

export interface ApiCall<Name extends ApiRouteName> {
  readonly params: Readonly<Record<string, string>>
  readonly query: ApiQuery<Name>
  readonly body: ApiBody<Name>
  readonly request: HostRequest
  readonly parts: ApiParts
}

export type ApiHandlers = {
  readonly [Name in ApiRouteName]: (call: ApiCall<Name>) => ApiAnswer<Name> | Promise<ApiAnswer<Name>>
}

/** Hits of a search when no limit is named. */
const ordinaryLimit = 50

export const handlers: ApiHandlers = {
  about({ parts: { identity, version, here } }) {
    return { name: identity.name, version, databaseId: identity.databaseIdHex, port: here().port }
  },

  makeOwnerLink({ parts: { ownerLinks, here } }) {
    const { code, expiresAtMs } = ownerLinks.make()
    return { code, url: `${here().url}/#owner=${code}`, expiresAt: timeOf(expiresAtMs) }
  },

  exchangeOwnerCode({ body, request, parts: { ownerLinks, ownerToken, attempts } }) {
    return guarded(attempts, request.remoteAddress, () => {
      ownerLinks.use(body.code)
      return { token: ownerToken }
    })
  },

  pairingRequests({ parts: { pairingRequests } }) {
    return { requests: pairingRequests.list() }
  },

  askToPair({ body, request, parts: { pairingRequests } }) {
    return pairingRequests.ask({ name: body.name, address: request.remoteAddress })
  },

  pairingRequestState({ params, request, parts: { pairingRequests, attempts } }) {
    const secret = request.headers[pairingSecretHeader] ?? ''
    const found = guarded(attempts, request.remoteAddress, () =>
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

  removePairing({ params, parts }) {
    const guid = parseHex64(params['guid'] ?? '')
    if (guid === undefined || !parts.pairings.remove(guid)) throw new KnownError('NO_SUCH_PAIRING')
    parts.sessions.endAllOf(guid)
    return revisionsOf(parts)
  },

  scan({ parts: { library } }) {
    return progressOf(library.progress)
  },

  async startScan({ body, parts }) {
    const { library, log } = parts
    const scanning = library.scan({ isFull: body.isFull ?? false, folder: body.folder })
    scanning.catch((error: unknown) => {
      if (!(error instanceof KnownError)) log.error('a scan failed', { error })
    })
    await Promise.race([scanning, setImmediate()]) // what it refuses, it refuses at once
    return { ...progressOf(library.progress), ...revisionsOf(parts) }
  },

  cancelScan({ parts }) {
    parts.library.cancelScan()
    return { ...progressOf(parts.library.progress), ...revisionsOf(parts) }
  },

  scanFailures({ parts: { library } }) {
    return { failures: library.failures().map(({ path, reason }) => ({ path, reason })) }
  },

  search({ query, parts: { library } }) {
    const { view } = library
    const { songs, total } = view.search(query.text, query.limit ?? ordinaryLimit)
    return { songs: songs.map(songOf), total, libraryRevision: view.revision }
  },

  makeSmartPlaylist({ body, parts }) {
    const id = parts.library.playlists.makeSmart(body.definition)
    return { id, ...revisionsOf(parts) }
  },

  playlistRules({ params, parts: { library } }) {
    const definition = library.playlists.definition(playlistIdOf(params))
    if (definition === undefined) throw new KnownError('NOT_FOUND', { reason: 'it has no rules' })
    return { definition }
  },

  setPlaylistRules({ params, body, parts }) {
    parts.library.playlists.redefine(playlistIdOf(params), body.definition)
    return revisionsOf(parts)
  },

  exportPlaylist({ params, parts: { library } }) {
    const id = playlistIdOf(params)
    const name = library.view.playlist(id)?.name
    if (name === undefined) throw new KnownError('NOT_FOUND', { playlist: id })
    return { name, m3u8: library.playlists.exportM3u8(id) }
  },
}

function playlistIdOf(params: Readonly<Record<string, string>>): number {
  const id = Number(params['id'])
  if (!Number.isInteger(id)) throw new KnownError('NOT_FOUND', { playlist: params['id'] })
  return id
}

/** What takes a secret may be tried only so often. */
function guarded<Result>(attempts: Attempts, address: string, work: () => Result): Result {
  attempts.check(address)
  try {
    return work()
  } catch (error) {
    attempts.fail(address)
    throw error
  }
}
