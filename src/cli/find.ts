// `tonearm find`: who is there, as they come and go.

import { isIP } from 'node:net'
import { KnownError } from '../errors.ts'
import {
  addressOf,
  awayHosts,
  canBeReached,
  emptyMemory,
  type Found,
  type FoundKind,
  findHosts,
  type KnownHost,
  type RemoteMemory,
  readMemory,
} from '../remote/node.ts'
import { badUse, doing, newCommand, wholeNumber } from './command.ts'
import { type DomainFlags, withDomainOption } from './domains.ts'
import { withDiscovery } from './network.ts'
import { jsonLine, line, remark, styled } from './output.ts'
import { dataDirectory } from './own-host.ts'
import { cut, displayWidth, printable } from './text.ts'

/** On a pipe it ends by itself: enough for everyone to answer. */
const pipeSeconds = 5
/** Whoever is there has answered by then. */
const awayAfterMs = 3000
const kindWords = {
  host: 'host',
  remote: 'asks to be paired',
  speaker: 'speaker',
} as const satisfies Record<FoundKind, string>
const kindWidth = Math.max(...Object.values(kindWords).map(displayWidth))
const nameWidth = 32

export const findCommand = doing<DomainFlags & { for?: number }>(
  withDomainOption(
    newCommand({
      name: 'find',
      says: 'List hosts, remotes that ask to be paired, and speakers, as they appear; until Ctrl-C.',
      example: 'find --for 5',
      isData: true,
    }).argument('[address...]', 'ask these machines too, each alone: where a network swallows multicast'),
  ).option('--for <seconds>', 'end by itself (on a pipe after 5 seconds)', wholeNumber(1, 86_400)),
  async ({ words, options, signal }) => {
    const machines = words.filter((word) => word !== undefined)
    for (const address of machines)
      if (isIP(address.split('%')[0] ?? '') === 0) throw badUse(`${address} is no IP address`)
    const seconds = options.for ?? (process.stdout.isTTY ? undefined : pipeSeconds)
    const seen = new Map<string, Found>()
    const tell = (event: 'up' | 'down', found: Found) => {
      // A host is heard on every interface, and again whenever something about it changes.
      const key = `${found.kind} ${found.serviceName} ${found.interfaceName} ${found.domain ?? ''}`
      const isNews = event === 'up' ? !isSame(seen.get(key), found) : seen.delete(key)
      if (!isNews) return
      if (event === 'up') seen.set(key, found)
      if (options.json) jsonLine({ event, ...found })
      else line(foundText(event, found))
    }
    const memory = memoryOf(options.data)
    const tellAway = () => {
      const heard = new Set(seen.values().map(({ serviceName }) => serviceName))
      for (const host of awayHosts(memory, heard)) {
        if (options.json) jsonLine(awayEvent(host))
        else line(awayText(host))
      }
    }
    await withDiscovery(
      async (discovery) => {
        const finding = findHosts(
          discovery,
          {
            onUp(found) {
              tell('up', found)
              // What others announce for it may be old: one that cannot be called is asked for again, and gone within 2 s.
              if (found.kind === 'host') void isThere(found).then((is) => is || finding.reconfirm(found))
            },
            onDown: (found) => tell('down', found),
          },
          ['host', 'remote', 'speaker'],
        )
        const timer = setTimeout(tellAway, awayAfterMs)
        await ended(signal, seconds)
        clearTimeout(timer)
        finding.close()
      },
      { domains: options.domain, machines },
    )
    if (seen.size === 0 && !options.json)
      remark('Nobody was heard. Is this machine in the same network? An address works too: --host ADDRESS.')
  },
)

function foundText(event: 'up' | 'down', { kind, name, addresses, port }: Found): string {
  const shown = cut(printable(name), nameWidth)
  const columns = [
    `${event === 'up' ? '+' : '-'} ${kindWords[kind].padEnd(kindWidth)}`,
    shown + ' '.repeat(nameWidth - displayWidth(shown)),
    addresses
      .map((address) => (address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`))
      .join(' '),
  ]
  return event === 'up' ? columns.join('  ') : styled('dim', columns.join('  ').trimEnd())
}

async function ended(signal: AbortSignal, seconds: number | undefined): Promise<void> {
  if (signal.aborted) return
  const { promise, resolve } = Promise.withResolvers<void>()
  signal.addEventListener('abort', () => resolve(), { once: true })
  // A browse alone does not keep the program alive; this does.
  const timer = setTimeout(resolve, seconds === undefined ? 2 ** 31 - 1 : seconds * 1000)
  await promise
  clearTimeout(timer)
}

/** Away: known from before, and not heard now. */
function awayEvent({ name, serviceName, address, macAddresses, lastSeenAtMs }: KnownHost) {
  const lastSeenAt = lastSeenAtMs === undefined ? null : new Date(lastSeenAtMs).toISOString()
  return {
    event: 'away',
    kind: 'host',
    name,
    serviceName,
    address,
    lastSeenAt,
    canWake: macAddresses.length > 0,
  }
}

function awayText(host: KnownHost): string {
  const { name, lastSeenAt, canWake } = awayEvent(host)
  const shown = cut(printable(name), nameWidth)
  const seen = lastSeenAt === null ? '' : `, last seen ${lastSeenAt.slice(0, 16).replace('T', ' ')} UTC`
  const wake = canWake ? `; \`tonearm wake "${printable(name)}"\` wakes it` : ''
  const padding = ' '.repeat(nameWidth - displayWidth(shown))
  return styled('dim', `  ${'host'.padEnd(kindWidth)}  ${shown}${padding}  away${seen}${wake}`)
}

function isSame(known: Found | undefined, found: Found): boolean {
  return JSON.stringify(known) === JSON.stringify(found)
}

function isThere(found: Found): Promise<boolean> {
  return canBeReached(addressOf(found))
}

/** Whoever cannot read what is known still sees who is there. */
function memoryOf(data: string | undefined): RemoteMemory {
  try {
    return readMemory(dataDirectory(data))
  } catch (error) {
    if (error instanceof KnownError) return emptyMemory
    throw error
  }
}
