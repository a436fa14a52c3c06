// How this page gets in: with what it was given before, or with an owner's link. By four digits: digits.ts.

import {
  type Connection,
  connectRemote,
  fetchConnection,
  parseAddress,
  type Remote,
  socketMessages,
  useOwnerLink,
} from '../../remote/index.ts'
import { type About, aboutOf, aboutPath, aboutWithin } from './about.ts'
import { fetchAhead } from './answers-ahead.ts'
import type { Key } from './keys-kept.ts'
import { replace } from './route.ts'

/** A host, and which library it is: what is kept is kept for that. */
export interface Door {
  readonly address: string
  readonly databaseId: string
  readonly hostName: string
  readonly about: About
}

/** Of the host that served the page. */
export const address = () => parseAddress(location.host, location.protocol === 'https:' ? 443 : 80)

/** As the page itself says. It may have been kept by the browser, and the host be another by now. */
export function doorWithin(): Door | undefined {
  const about = aboutWithin()
  return about && doorOf(about)
}

/** As the host says now. HOST_GONE. */
export async function ownDoor(signal?: AbortSignal): Promise<Door> {
  const { body } = await fetchConnection(address()).request(aboutPath, { signal })
  return doorOf(aboutOf(new TextDecoder().decode(body)))
}

const doorOf = (about: About): Door => ({
  address: fetchConnection(address()).address,
  databaseId: about.databaseId,
  hostName: about.name || location.host,
  about,
})

/** The code of an owner's link. It is taken out of the address at once, so that nobody shares it. */
export function takeOwnerCode(): string | undefined {
  const code = /^#owner=([\w-]{1,200})$/.exec(location.hash)?.[1]
  if (code !== undefined) replace()
  return code
}

/** OWNER_LINK_USED, HOST_GONE. */
export async function exchangeOwnerCode(code: string): Promise<Key> {
  return { ownerToken: await useOwnerLink({ connection: fetchConnection(address()), code }) }
}

/** NOT_PAIRED, NOT_OWNER: the key is good no more. */
export function connectWith({ about }: Door, key: Key, signal?: AbortSignal): Promise<Remote> {
  return connectRemote({
    ...key,
    address: address(),
    signal,
    about,
    connect: (to) => sharingMessages(fetchConnection(to, { ask: fetchAhead }), key),
  })
}

/** What the host says by itself comes by one socket for all tabs of this browser, where that can be. */
function sharingMessages(connection: Connection, { guid, ownerToken }: Key): Connection {
  const line = `${connection.address} ${guid ?? ownerToken}`
  const open = async (url: string) => {
    const shared =
      'SharedWorker' in globalThis ? await import('./shared-socket.ts').catch(() => undefined) : undefined
    return shared?.sharedSocket(line, url) ?? new WebSocket(url)
  }
  return {
    ...connection,
    messages: (path, { signal } = {}) =>
      socketMessages(() => open(`ws://${connection.address}${path}`), connection.address, signal),
  }
}
