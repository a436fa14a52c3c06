// What a relay carries from one link to the others: a service, without what means something on its own link only. Pure.

import { labelOf, longestLabelBytes } from '../dns/name.ts'
import { txtText } from '../dns/txt.ts'
import { isLinkLocal } from '../links/addresses.ts'
import type { FoundService, TxtEntries } from '../types.ts'

export interface RelayedService {
  /** Such as `_touch-able._tcp`. */
  readonly type: string
  readonly name: string
  readonly port: number
  readonly txt: TxtEntries
  /** Routable ones only, sorted. */
  readonly addresses: readonly string[]
}

/** The TXT key by which everybody knows what was relayed; its value says by whom. What has it is never relayed again. */
export const markKey = 'relayed'
/** Services of all types together, on each link and from each relay; real networks have a few dozen. */
export const mostServices = 200
export const mostAddresses = 8
/** With the other records of the service this fits one packet. */
export const longestTxtBytes = 900

/** Undefined for what was relayed already, sleeps, or has no address that leads there from another link. */
export function offerOf(found: FoundService): RelayedService | undefined {
  const service = {
    type: found.type,
    name: found.name,
    port: found.port,
    txt: found.txt,
    addresses: found.addresses.filter(isRoutable).toSorted().slice(0, mostAddresses),
  }
  return isRelayable(service) ? service : undefined
}

/** Holds for everything that we offer, so it is asked of everything that is offered to us. */
export function isRelayable({ name, port, txt, addresses }: RelayedService): boolean {
  const nameBytes = labelOf(name).length
  if (nameBytes === 0 || nameBytes > longestLabelBytes || port === 0) return false
  if (markOf(txt) !== undefined || txtBytes(txt) > longestTxtBytes) return false
  return addresses.length > 0 && addresses.length <= mostAddresses && addresses.every(isRoutable)
}

/** Which relay brought this here; undefined for what is at home here. */
export function markOf(txt: TxtEntries): string | undefined {
  const isMarked = [...txt.keys()].some((key) => key.toLowerCase() === markKey)
  return isMarked ? (txtText(txt, markKey) ?? '') : undefined
}

/** Equal for the same instance, whatever the case of its ASCII letters. */
export function keyOf({ type, name }: Pick<RelayedService, 'type' | 'name'>): string {
  return `${type} ${name.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase())}`
}

/** Equal for services that nobody can tell apart. */
export function printOf({ type, name, port, txt, addresses }: RelayedService): string {
  const entries = [...txt].map(([key, value]) => [
    key,
    value === true || Buffer.from(value).toString('base64'),
  ])
  return JSON.stringify([type, name, port, entries, addresses])
}

/** Not those of one link, of one machine, or of a group. */
export function isRoutable(address: string): boolean {
  if (isLinkLocal(address) || /^(0\.|127\.|22[4-9]\.|2[3-5]\d\.)/.test(address)) return false
  return !/^(ff|::)/i.test(address) && !address.includes('%')
}

function txtBytes(txt: TxtEntries): number {
  return [...txt].reduce((sum, [key, value]) => sum + key.length + (value === true ? 1 : value.length + 2), 0)
}
