// `tonearm wake`: wakes a sleeping host, from here or through another one that stays awake.

import { KnownError } from '../../errors.ts'
import {
  addressText,
  canBeReached,
  findKnownHost,
  isOnLink,
  type KnownHost,
  looksLikeAddress,
  parseAddress,
  type RemoteMemory,
  readMemory,
  waitUntilAwake,
} from '../../remote/node.ts'
import { doing, newCommand, type Work } from '../command.ts'
import { dataDirectory, ownHost } from '../host/own-host.ts'
import { knownHost, withRemote } from '../reach/choose-host.ts'
import { tellWaiting, wakeKnown } from '../reach/waking.ts'
import { jsonLine, line, remark, styled } from '../terminal/output.ts'
import { counted, printable } from '../terminal/text.ts'

export const wakeCommand = doing<{ via?: string }>(
  newCommand({
    name: 'wake',
    says: 'Wake a host that sleeps, and wait until it answers. Remote commands do so by themselves when they must.',
    example: 'wake Studio --via Attic',
    isData: true,
    isSearch: true,
  })
    .argument('[host]', 'the host, by its name; without it the one used last')
    .option('--via <host>', 'let this Tonearm host do it, which stays awake in the same network'),
  async ({ words: [wanted], options, signal }) => {
    const directory = dataDirectory(options.data)
    const memory = readMemory(directory)
    const known = hostToWake(memory, wanted, options.via) ?? ownIn(directory)
    if (known === undefined) throw new KnownError('NO_HOST_CHOSEN')
    const place = placeFromHere(known)
    const isAwake = place !== '' && (await canBeReached(parseAddress(place)))
    const packets = isAwake
      ? 0
      : options.via === undefined
        ? (await wakeKnown(directory, known, signal)).packets
        : await wakeVia(options.via, known, { options, signal })
    if (options.json) jsonLine({ host: known.name, wasAwake: isAwake, packets })
    else line(styled('green', `${printable(known.name)} is awake${isAwake ? ' already' : ''}.`))
  },
)

const stranger: KnownHost = { serviceName: '', name: '', address: '', guid: undefined, macAddresses: [] }

/**
 * Undefined when none is named and none was used. HOST_NOT_FOUND, NO_HARDWARE_ADDRESS. With --via a name is enough: the
 * other host knows it.
 */
function hostToWake(
  memory: RemoteMemory,
  wanted: string | undefined,
  via: string | undefined,
): KnownHost | undefined {
  const viaHost = via === undefined ? undefined : findKnownHost(memory, via)
  const known =
    wanted === undefined ? memory.hosts.find((host) => host !== viaHost) : knownHost(memory, wanted)
  if (known || wanted === undefined) return known
  if (via === undefined)
    throw new KnownError(looksLikeAddress(wanted) ? 'NO_HARDWARE_ADDRESS' : 'HOST_NOT_FOUND', {
      host: wanted,
    })
  return { ...stranger, name: wanted }
}

/** Where it runs it does not sleep, but whoever asks hears so. */
function ownIn(directory: string): KnownHost | undefined {
  const own = ownHost(directory)
  return own && { ...stranger, name: own.name, address: addressText(own.address) }
}

/** The other host sends; whether it has helped is seen from here, by a way that leads from here to the sleeping one. */
async function wakeVia(
  via: string,
  known: KnownHost,
  { options, signal }: Pick<Work, 'options' | 'signal'>,
): Promise<number> {
  let packets = 0
  let address = placeFromHere(known)
  await withRemote({ options: { ...options, host: via }, signal }, async (remote) => {
    const { host, packets: sent } = await remote.wakeNeighbour(known.serviceName || known.name, { signal })
    packets = sent
    address ||= addressText({ host: host.address, port: host.port })
    remark(`${printable(remote.host.name)} sends ${counted(packets, 'wake packet')}.`)
  })
  await waitUntilAwake({ address, signal, onWait: tellWaiting(known) })
  return packets
}

function placeFromHere({ address, outside }: KnownHost): string {
  const isNear = address !== '' && isOnLink(parseAddress(address).host)
  return isNear ? address : (outside?.address ?? address)
}
