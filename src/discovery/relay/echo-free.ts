// One link heard by several of our own parts, none of which is told what another has said.

import { familyOf, isOwnAddress, type Link, type Sender } from '../links/link.ts'
import type { Network, PacketHandler } from '../links/network.ts'

type MakeNetwork = (onPacket: PacketHandler) => Network

/** Echoes that are awaited: more than come of one burst. */
const mostAwaited = 256
const families = ['IPv4', 'IPv6'] as const

/**
 * Makes networks that do not hear what was multicast through any of them. An echo is awaited once in each family: what
 * another program of this machine says in the same words is heard.
 */
export function echoFree(makeNetwork: MakeNetwork): MakeNetwork {
  const ears = new Set<string[]>()
  let links: readonly Link[] = []

  const isEcho = (awaited: string[], bytes: Uint8Array, from: Sender) => {
    const at = isOwnAddress(links, from.address)
      ? awaited.indexOf(printOf(familyOf(from.address), bytes))
      : -1
    if (at >= 0) awaited.splice(at, 1)
    return at >= 0
  }

  return (onPacket) => {
    const awaited: string[] = []
    ears.add(awaited)
    const network = makeNetwork((bytes, from, isUnicast) => {
      if (isUnicast || !isEcho(awaited, bytes, from)) onPacket(bytes, from, isUnicast)
    })
    return {
      ...network,
      async follow(next) {
        links = next
        await network.follow(next)
      },
      send(link, bytes, to) {
        const prints = to ? [] : families.map((family) => printOf(family, bytes))
        for (const ear of ears) ear.splice(0, ear.push(...prints) - mostAwaited)
        network.send(link, bytes, to)
      },
      async close() {
        ears.delete(awaited)
        await network.close()
      },
    }
  }
}

function printOf(family: Link['addresses'][number]['family'], bytes: Uint8Array): string {
  return `${family} ${Buffer.from(bytes).toString('latin1')}`
}
