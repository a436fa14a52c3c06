// One type, or a part of one, that somebody watches: who listens, and what they were told.

import { instanceName, type Name, nameKey, sameName, subtypeName, typeName } from '../dns/name.ts'
import type { PtrRecord } from '../dns/records.ts'
import type { BrowseListener, FoundService } from '../types.ts'
import type { Hearing } from './resolve.ts'

export interface Watch {
  /** Of the services, without a subtype. */
  readonly type: string
  /** Where the pointers are. */
  readonly name: Name
  /** What the names of all instances end in. */
  readonly domain: Name
  readonly listeners: Set<BrowseListener>
  /** Joined since the last tick: they are told what is known already. */
  readonly newcomers: Set<BrowseListener>
  readonly found: Map<string, { service: FoundService; print: string }>
}

/** `_http._tcp`, or `_printer._sub._http._tcp`. */
export function newWatch(wanted: string): Watch {
  const [, subtype, type = wanted] = /^(.+)\._sub\.(.+)$/.exec(wanted) ?? []
  const domain = typeName(type)
  return {
    type,
    name: subtype === undefined ? domain : subtypeName(subtype, type),
    domain,
    listeners: new Set(),
    newcomers: new Set(),
    found: new Map(),
  }
}

export function isInstanceOf({ domain }: Watch, name: Name): boolean {
  return name.length === domain.length + 1 && sameName(name.slice(1), domain)
}

/** The name on the network of what a caller was told of. */
export function nameOfFound({ type, name }: Pick<FoundService, 'type' | 'name'>): Name {
  return instanceName(name, type)
}

export function instancesOf(watch: Watch, hearings: readonly Hearing[]): Name[] {
  const targets = hearings.flatMap(({ cache }) =>
    cache.find(watch.name, 'PTR').map(({ record }) => (record as PtrRecord).target),
  )
  const proper = targets.filter((target) => isInstanceOf(watch, target))
  return [...new Map(proper.map((target) => [nameKey(target), target])).values()]
}

/** Newcomers hear of all there is. */
export function welcome({ newcomers, listeners, found }: Watch): void {
  for (const listener of newcomers) {
    listeners.add(listener)
    for (const { service } of found.values()) listener.onUp(service)
  }
  newcomers.clear()
}

/** Tells what is gone, new or different. */
export function report({ found, listeners }: Watch, present: ReadonlyMap<string, FoundService>): void {
  for (const [key, { service }] of found) {
    if (present.has(key)) continue
    found.delete(key)
    for (const listener of listeners) listener.onDown(service)
  }
  for (const [key, service] of present) {
    const print = printOf(service)
    if (found.get(key)?.print === print) continue
    found.set(key, { service, print })
    for (const listener of listeners) listener.onUp(service)
  }
}

/** Equal for services that nobody can tell apart. */
function printOf(service: FoundService): string {
  const txt = [...service.txt].map(([key, value]) => [key, value === true ? true : [...value].join(' ')])
  return JSON.stringify([{ ...service, txt }])
}
