// `tonearm accept`: the host's side of pairing. Lists who asks; pairs the one named, by the digits it shows.

import { isIP } from 'node:net'
import { createInterface, type Interface } from 'node:readline/promises'
import { KnownError } from '../../errors.ts'
import type { Remote } from '../../remote/node.ts'
import { badUse, doing, newCommand } from '../command.ts'
import { dataDirectory, withOwnHost } from '../host/own-host.ts'
import { jsonLine, line, remark, styled, table } from '../terminal/output.ts'
import { printable } from '../terminal/text.ts'

type Request = Awaited<ReturnType<Remote['pairingRequests']>>[number]

const isPin = (text: string | undefined): text is string => text !== undefined && /^\d{4}$/.test(text)
/** On a terminal; the remote itself hears five. */
const triesAtTerminal = 3

export const acceptCommand = doing(
  newCommand({
    name: 'accept',
    says: 'Pair the remote that asks, by the four digits it shows; without digits, list who asks.',
    example: 'accept 1234',
    isData: true,
  })
    .argument(
      '[remote]',
      'its name, number or address; may be left out when only one asks. An address that is not in the list is asked',
    )
    .argument('[pin]', 'the four digits it shows'),
  ({ words: [first, second], options, signal }) =>
    withOwnHost(dataDirectory(options.data), signal, async (host) => {
      const requests = await whoAsks(host, first, signal)
      const isTerminal = process.stdin.isTTY && process.stdout.isTTY
      if (first === undefined && !(isTerminal && requests.length === 1 && !options.json))
        return listRequests(requests, options.json === true)
      const { request, pin } = chosen(requests, first, second)
      if (!options.json) line(`${describe(request)} asks to be paired.`)
      const pairing =
        pin === undefined && isTerminal
          ? await acceptByAsking(host, request, signal)
          : await host.acceptPairing(request.id, pin ?? missingPin(), { signal })
      if (options.json) jsonLine(pairing)
      else line(styled('green', `Paired with ${printable(pairing.name)} (${printable(pairing.address)}).`))
    }),
)

/** Where the network swallows multicast, one that is named by its address is asked alone. */
async function whoAsks(
  host: Remote,
  wanted: string | undefined,
  signal: AbortSignal,
): Promise<readonly Request[]> {
  const requests = await host.pairingRequests({ signal })
  const isListed = wanted === undefined || requests.some((request) => isNamed(request, wanted))
  const isAddress = wanted !== undefined && isIP(wanted.replace(/%.*$/, '')) !== 0
  return isListed || !isAddress ? requests : host.lookForRemotes(wanted, { signal })
}

function listRequests(requests: readonly Request[], isJson: boolean): void {
  if (isJson) return jsonLine(requests)
  if (requests.length === 0) {
    line('No remote is asking to be paired.')
    remark('On a phone choose “Add a library”; on another computer run `tonearm pair`.')
    return
  }
  table(
    [
      { title: '#', align: 'right' },
      { title: 'NAME', isElastic: true },
      { title: 'ADDRESS' },
      { title: 'SINCE' },
    ],
    requests.map(({ id, name, address, ageSeconds }) => [id, name, address, `${ageSeconds} s`]),
  )
  remark('Pair one with `tonearm accept REMOTE PIN`.')
}

/** A lone word of four digits is the PIN, unless one that asks is called so. */
function chosen(
  requests: readonly Request[],
  first: string | undefined,
  second: string | undefined,
): { request: Request; pin: string | undefined } {
  if (second !== undefined && !isPin(second)) throw badUse('a PIN is four digits')
  const only = requests.length === 1 ? requests[0] : undefined
  if (first === undefined && only) return { request: only, pin: second }
  const matching = requests.filter((request) => isNamed(request, first ?? ''))
  if (matching.length === 1 && matching[0]) return { request: matching[0], pin: second }
  if (matching.length > 1) throw badUse('several are called so; name one by its number or address')
  if (second === undefined && isPin(first)) {
    if (only) return { request: only, pin: first }
    if (requests.length > 1) throw badUse('several remotes ask; name one: tonearm accept REMOTE PIN')
  }
  throw new KnownError(
    'NO_SUCH_PAIRING_REQUEST',
    first === undefined || isPin(first) ? {} : { remote: first },
  )
}

function isNamed({ id, name, address }: Request, text: string): boolean {
  return [id, name, address].some((own) => own.toLowerCase() === text.toLowerCase())
}

function missingPin(): never {
  throw badUse('the four digits are missing: tonearm accept REMOTE PIN')
}

function describe({ name, address }: Request): string {
  return `${styled('bold', printable(name))} (${printable(address)})`
}

async function acceptByAsking(host: Remote, request: Request, signal: AbortSignal) {
  const terminal = createInterface({ input: process.stdin, output: process.stdout })
  // Ctrl-C and Ctrl-D at the question both mean "not now"; by itself it would wait on for ever.
  const ending = new AbortController()
  terminal.once('SIGINT', () => ending.abort(new KnownError('NO_PIN')))
  terminal.once('close', () => ending.abort(new KnownError('NO_PIN')))
  const asking = AbortSignal.any([signal, ending.signal])
  try {
    for (let left = triesAtTerminal; ; left -= 1) {
      const pin = (await asked(terminal, asking)).trim()
      if (!isPin(pin)) continue
      try {
        return await host.acceptPairing(request.id, pin, { signal })
      } catch (error) {
        if (!(error instanceof KnownError) || error.code !== 'WRONG_PIN' || left <= 1) throw error
        remark(error.row.says)
      }
    }
  } finally {
    terminal.close()
  }
}

async function asked(terminal: Interface, signal: AbortSignal): Promise<string> {
  try {
    return await terminal.question('The four digits it shows: ', { signal })
  } catch (error) {
    signal.throwIfAborted()
    throw error
  }
}
