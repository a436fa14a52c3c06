// The ways to a host that is known: where it was last, where it says it is now, from outside, and waking it first.

import { KnownError } from '../../errors.ts'
import {
  addressOf,
  addressText,
  connectRemote,
  type Found,
  findHost,
  isOnLink,
  isSilence,
  type KnownHost,
  learnedMacAddresses,
  parseAddress,
  type Remote,
  readMemory,
  remembered,
  waitUntilAwake,
  writeMemory,
} from '../../remote/node.ts'
import { remark } from '../terminal/output.ts'
import { printable } from '../terminal/text.ts'
import { withDiscovery } from './network.ts'
import { tellWaiting, wakeKnown } from './waking.ts'

/** While a sleep proxy answers for it, calling it is what wakes it. */
const proxyPatienceMs = 15_000
/** Its way from outside is asked for this often, until it has one. */
const askedAgainAfterMs = 24 * 3600 * 1000

/** Who looks for a host: with what is remembered where, and in which DNS domains besides the usual ones. */
export interface Seeker {
  readonly directory: string
  readonly domains?: readonly string[] | undefined
  readonly signal: AbortSignal
}

/** Tries one way after the other. Fails with what the first one said; CERTIFICATE_CHANGED ends it at once. */
export async function connectToKnown(seeker: Seeker, known: KnownHost): Promise<Remote> {
  let first: unknown
  for (const address of waysTo(known)) {
    try {
      return await connectAt(seeker, known, address)
    } catch (error) {
      if (!isWorthAnother(error)) throw error
      first ??= error
    }
  }
  const address = await whereNow(seeker, known, first)
  if (address === undefined) throw first
  return connectAt(seeker, known, address)
}

/** Connects at one address, and remembers that it worked. */
export async function connectAt(
  { directory, signal }: Seeker,
  known: KnownHost,
  address: string,
): Promise<Remote> {
  const certificate = known.outside?.certificate
  const remote = await connectRemote({ address, certificate, guid: known.guid, signal })
  await remember(directory, known, address, remote)
  return remote
}

/** From elsewhere the way from outside comes first: what has its old address there is another machine. */
function waysTo({ address, outside }: KnownHost): string[] {
  const ways = [address, ...(outside?.address === undefined ? [] : [outside.address])].filter(
    (way) => way !== '',
  )
  return ways.length > 1 && !isOnLink(parseAddress(address).host) ? ways.toReversed() : ways
}

/** Gone, or another host at its address. */
function isWorthAnother(error: unknown): boolean {
  return error instanceof KnownError && (error.code === 'HOST_GONE' || error.code === 'NOT_PAIRED')
}

/** By its announcement; when there is none, it may have to be woken first. */
async function whereNow(seeker: Seeker, known: KnownHost, failure: unknown): Promise<string | undefined> {
  const { directory, signal } = seeker
  const found = await announced(seeker, known)
  const address = found && addressText(addressOf(found))
  if (address !== undefined && address !== known.address) return address
  if (!isSilence(failure)) return undefined
  if (address !== undefined) {
    await waitUntilAwake({ address, signal, patienceMs: proxyPatienceMs, onWait: tellWaiting(known) })
    return address
  }
  const canWake = known.guid !== undefined && known.macAddresses.length > 0
  if (!canWake || !isOnLink(parseAddress(known.address).host)) return undefined
  remark(`${printable(known.name)} does not answer; it may be asleep.`)
  await wakeKnown(directory, known, signal)
  return known.address
}

/** HOST_NOT_FOUND. */
function findByName({ domains, signal }: Seeker, name: string): Promise<Found> {
  return withDiscovery((discovery) => findHost(discovery, name, { signal }), { domains })
}

async function announced(seeker: Seeker, known: KnownHost): Promise<Found | undefined> {
  if (known.serviceName === '') return undefined
  try {
    return await findByName(seeker, known.serviceName)
  } catch (error) {
    if (error instanceof KnownError) return undefined
    throw error
  }
}

async function remember(directory: string, known: KnownHost, address: string, remote: Remote): Promise<void> {
  const isOutside = parseAddress(address).isSecure === true
  const told = remote.host.macAddresses
  const learned = told.length > 0 || isOutside ? told : await learnedMacAddresses(address)
  const now = Date.now()
  const next: KnownHost = {
    ...known,
    name: remote.host.name,
    macAddresses: learned.length > 0 ? learned : known.macAddresses,
    lastSeenAtMs: now,
    ...(isOutside
      ? { outside: known.outside && { ...known.outside, address } }
      : { address, outside: known.outside ?? (await askForWay(known, remote, now)) }),
  }
  try {
    writeMemory(directory, remembered(readMemory(directory), next))
  } catch (error) {
    // Where nothing may be written one can still use a remote; only `pair` insists.
    if (!(error instanceof KnownError)) throw error
  }
}

/** What is told at home is held from then on. */
async function askForWay(known: KnownHost, remote: Remote, now: number): Promise<KnownHost['outside']> {
  const isDue = now - (known.lastSeenAtMs ?? 0) > askedAgainAfterMs
  if (known.guid === undefined || !isDue) return undefined
  const way = await remote.wayFromOutside().catch(() => undefined)
  return way?.isOwn ? { certificate: way.fingerprint } : undefined
}
