// `tonearm pair`: the remote's side. Shows four digits, waits for the host to call, remembers it.

import { hostname } from 'node:os'
import { systemClock } from '../../clock.ts'
import type { Discovery } from '../../discovery/index.ts'
import { KnownError } from '../../errors.ts'
import {
  addressOf,
  addressText,
  askToPair,
  defaultPort,
  type Found,
  findHost,
  type HostAddress,
  nodeConnection,
  type PairedHost,
  readMemory,
  startPairing,
  writeMemory,
} from '../../remote/node.ts'
import { badUse, doing, newCommand, visibleName } from '../command.ts'
import { dataDirectory } from '../host/own-host.ts'
import { keepPairing } from '../reach/keep-pairing.ts'
import { withDiscovery } from '../reach/network.ts'
import { findNamed, typedAddress } from '../reach/typed-host.ts'
import { bigDigits } from '../terminal/big-digits.ts'
import { jsonLine, line, remark, styled } from '../terminal/output.ts'
import { counted, printable } from '../terminal/text.ts'

export const pairCommand = doing<{ name?: string }>(
  newCommand({
    name: 'pair',
    says: 'Pair this computer with a host: shows four digits, to be typed on the host, and waits.',
    example: 'pair',
    isData: true,
    isSearch: true,
  })
    .argument('[host]', 'only this host, by its name or, where it is not found by itself, its ADDRESS[:PORT]')
    .option('--name <text>', 'what the host calls this computer', visibleName),
  async ({ words: [wanted], options, signal }) => {
    const pairing = {
      directory: dataDirectory(options.data),
      name: options.name ?? hostname().replace(/\..*$/, ''),
      isJson: options.json === true,
      signal,
    }
    // Before the digits are typed: what cannot be kept need not be begun.
    writeMemory(pairing.directory, readMemory(pairing.directory))
    const address = wanted === undefined ? undefined : typedAddress(wanted)
    if (address) return pairByAddress(pairing, address)
    await withDiscovery(
      async (discovery) => {
        const host = wanted === undefined ? undefined : await findNamed(discovery, wanted, signal)
        if (host && 'host' in host) await pairByAddress(pairing, host)
        // What is found by DNS alone does not hear us announce ourselves.
        else if (host?.domain !== undefined) await pairByAddress(pairing, addressOf(host))
        else await pairByCall(pairing, discovery, host)
      },
      { domains: options.domain },
    )
  },
)

interface Pairing {
  readonly directory: string
  /** What the host calls this computer. */
  readonly name: string
  readonly isJson: boolean
  readonly signal: AbortSignal
}

/** As remotes always did: we announce ourselves, the host finds us and calls. */
async function pairByCall(pairing: Pairing, discovery: Discovery, wanted: Found | undefined): Promise<void> {
  const { directory, name, isJson, signal } = pairing
  const onWrongCode = (left: number, address: string) => tellWrongCode(isJson, left, address)
  const window = await startPairing({ name, discovery, signal, onWrongCode })
  try {
    tellDigits(pairing, window.pin, wanted?.name)
    const paired = await window.paired
    tellPaired(pairing, await remember(directory, discovery, paired))
    if (wanted && wanted.serviceName !== paired.serviceName)
      remark(`This is another host than ${printable(wanted.name)}.`)
  } finally {
    await window.close()
  }
}

/** Where multicast does not reach: we ask, and the host gives the digits. */
async function pairByAddress(pairing: Pairing, address: HostAddress): Promise<void> {
  if (address.isSecure)
    throw badUse('pair at home first; the way from outside is for remotes that are paired')
  const { directory, name, signal } = pairing
  const { guid, hostName, serviceName } = await askToPair({
    connection: nodeConnection(address),
    ...{ name, signal, clock: systemClock },
    onDigits: (digits, host) => tellDigits(pairing, digits, host),
  })
  const host = { name: hostName, address: addressText(address) }
  await keepPairing(directory, { ...host, serviceName, guid, macAddresses: [] })
  tellPaired(pairing, host)
}

function tellDigits({ isJson, name }: Pairing, pin: string, hostName: string | undefined): void {
  if (isJson) jsonLine({ event: 'waiting', pin, name })
  else showDigits(pin, name, hostName)
}

function tellPaired({ isJson }: Pairing, host: { name: string; address: string }): void {
  if (isJson) jsonLine({ event: 'paired', host: host.name, address: host.address })
  else line(styled('green', `Paired with ${printable(host.name)} (${host.address}).`))
}

function showDigits(pin: string, name: string, hostName: string | undefined): void {
  if (process.stdout.isTTY) {
    line()
    for (const row of bigDigits(pin)) line(`  ${styled('bold', row)}`)
    line()
  }
  line(`PIN ${pin}`)
  const where = hostName === undefined ? 'the host' : printable(hostName)
  line(`Type these digits on ${where}, where this computer is called “${printable(name)}”:`)
  line(`  tonearm accept ${pin}`)
}

function tellWrongCode(isJson: boolean, left: number, address: string): void {
  if (isJson) jsonLine({ event: 'wrong-code', left, address })
  else remark(`${address} sent a wrong code; ${counted(left, 'try').replace('trys', 'tries')} left.`)
}

/** Its name and port are what it announces; where that is not heard, the address of its call and the usual port. */
async function remember(
  directory: string,
  discovery: Discovery,
  { guid, serviceName, address }: PairedHost,
): Promise<{ name: string; address: string }> {
  const found = await announced(discovery, serviceName)
  const host = {
    name: found?.name ?? serviceName,
    address: addressText(found ? addressOf(found) : { host: address, port: defaultPort }),
  }
  await keepPairing(directory, { ...host, serviceName, guid, macAddresses: found?.macAddresses ?? [] })
  return host
}

async function announced(discovery: Discovery, serviceName: string): Promise<Found | undefined> {
  try {
    return await findHost(discovery, serviceName)
  } catch (error) {
    if (error instanceof KnownError) return undefined
    throw error
  }
}
