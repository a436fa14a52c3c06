// How this page gets in: with what it was given before, with an owner's link, or by four digits.

import { systemClock } from '../../clock.ts'
import { KnownError } from '../../errors.ts'
import {
  askToPair,
  type Connection,
  connectRemote,
  fetchConnection,
  type OpenPairingRequest,
  parseAddress,
  type Remote,
  socketMessages,
  useOwnerLink,
} from '../../remote/index.ts'
import { keep, keepInTab, kept, keptInTab } from './kept.ts'
import { replace } from './route.ts'

export interface Key {
  readonly guid?: string
  readonly ownerToken?: string
}

/** A host, and which library it is: what is kept is kept for that. */
export interface Door {
  readonly address: string
  readonly databaseId: string
  readonly hostName: string
}

const address = () => parseAddress(location.host, location.protocol === 'https:' ? 443 : 80)

/** The host that served the page. HOST_GONE. */
export async function ownDoor(signal?: AbortSignal): Promise<Door> {
  const connection = fetchConnection(address())
  const { body } = await connection.request('/api/about', { signal })
  const about = Object(JSON.parse(new TextDecoder().decode(body))) as Record<string, unknown>
  return {
    address: connection.address,
    databaseId: String(about['databaseId'] ?? ''),
    hostName: String(about['name'] ?? connection.address),
  }
}

const keyName = ({ databaseId }: Pick<Door, 'databaseId'>): string => `key ${databaseId}`

/** Undefined before the first time. */
export function keptKey(door: Pick<Door, 'databaseId'>): Key | undefined {
  const value = kept(keyName(door))
  if (typeof value !== 'object' || value === null) return undefined
  const { guid, ownerToken } = value as Record<string, unknown>
  if (typeof ownerToken === 'string') return { ownerToken }
  return typeof guid === 'string' ? { guid } : undefined
}

export function keepKey(door: Door, key: Key | undefined): void {
  keep(keyName(door), key)
  keep(lastName, key && door.databaseId)
}

const lastName = 'last library'

export interface Attempt {
  readonly databaseId: string
  readonly remote: Promise<Remote>
}

/** Most come back to the library they were in last: its key is tried while the host is asked which it is. */
export function tryLastKey(): Attempt | undefined {
  const databaseId = kept(lastName)
  const key = typeof databaseId === 'string' ? keptKey({ databaseId }) : undefined
  if (typeof databaseId !== 'string' || !key) return undefined
  const remote = connectWith(key)
  remote.catch(() => {}) // it is asked for again by who needs it
  return { databaseId, remote }
}

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
export function connectWith(key: Key, signal?: AbortSignal): Promise<Remote> {
  return connectRemote({
    ...key,
    address: address(),
    signal,
    isOurs: true,
    connect: (to) => sharingMessages(fetchConnection(to), key),
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

/** Shows digits until the owner has typed them; asks anew when they have run out. */
export async function pairByDigits(
  onDigits: (digits: string, request: OpenPairingRequest) => void,
  signal: AbortSignal,
): Promise<Key> {
  for (;;) {
    try {
      const { guid } = await askToPair({
        connection: fetchConnection(address()),
        name: ownName(),
        clock: systemClock,
        former: formerRequest(),
        signal,
        onDigits(digits, _hostName, request) {
          keepInTab('request', request)
          onDigits(digits, request)
        },
      })
      keepInTab('request', undefined)
      return { guid }
    } catch (error) {
      const hasRunOut = error instanceof KnownError && error.code === 'NO_SUCH_PAIRING_REQUEST'
      if (!hasRunOut) throw error
    }
  }
}

/** What was shown before the page was loaded again. */
function formerRequest(): OpenPairingRequest | undefined {
  const value = Object(keptInTab('request')) as Record<string, unknown>
  const { id, digits, secret } = value
  const isWhole = typeof id === 'string' && typeof digits === 'string' && typeof secret === 'string'
  return isWhole ? { id, digits, secret } : undefined
}

const devices: readonly (readonly [RegExp, string])[] = [
  [/iPhone/, 'iPhone'],
  [/iPad/, 'iPad'],
  [/Android.*Mobile/, 'Android phone'],
  [/Android/, 'Android tablet'],
  [/Windows/, 'Windows'],
  [/Mac OS X/, 'Mac'],
  [/Linux/, 'Linux'],
]
const browsers: readonly (readonly [RegExp, string])[] = [
  [/Edg\//, 'Edge'],
  [/Firefox\//, 'Firefox'],
  [/Chrom(?:e|ium)\//, 'Chrome'],
  [/Safari\//, 'Safari'],
]

/** What the owner reads: "Firefox on Linux". */
export function ownName(): string {
  const named = (table: readonly (readonly [RegExp, string])[], other: string) =>
    table.find(([pattern]) => pattern.test(navigator.userAgent))?.[1] ?? other
  return `${named(browsers, 'Browser')} on ${named(devices, 'a computer')}`
}
