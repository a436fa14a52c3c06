// What a relay tells while it runs: lines for people, one JSON object each for programs.

import type { LinkEvent, RelayEvent } from '../../discovery/relay.ts'
import { KnownError } from '../../errors.ts'
import { services } from '../../protocol/index.ts'
import { jsonLine, line, styled } from '../terminal/output.ts'
import { printable } from '../terminal/text.ts'

export interface RelayReport {
  side(event: RelayEvent): void
  link(event: LinkEvent): void
  listening(port: number): void
  code(code: string): void
}

/** What is relayed, and what people call it. */
export const relayedKinds: Readonly<Record<string, string>> = {
  [services.touchAble.type]: 'host',
  [services.touchRemote.type]: 'asks to be paired',
  [services.daap.type]: 'shared library',
  [services.dacp.type]: 'listens to speakers',
  [services.raop.type]: 'speaker',
}

export const jsonRelayReport: RelayReport = {
  side({ event, to, from, service }) {
    const about = service && {
      type: service.type,
      name: service.name,
      port: service.port,
      addresses: service.addresses,
    }
    jsonLine({ event, to, ...(from !== undefined && { from }), ...about })
  },
  link({ event, with: address, reason }) {
    const code = reason instanceof KnownError ? reason.code : reason?.message
    jsonLine({ event, with: address, ...(code !== undefined && { reason: code }) })
  },
  listening: (port) => jsonLine({ event: 'listening', port }),
  code: (code) => jsonLine({ event: 'code', code }),
}

export const plainRelayReport: RelayReport = {
  side({ event, to, from = '', service }) {
    if (!service) return line(`Takes part: ${to}`)
    const kind = relayedKinds[service.type] ?? service.type
    const text = `${event === 'shown' ? '+' : '-'} ${kind}  ${printable(service.name)}  ${from} → ${to}`
    line(event === 'shown' ? text : styled('dim', text))
  },
  link({ event, with: address, reason }) {
    if (event === 'linked') return line(styled('green', `Linked with the relay at ${address}.`))
    const why = reason instanceof KnownError ? `: ${reason.row.says} ${reason.row.try}` : '.'
    line(styled('dim', `No link with the relay at ${address}${why}`))
  },
  listening: (port) => line(`Other relays may call at port ${port}.`),
  code(code) {
    line(`Code for one relay that is not known yet, good once within ten minutes:  ${styled('bold', code)}`)
    line('In the other network: tonearm relay --link ADDRESS-OF-THIS-MACHINE')
  },
}
