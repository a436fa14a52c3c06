// `tonearm relay`: makes hosts, pairing requests and speakers of one network appear in another.

import { networkInterfaces } from 'node:os'
import { createInterface, type Interface } from 'node:readline/promises'
import { systemClock } from '../../clock.ts'
import {
  callRelay,
  defaultLinkPort,
  type LinkOptions,
  openLinkPort,
  openRelay,
} from '../../discovery/relay.ts'
import { KnownError } from '../../errors.ts'
import { addressText, type HostAddress, parseAddress } from '../../remote/node.ts'
import { badUse, doing, newCommand, wholeNumber } from '../command.ts'
import { dataDirectory } from '../host/own-host.ts'
import { createLog } from '../terminal/console-log.ts'
import { line } from '../terminal/output.ts'
import { goOnUnread } from '../terminal/unread.ts'
import { openRelayKeys, type RelayKeys } from './relay-keys.ts'
import { jsonRelayReport, plainRelayReport, type RelayReport, relayedKinds } from './relay-report.ts'

interface RelayFlags {
  readonly link?: string[]
  readonly listen?: number | true
  readonly invite?: boolean
  readonly forget?: string
}

export const relayCommand = doing<RelayFlags>(
  newCommand({
    name: 'relay',
    says:
      'Make hosts, remotes that ask to be paired, and speakers of one network appear in another. ' +
      'It runs on a machine that is in both, or on one machine in each, linked by address.',
    example: 'relay eth0 eth1\n  $ tonearm relay --listen\n  $ tonearm relay --link home.example',
    isData: true,
  })
    .argument('[interface...]', 'the networks of this machine that take part; without one all of them')
    .option('--link <host[:port]>', 'call the relay of another network (may be repeated)', collected)
    .option(
      '--listen [port]',
      `let other relays call here, at port ${defaultLinkPort}`,
      wholeNumber(1, 65_535),
    )
    .option('--invite', 'with --listen: show a code for one more relay')
    .option('--forget <host[:port]>', 'forget the relay that was called there, and end'),
  async ({ options, words, signal }) => {
    const keys = openRelayKeys(dataDirectory(options.data))
    if (options.forget !== undefined) return forget(keys, options.forget)
    if (options.invite && options.listen === undefined) throw badUse('--invite goes with --listen')
    const places = (options.link ?? []).map(relayPlace)
    const interfaces = words.filter((word) => word !== undefined)
    requireInterfaces(interfaces)
    goOnUnread()
    const log = createLog(process.env, process.stderr)
    const report = options.json ? jsonRelayReport : plainRelayReport
    const common = { types: Object.keys(relayedKinds), log, clock: systemClock }
    const relay = await openRelay({
      ...(interfaces.length > 0 && { interfaces }),
      ...common,
      onEvent: (event) => report.side(event),
    })
    try {
      const isLinked = options.link !== undefined || options.listen !== undefined
      if (!isLinked && relay.sides.length < 2)
        throw new KnownError('NOTHING_TO_RELAY', { networks: relay.sides.join(', ') || 'none' })
      await linkUntil(
        signal,
        { ...common, relay, keys, onEvent: (event) => report.link(event) },
        { ...options, places },
        report,
      )
    } finally {
      await relay.close()
    }
  },
)

/** Until the signal; rejects with what a person must see to. */
async function linkUntil(
  signal: AbortSignal,
  options: LinkOptions & { keys: RelayKeys },
  { places, listen, invite }: RelayFlags & { places: readonly HostAddress[] },
  report: RelayReport,
): Promise<void> {
  const ending = new AbortController()
  const end = AbortSignal.any([signal, ending.signal])
  const door =
    listen === undefined
      ? undefined
      : await openLinkPort({ ...options, port: listen === true ? defaultLinkPort : listen })
  if (door) report.listening(door.port)
  if (door && (invite || options.keys.isEmpty)) report.code(door.invite())
  const codes = new Codes()
  const calls = places.map((place) => {
    const address = addressText(place)
    return callRelay({ ...options, ...place, address, askCode: () => codes.ask(address, end) }, end)
  })
  try {
    await Promise.all([...calls, aborted(end)])
  } finally {
    ending.abort()
    codes.close()
    await Promise.allSettled(calls)
    await door?.close()
  }
}

/** Asks one after another; on a pipe each line is a code. */
class Codes {
  #terminal: Interface | undefined
  #last: Promise<unknown> = Promise.resolve()
  readonly #closed = new AbortController()

  ask(address: string, signal: AbortSignal): Promise<string> {
    const asked = this.#last.then(() => this.#ask(address, signal))
    this.#last = asked.catch(() => undefined)
    return asked
  }

  close(): void {
    this.#terminal?.close()
  }

  async #ask(address: string, signal: AbortSignal): Promise<string> {
    this.#terminal ??= this.#open()
    try {
      return await this.#terminal.question(`The code that the relay at ${address} shows: `, {
        signal: AbortSignal.any([signal, this.#closed.signal]),
      })
    } catch (error) {
      signal.throwIfAborted()
      throw new KnownError('NO_LINK_CODE', { relay: address }, error)
    }
  }

  #open(): Interface {
    const terminal = createInterface({ input: process.stdin, output: process.stderr })
    terminal.once('SIGINT', () => this.#closed.abort())
    terminal.once('close', () => this.#closed.abort())
    return terminal
  }
}

function forget(keys: RelayKeys, text: string): void {
  const address = addressText(relayPlace(text))
  if (!keys.forget(address)) throw new KnownError('NO_SUCH_RELAY', { relay: address })
  line(`Forgot the relay at ${address}.`)
}

/** BAD_ADDRESS */
function relayPlace(text: string): HostAddress {
  const place = parseAddress(text, defaultLinkPort)
  if (place.isSecure) throw badUse('tls:// leads to hosts; relays are called by HOST[:PORT]')
  return place
}

/** One that comes up later is fine; one that is misspelt never does. */
function requireInterfaces(names: readonly string[]): void {
  const known = networkInterfaces()
  for (const name of names)
    if (!Object.hasOwn(known, name))
      throw new KnownError('NO_SUCH_INTERFACE', { interface: name, known: Object.keys(known).join(', ') })
}

function collected(value: string, before: string[] = []): string[] {
  return [...before, value]
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
}
