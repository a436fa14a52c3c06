// What `find` prints: who came, who left, and which known hosts are away.

import type { Found, FoundKind, ListedHost } from '../../remote/node.ts'
import { jsonLine, line, styled } from '../terminal/output.ts'
import { cut, displayWidth, printable } from '../terminal/text.ts'

export interface FindReport {
  /** Nobody has been here so far. */
  readonly isEmpty: boolean
  up(found: Found): void
  down(found: Found): void
  /** A host that came, changed or went; one that is known and away is told so, once. */
  host(host: ListedHost): void
}

const kindWords = {
  host: 'host',
  remote: 'asks to be paired',
  speaker: 'speaker',
} as const satisfies Record<FoundKind, string>
const kindWidth = Math.max(...Object.values(kindWords).map(displayWidth))
const nameWidth = 32

export function findReport({ isJson }: { isJson: boolean }): FindReport {
  const here = new Map<string, string>()
  const away = new Set<string>()
  let isEmpty = true
  const tell = (event: 'up' | 'down', found: Found) => {
    if (isJson) jsonLine({ event, ...found })
    else line(foundText(event, found))
  }
  const up = (found: Found) => {
    isEmpty = false
    // For people one address more is no news: they come one after the other, link by link and family by family.
    const { name, port, addresses } = found
    const print = JSON.stringify(isJson ? found : [name, port, addresses[0]])
    if (here.get(keyOf(found)) === print) return
    here.set(keyOf(found), print)
    tell('up', found)
  }
  const down = (found: Found) => {
    if (here.delete(keyOf(found))) tell('down', found)
  }
  return {
    get isEmpty() {
      return isEmpty
    },
    up,
    down,
    host(host) {
      const { serviceName, isHere, found, known } = host
      if (found && isHere) {
        away.delete(serviceName)
        return up(found)
      }
      if (found) down(found)
      if (!known || away.has(serviceName)) return
      away.add(serviceName)
      if (isJson) jsonLine(awayEvent(host))
      else line(awayText(host))
    },
  }
}

/** Others than hosts are heard by plain DNS too, and then told twice. */
function keyOf({ kind, serviceName, domain = '' }: Found): string {
  return kind === 'host' ? serviceName : `${kind} ${serviceName} ${domain}`
}

function foundText(event: 'up' | 'down', { kind, name, addresses, port }: Found): string {
  const columns = [
    `${event === 'up' ? '+' : '-'} ${kindWords[kind].padEnd(kindWidth)}`,
    nameText(name),
    addresses
      .map((address) => (address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`))
      .join(' '),
  ]
  return event === 'up' ? columns.join('  ') : styled('dim', columns.join('  ').trimEnd())
}

function awayEvent({ name, serviceName, known, lastSeenAtMs }: ListedHost) {
  const lastSeenAt = lastSeenAtMs === undefined ? null : new Date(lastSeenAtMs).toISOString()
  const canWake = (known?.macAddresses.length ?? 0) > 0
  return { event: 'away', kind: 'host', name, serviceName, address: known?.address, lastSeenAt, canWake }
}

function awayText(host: ListedHost): string {
  const { name, lastSeenAt, canWake } = awayEvent(host)
  const seen = lastSeenAt === null ? '' : `, last seen ${lastSeenAt.slice(0, 16).replace('T', ' ')} UTC`
  const wake = canWake ? `; \`tonearm wake "${printable(name)}"\` wakes it` : ''
  return styled('dim', `  ${kindWords.host.padEnd(kindWidth)}  ${nameText(name)}  away${seen}${wake}`)
}

function nameText(name: string): string {
  const shown = cut(printable(name), nameWidth)
  return shown + ' '.repeat(nameWidth - displayWidth(shown))
}
