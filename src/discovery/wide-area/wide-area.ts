// Services by plain DNS, where multicast does not reach (RFC 6763 11): what a domain lists, and what one machine says of
// itself when it is asked alone. DNS does not tell of changes, so it is asked now and then.

import type { Clock } from '../../clock.ts'
import { newWatch, report, type Watch, welcome } from '../browser/watch.ts'
import { labelText, type Name, nameKey, nameOf, nameText, sameName } from '../dns/name.ts'
import type { AddressRecord, DnsRecord, PtrRecord, RecordType, SrvRecord, TxtRecord } from '../dns/records.ts'
import { txtEntries } from '../dns/txt.ts'
import { multicastPort } from '../links/network.ts'
import { isRoutable } from '../relay/relayed-service.ts'
import type { BrowseListener, Discovery, FoundService } from '../types.ts'
import { askDns, serverAddress, type UnicastAnswer } from './unicast-dns.ts'

export interface WideAreaOptions {
  /** Browsed, and looked into for the domains that they name to be browsed. */
  readonly domains: readonly string[]
  /** Only looked into for domains to be browsed: a search domain need not hold services itself. */
  readonly searchDomains?: readonly string[]
  /** Machines to be asked alone, about themselves. They answer only those on their own link (RFC 6762 11). */
  readonly machines?: readonly string[]
  /** As `dns.getServers` says them. */
  readonly servers: readonly string[]
  readonly clock: Clock
}

interface Place {
  readonly servers: ReturnType<typeof serverAddress>[]
  readonly domain: string
}

const againMs = 15_000
/** From strangers' DNS: as many as a person could look through. */
const mostDomains = 8
const mostInstances = 100
const mostAddresses = 8
const atOnce = 8

export function openWideArea(options: WideAreaOptions): Pick<Discovery, 'browse'> & { close(): void } {
  const ending = new AbortController()
  let places: Promise<readonly Place[]> | undefined
  return {
    browse(type, listener) {
      const stopping = new AbortController()
      const signal = AbortSignal.any([stopping.signal, ending.signal])
      places ??= placesOf(options, ending.signal)
      void places.then((known) => follow(known, type, listener, options.clock, signal))
      return { close: () => stopping.abort() }
    },
    close: () => ending.abort(),
  }
}

async function follow(
  places: readonly Place[],
  type: string,
  listener: BrowseListener,
  clock: Clock,
  signal: AbortSignal,
): Promise<void> {
  if (places.length === 0) return
  const watch: Watch = newWatch(type)
  watch.newcomers.add(listener)
  welcome(watch)
  while (!signal.aborted) {
    const lists = await Promise.all(places.map((place) => servicesAt(place, type, signal)))
    if (signal.aborted) return
    const found = lists
      .flat()
      .map((service) => [`${service.domain} ${service.name.toLowerCase()}`, service] as const)
    report(watch, new Map(found))
    await clock.until(clock.nowMs() + againMs, signal).catch(() => undefined)
  }
}

/** `b` are the domains to browse, `lb` those for clients that offer no choice (RFC 6763 11). */
async function placesOf(options: WideAreaOptions, signal: AbortSignal): Promise<readonly Place[]> {
  const { domains, searchDomains = [], machines = [] } = options
  const servers = options.servers.map(serverAddress)
  const roots = [...domains, ...searchDomains].slice(0, mostDomains)
  const named = await Promise.all(
    roots.flatMap((root) =>
      ['b', 'lb'].map(async (kind) => {
        const name = nameOf(`${kind}._dns-sd._udp.${root}`)
        const answer = await askDns(servers, name, 'PTR', signal)
        return pointersIn(answer?.answers ?? []).map((target) => nameText(target).toLowerCase())
      }),
    ),
  )
  const all = new Set([...domains.map((domain) => domain.toLowerCase()), ...named.flat()])
  const browsed = [...all].filter((domain) => domain !== '' && domain !== 'local').slice(0, mostDomains)
  return [
    ...browsed.map((domain) => ({ servers, domain })),
    ...machines.map((address) => ({ servers: [{ address, port: multicastPort }], domain: 'local' })),
  ]
}

async function servicesAt(
  { servers, domain }: Place,
  type: string,
  signal: AbortSignal,
): Promise<FoundService[]> {
  const listName = nameOf(`${type}.${domain}`)
  const list = await askDns(servers, listName, 'PTR', signal)
  if (!list) return []
  const instances = pointersIn(list.answers)
    .filter((name) => name.length === listName.length + 1 && sameName(name.slice(1), listName))
    .slice(0, mostInstances)
  const asker = { ask: (name: Name, wanted: RecordType) => askDns(servers, name, wanted, signal) }
  const found: (FoundService | undefined)[] = []
  for (let start = 0; start < instances.length && !signal.aborted; start += atOnce)
    found.push(
      ...(await Promise.all(
        instances
          .slice(start, start + atOnce)
          .map((instance) => resolved(asker, instance, list, { type, domain })),
      )),
    )
  return found.filter((service) => service !== undefined)
}

interface Asker {
  ask(name: Name, type: RecordType): Promise<UnicastAnswer | undefined>
}

async function resolved(
  asker: Asker,
  instance: Name,
  list: UnicastAnswer,
  { type, domain }: { type: string; domain: string },
): Promise<FoundService | undefined> {
  const [srv] = (await recordsOf(asker, instance, 'SRV', list.additionals)) as SrvRecord[]
  const [txt] = (await recordsOf(asker, instance, 'TXT', list.additionals)) as TxtRecord[]
  if (!srv || srv.port === 0 || srv.target.length === 0) return undefined
  const addresses = (
    await Promise.all(
      (['A', 'AAAA'] as const).map((family) => recordsOf(asker, srv.target, family, list.additionals)),
    )
  )
    .flat()
    .map((record) => (record as AddressRecord).address)
    .filter(isRoutable)
  if (addresses.length === 0) return undefined
  return {
    type,
    name: labelText(instance[0] ?? new Uint8Array()),
    hostName: nameText(srv.target),
    port: srv.port,
    txt: txtEntries(txt?.strings ?? []),
    addresses: addresses.slice(0, mostAddresses),
    interfaceName: '',
    domain,
  }
}

/** Told along with the list, or asked for. */
async function recordsOf(
  asker: Asker,
  name: Name,
  type: RecordType,
  told: readonly DnsRecord[],
): Promise<readonly DnsRecord[]> {
  const key = nameKey(name)
  const known = told.filter((record) => record.type === type && nameKey(record.name) === key)
  return known.length > 0 ? known : ((await asker.ask(name, type))?.answers ?? [])
}

function pointersIn(records: readonly DnsRecord[]): Name[] {
  return records.filter((record): record is PtrRecord => record.type === 'PTR').map(({ target }) => target)
}
