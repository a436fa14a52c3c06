// Who asks to be paired: remotes that announce themselves on the link, and browsers that ask by the API.
// Accepting calls exactly the one named. A hostile remote that says yes to any digits pairs only itself.

import { randomBytes, randomInt } from 'node:crypto'
import type { Clock } from '../../clock.ts'
import { type Discovery, type FoundService, relayedBy } from '../../discovery/index.ts'
import { KnownError } from '../../errors.ts'
import type { Log } from '../../log.ts'
import { isPairKey, isPin, services } from '../../protocol/index.ts'
import { addressesOnLink } from '../network/machine-addresses.ts'
import { sourceOf } from '../sessions/attempts.ts'
import { isSameSecret } from '../sessions/secrets.ts'
import { callRemote } from './call-remote.ts'
import type { Pairing, Pairings } from './pairings.ts'
import { remotesAt } from './remotes-at.ts'

export interface PairingRequest {
  /** A short number that people can type. */
  readonly id: string
  readonly kind: 'remote' | 'browser'
  readonly name: string
  readonly address: string
  readonly ageSeconds: number
}

export interface PairingRequests {
  list(): PairingRequest[]
  /** Asks the machine at this address alone, and gives who asks there. REMOTE_ELSEWHERE, NO_SUCH_PAIRING_REQUEST. */
  lookAt(address: string): Promise<PairingRequest[]>
  /** Called after each change of the list. */
  onChange(listener: () => void): { close(): void }
  /** A browser asks. TOO_MANY_PAIRING_REQUESTS. */
  ask(browser: { name: string; address: string }): { id: string; digits: string; secret: string }
  /** For the holder of the secret: the guid once accepted. NO_SUCH_PAIRING_REQUEST for everyone else. */
  stateOf(id: string, secret: string): { state: 'waiting' } | { state: 'accepted'; guid: bigint }
  /** NO_SUCH_PAIRING_REQUEST, WRONG_PIN (may be tried again), REMOTE_GONE, BAD_REMOTE_ANSWER. */
  accept(id: string, pin: string): Promise<Pairing>
  close(): void
}

export interface PairingRequestParts {
  readonly pairings: Pairings
  readonly discovery: Discovery | undefined
  readonly clock: Clock
  readonly log: Log
  /** Whether a request from there would be answered. */
  isAddressAllowed(address: string): boolean
  /** Of `_touch-able`, as announced now. */
  serviceName(): string
  /** Somebody new asks. */
  onRequest(request: PairingRequest): void
}

interface RemoteRequest {
  readonly kind: 'remote'
  readonly id: string
  readonly name: string
  readonly sinceMs: number
  readonly pair: string
  /** The newest it announced. */
  readonly service: FoundService
  readonly addresses: readonly string[]
}

interface BrowserRequest {
  readonly kind: 'browser'
  readonly id: string
  readonly name: string
  readonly sinceMs: number
  readonly address: string
  readonly digits: string
  readonly secret: string
  guid: bigint | undefined
}

const openMs = 5 * 60 * 1000
const mostBrowsers = 5
const mostPerSource = 3
/** Remotes listed at once, and from one address; anyone on the link can announce as many as it likes. */
const mostRemotes = 50
const mostRemotesPerSource = 10
const longestName = 100

