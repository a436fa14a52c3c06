// `tonearm pair`: the remote's side. Shows four digits, waits for the host to call, remembers it.

import { hostname } from 'node:os'
import type { Discovery } from '../discovery/index.ts'
import { KnownError } from '../errors.ts'
import {
  addressOf,
  addressText,
  defaultPort,
  type Found,
  findHost,
  type PairedHost,
  readMemory,
  remembered,
  startPairing,
  writeMemory,
} from '../remote/node.ts'
import { bigDigits } from './big-digits.ts'
import { doing, newCommand } from './command.ts'
import { withDiscovery } from './network.ts'
import { jsonLine, line, remark, styled } from './output.ts'
import { dataDirectory } from './own-host.ts'
import { counted, printable } from './text.ts'

export const pairCommand = doing<{ name?: string }>(
  newCommand({
    name: 'pair',
    says: 'Pair this computer with a host: shows four digits, to be typed on the host, and waits.',
    example: 'pair',
    isData: true,
  })
    .argument('[host]', 'only this host, by its name')
    .option('--name <text>', 'what the host calls this computer'),
  async ({ words: [wanted], options, signal }) => {
    const directory = dataDirectory(options.data)
    // Before the digits are typed: what cannot be kept need not be begun.
    writeMemory(directory, readMemory(directory))
    const name = options.name ?? hostname().replace(/\..*$/, '')
    await withDiscovery(async (discovery) => {
      const wantedHost = wanted === undefined ? undefined : await findHost(discovery, wanted, { signal })
      const pairing = await startPairing({
        name,
        discovery,
        signal,
        onWrongCode: (left, address) => tellWrongCode(options.json === true, left, address),
      })
      try {
        if (options.json) jsonLine({ event: 'waiting', pin: pairing.pin, name })
        else showDigits(pairing.pin, name, wantedHost)
        const paired = await pairing.paired
        const host = await remember(directory, discovery, paired)
        if (options.json) jsonLine({ event: 'paired', host: host.name, address: host.address })
        else line(styled('green', `Paired with ${printable(host.name)} (${host.address}).`))
        if (wantedHost && wantedHost.serviceName !== paired.serviceName)
          remark(`This is another host than ${printable(wantedHost.name)}.`)
      } finally {
        await pairing.close()
      }
    })
  },
)

function showDigits(pin: string, name: string, host: Found | undefined): void {
  if (process.stdout.isTTY) {
    line()
    for (const row of bigDigits(pin)) line(`  ${styled('bold', row)}`)
    line()
  }
  line(`PIN ${pin}`)
  const where = host ? printable(host.name) : 'the host'
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
  writeMemory(directory, remembered(readMemory(directory), { ...host, serviceName, guid, macAddresses: [] }))
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
