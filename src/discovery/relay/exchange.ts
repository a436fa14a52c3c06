// Who is shown what: each link is shown what the others have, each linked relay what the links here have. Pure.

import { mostServices, type RelayedService } from './relayed-service.ts'

/** A network link of this machine, or a relay at the other end of a connection. */
export interface End {
  readonly kind: 'side' | 'peer'
  /** For people: the interface, or the address of the relay. */
  readonly name: string
  /** What is at home there, by key. */
  readonly offers: ReadonlyMap<string, RelayedService>
  /** Keys of what it has already: at home there, or brought by a relay that goes before us. */
  readonly taken: ReadonlySet<string>
  /** All that it is shown from now on. */
  show(services: readonly RelayedService[]): void
  /** Somebody asks for it where it is shown: it goes from `offers` soon unless it is still there. */
  reconfirm(service: RelayedService): void
}

export interface Shown {
  readonly service: RelayedService
  readonly from: End
}

/**
 * What to show there, by key. From one relay to the next goes only what its own links have, so nothing can go round; an
 * instance that several offer is taken from the first of them.
 */
export function shownTo(end: End, all: Iterable<End>): Map<string, Shown> {
  const shown = new Map<string, Shown>()
  for (const from of all) {
    if (from === end || (end.kind === 'peer' && from.kind === 'peer')) continue
    for (const [key, service] of from.offers) {
      if (shown.size >= mostServices) return shown
      if (!end.taken.has(key) && !shown.has(key)) shown.set(key, { service, from })
    }
  }
  return shown
}