export function createPairingRequests(parts: PairingRequestParts): PairingRequests {
  const { pairings, clock } = parts
  const remotes = new Map<string, RemoteRequest>()
  /** Found no room in the list yet. */
  const waiting = new Map<string, FoundService>()
  /** The call that is under way, by the id of who is called. */
  const calls = new Map<string, Promise<unknown>>()
  const browsers = new Map<string, BrowserRequest>()
  const listeners = new Set<() => void>()
  let lastId = 0

  const nextId = () => String((lastId += 1))
  const changed = () => {
    for (const listener of listeners) listener()
  }

  function dropExpired(): void {
    const isOver = ({ sinceMs }: { sinceMs: number }) => clock.nowMs() - sinceMs > openMs
    for (const [id, request] of browsers) if (isOver(request)) browsers.delete(id)
    // Of one that was asked alone no goodbye is heard.
    for (const request of remotes.values())
      if (request.service.domain !== undefined && isOver(request)) onDown(request.service)
  }

  function listed(request: RemoteRequest | BrowserRequest): PairingRequest {
    const { id, kind, name } = request
    const address = request.kind === 'remote' ? (request.addresses[0] ?? '') : request.address
    return { id, kind, name, address, ageSeconds: Math.floor((clock.nowMs() - request.sinceMs) / 1000) }
  }

  function onUp(service: FoundService): void {
    const key = keyOf(service)
    const listedNow = remotes.get(key)
    // Whoever takes over a name at another address is somebody else: the number that the owner saw does not mean it.
    const known = listedNow && hasAddress(service, listedNow.addresses[0]) ? listedNow : undefined
    const request = remoteOf(
      service,
      callable(service, parts),
      known ?? { id: '', sinceMs: clock.nowMs(), addresses: [] },
    )
    if (!request) return onDown(service)
    if (!listedNow && !hasRoomFor(request)) return void waiting.set(key, service)
    waiting.delete(key)
    const named = known ? request : { ...request, id: nextId() }
    remotes.set(key, named)
    if (!known) parts.onRequest(listed(named))
    changed()
  }

  function hasRoomFor({ addresses }: RemoteRequest): boolean {
    const sources = [...remotes.values()].map((remote) => sourceOf(remote.addresses[0] ?? ''))
    const own = sourceOf(addresses[0] ?? '')
    return sources.length < mostRemotes && sources.filter((one) => one === own).length < mostRemotesPerSource
  }

  function onDown(service: FoundService): void {
    waiting.delete(keyOf(service))
    if (!remotes.delete(keyOf(service))) return
    changed()
    for (const next of [...waiting.values()]) onUp(next)
  }

  const browsing = parts.discovery?.browse(services.touchRemote.type, { onUp, onDown })

  return {
    list() {
      dropExpired()
      const asking = [...browsers.values()].filter(({ guid }) => guid === undefined)
      return [...remotes.values(), ...asking].toSorted((a, b) => a.sinceMs - b.sinceMs).map(listed)
    },
    async lookAt(address) {
      const found = await remotesAt(address, clock)
      for (const service of found) onUp(service)
      const keys = new Set(found.map(keyOf))
      const asking = [...remotes].filter(([key]) => keys.has(key)).map(([, remote]) => listed(remote))
      if (asking.length === 0) throw new KnownError('NO_SUCH_PAIRING_REQUEST', { remote: address })
      return asking
    },
    onChange(listener) {
      listeners.add(listener)
      return { close: () => void listeners.delete(listener) }
    },
    ask({ name, address }) {
      dropExpired()
      const open = [...browsers.values()].filter(({ guid }) => guid === undefined)
      const ofSource = open.filter((request) => sourceOf(request.address) === sourceOf(address))
      if (open.length >= mostBrowsers || ofSource.length >= mostPerSource)
        throw new KnownError('TOO_MANY_PAIRING_REQUESTS')
      const request: BrowserRequest = {
        kind: 'browser',
        id: nextId(),
        name: cleanName(name),
        sinceMs: clock.nowMs(),
        address,
        digits: String(randomInt(10_000)).padStart(4, '0'),
        secret: randomBytes(16).toString('base64url'),
        guid: undefined,
      }
      browsers.set(request.id, request)
      parts.onRequest(listed(request))
      changed()
      return { id: request.id, digits: request.digits, secret: request.secret }
    },
    stateOf(id, secret) {
      dropExpired()
      const request = browsers.get(id)
      if (!request || !isSameSecret(secret, request.secret)) throw new KnownError('NO_SUCH_PAIRING_REQUEST')
      return request.guid === undefined ? { state: 'waiting' } : { state: 'accepted', guid: request.guid }
    },
    async accept(id, pin) {
      dropExpired()
      if (!isPin(pin)) throw new KnownError('WRONG_PIN')
      const browser = browsers.get(id)
      if (browser && browser.guid === undefined) {
        if (!isSameSecret(pin, browser.digits)) throw new KnownError('WRONG_PIN')
        const pairing = pairings.addNew({ name: browser.name, address: browser.address })
        browser.guid = pairing.guid
        changed()
        return pairing
      }
      // One call at a time: a person who presses twice must not use up two of the remote's five tries.
      while (calls.has(id)) await calls.get(id)
      const remote = [...remotes.values()].find((request) => request.id === id)
      if (!remote) throw new KnownError('NO_SUCH_PAIRING_REQUEST')
      const accepting = acceptRemote(remote, pin)
      calls.set(
        id,
        accepting.catch(() => undefined),
      )
      try {
        return await accepting
      } finally {
        calls.delete(id)
      }
    },
    close() {
      browsing?.close()
      listeners.clear()
    },
  }

  async function acceptRemote(remote: RemoteRequest, pin: string): Promise<Pairing> {
    const { addresses, pair, service } = remote
    const answer = await callRemote({ addresses, pair, port: service.port }, pin, parts.serviceName())
    const name = cleanName(answer.name || remote.name)
    const pairing = pairings.add({ guid: answer.guid, name, address: answer.address })
    // The same screen asks no second time; its goodbye may be lost.
    onDown(service)
    return pairing
  }
}

/**
 * Those of our own link. A relay brings remotes from other networks: they are called where their own requests would be
 * answered too, and nobody else is.
 */
function callable(
  { txt, addresses }: FoundService,
  { isAddressAllowed }: Pick<PairingRequestParts, 'isAddressAllowed'>,
): string[] {
  return relayedBy(txt) === undefined ? addressesOnLink(addresses) : addresses.filter(isAddressAllowed)
}

/** Undefined for a record that no remote sends, or one that cannot be called. */
function remoteOf(
  service: FoundService,
  callableAddresses: readonly string[],
  known: Pick<RemoteRequest, 'id' | 'sinceMs' | 'addresses'>,
): RemoteRequest | undefined {
  const pair = textOf(service, 'Pair')
  const name = textOf(service, 'DvNm')
  // The address that was shown stays the first to be called.
  const addresses = callableAddresses.toSorted(
    (a, b) => Number(b === known.addresses[0]) - Number(a === known.addresses[0]),
  )
  const isCallable = addresses.length > 0 && service.port > 0
  if (!isPairKey(pair) || name === '' || !isCallable) return undefined
  const { id, sinceMs } = known
  return { kind: 'remote', id, sinceMs, name: cleanName(name), pair, service, addresses }
}

function hasAddress({ addresses }: FoundService, address: string | undefined): boolean {
  return address !== undefined && addresses.includes(address)
}

function textOf({ txt }: FoundService, key: string): string {
  for (const [name, value] of txt)
    if (name.toLowerCase() === key.toLowerCase()) return value === true ? '' : new TextDecoder().decode(value)
  return ''
}

function keyOf({ name }: FoundService): string {
  return name.toLowerCase()
}

/** Names come from strangers: nothing in them may steer a terminal or fill a screen. */
function cleanName(name: string): string {
  const shown = name.replaceAll(/\p{C}/gu, ' ').trim()
  return [...shown].slice(0, longestName).join('') || 'nameless'
}
