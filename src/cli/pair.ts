// `tonearm pair`: the remote's side. Shows four digits, waits for the host to call, remembers it.

import { hostname } from 'node:os'
import { systemClock } from '../clock.ts'
import type { Discovery } from '../discovery/index.ts'
import { KnownError } from '../errors.ts'
import {
  addressOf,
  addressText,
  connectRemote,
  defaultPort,
  type Found,
  findHost,
  type KnownHost,
  learnedMacAddresses,
  type PairedHost,
  type Remote,
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

/** The host writes the pairing down once it has our answer: perhaps not yet. */
const triesUntilWritten = 5
const pauseMs = 200

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
  const known = { ...host, serviceName, guid, macAddresses: found?.macAddresses ?? [] }
  writeMemory(directory, remembered(readMemory(directory), known))
  const told = await askAtHome(known)
  if (told) writeMemory(directory, remembered(readMemory(directory), { ...known, ...told }))
  return host
}

/** What one needs when it sleeps or is far away. Whoever pairs again takes the certificate of now. */
async function askAtHome(known: KnownHost): Promise<Partial<KnownHost> | undefined> {
  try {
    const remote = await connectOnceWritten(known)
    const way = await remote.wayFromOutside()
    const told = remote.host.macAddresses
    const macAddresses = told.length > 0 ? told : await learnedMacAddresses(known.address)
    await remote.close()
    return { macAddresses, ...(way?.isOwn && { outside: { certificate: way.fingerprint } }) }
  } catch (error) {
    if (error instanceof KnownError) return undefined // asked again at the next command
    throw error
  }
}

async function announced(discovery: Discovery, serviceName: string): Promise<Found | undefined> {
  try {
    return await findHost(discovery, serviceName)
  } catch (error) {
    if (error instanceof KnownError) return undefined
    throw error
  }
}

async function connectOnceWritten({ address, guid }: KnownHost): Promise<Remote> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await connectRemote({ address, guid })
    } catch (error) {
      const isEarly = error instanceof KnownError && error.code === 'NOT_PAIRED'
      if (!isEarly || tries === triesUntilWritten) throw error
      await systemClock.until(systemClock.nowMs() + pauseMs)
    }
  }
}
