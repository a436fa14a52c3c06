// `tonearm find`: who is there, as they come and go.

import { isIP } from 'node:net'
import { type Found, type FoundKind, findHosts } from '../remote/node.ts'
import { badUse, doing, newCommand, wholeNumber } from './command.ts'
import { type DomainFlags, withDomainOption } from './domains.ts'
import { withDiscovery } from './network.ts'
import { jsonLine, line, remark, styled } from './output.ts'
import { cut, displayWidth, printable } from './text.ts'

/** On a pipe it ends by itself: enough for everyone to answer. */
const pipeSeconds = 5
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
    const seen = new Map<string, string>()
    const tell = (event: 'up' | 'down', found: Found) => {
      // A host is heard on every interface, and again whenever something about it changes.
      const key = `${found.kind} ${found.serviceName} ${found.interfaceName} ${found.domain ?? ''}`
      const shown = JSON.stringify(found)
      if (event === 'up' ? seen.get(key) === shown : !seen.delete(key)) return
      if (event === 'up') seen.set(key, shown)
      if (options.json) jsonLine({ event, ...found })
      else line(foundText(event, found))
    }
    await withDiscovery(
      async (discovery) => {
        const finding = findHosts(
          discovery,
          { onUp: (found) => tell('up', found), onDown: (found) => tell('down', found) },
          ['host', 'remote', 'speaker'],
        )
        await ended(signal, seconds)
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
