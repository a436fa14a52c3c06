// `tonearm find`: who is there, as they come and go.

import { isIP } from 'node:net'
import { broadcastAddresses } from '../../discovery/index.ts'
import { KnownError } from '../../errors.ts'
import { emptyMemory, findHosts, listHosts, type RemoteMemory, readMemory } from '../../remote/node.ts'
import { badUse, doing, newCommand, wholeNumber } from '../command.ts'
import { dataDirectory } from '../host/own-host.ts'
import { withDiscovery } from '../reach/network.ts'
import { whyNobody } from '../reach/typed-host.ts'
import { remark } from '../terminal/output.ts'
import { findReport } from './find-report.ts'

/** On a pipe it ends by itself: enough for everyone to answer. */
const pipeSeconds = 5
/** Whoever is there has answered by then. */
const awayAfterMs = 3000

export const findCommand = doing<{ for?: number }>(
  newCommand({
    name: 'find',
    says: 'List hosts, remotes that ask to be paired, and speakers, as they appear; until Ctrl-C.',
    example: 'find --for 5',
    isData: true,
    isSearch: true,
  })
    .argument('[address...]', 'ask these machines too, each alone: where a network swallows multicast')
    .option('--for <seconds>', 'end by itself (on a pipe after 5 seconds)', wholeNumber(1, 86_400)),
  async ({ words, options, signal }) => {
    const machines = words.filter((word) => word !== undefined)
    for (const address of machines) refuseUnlessOneMachine(address)
    const seconds = options.for ?? (process.stdout.isTTY ? undefined : pipeSeconds)
    const report = findReport({ isJson: options.json === true })
    const known = memoryOf(options.data).hosts
    await withDiscovery(
      async (discovery) => {
        const hosts = listHosts({ discovery, known, onChange: report.host })
        const others = findHosts(discovery, { onUp: report.up, onDown: report.down }, ['remote', 'speaker'])
        const timer = setTimeout(() => {
          for (const host of hosts.hosts) if (!host.isHere) report.host(host)
        }, awayAfterMs)
        await ended(signal, seconds)
        clearTimeout(timer)
        others.close()
        hosts.close()
      },
      { domains: options.domain, machines },
    )
    if (report.isEmpty && !options.json)
      remark('Nobody was heard. Is this machine in the same network? An address works too: --host ADDRESS.')
  },
)

function refuseUnlessOneMachine(address: string): void {
  if (isIP(address.split('%')[0] ?? '') === 0) throw badUse(`${address} is no IP address`)
  const problem = whyNobody(address) ?? (isBroadcast(address) ? 'everybody on its link has it' : undefined)
  if (problem !== undefined) throw badUse(`${address} cannot be asked alone: ${problem}`)
}

function isBroadcast(address: string): boolean {
  return broadcastAddresses([address]).includes(address)
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

/** Whoever cannot read what is known still sees who is there. */
function memoryOf(data: string | undefined): RemoteMemory {
  try {
    return readMemory(dataDirectory(data))
  } catch (error) {
    if (error instanceof KnownError) return emptyMemory
    throw error
  }
}
