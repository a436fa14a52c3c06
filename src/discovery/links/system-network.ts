// The machine's real network. Per family one "ear" that hears the groups of all links, and per link and family one
// "mouth" that sends from there. Faults are logged once and tried again with the next `follow`.

import { setTimeout } from 'node:timers/promises'
import type { Log } from '../../log.ts'
import { isLinkLocal } from './addresses.ts'
import { familyOf, type Link, type LinkAddress, type Sender } from './link.ts'
import { multicastGroups, multicastPort, type Network, type PacketHandler } from './network.ts'
import { isAnswered } from './plain-question.ts'
import { isPortShared } from './port-sharing.ts'
import { systemLinks } from './system-links.ts'
import { openUdpSocket, type UdpSocket } from './udp-socket.ts'

type Family = LinkAddress['family']

interface Ear {
  readonly socket: UdpSocket
  /** Interface addresses whose group is joined. */
  readonly joined: Set<string>
}

interface Mouth {
  readonly socket: UdpSocket
  readonly link: Link
  readonly family: Family
}

export interface SystemNetworkOptions {
  readonly interfaces?: readonly string[] | undefined
  readonly log: Log
  readonly onPacket: PacketHandler
}

/**
 * On Linux a socket bound to one address gets the unicast for it, even beside another responder; elsewhere it is
 * anybody's guess who gets it, so we bind to all addresses and do not ask for unicast (RFC 6762 15.1).
 */
const bindsPerAddress = process.platform === 'linux'
const longestFlushMs = 500
const longestAnswerMs = 3000
const families = ['IPv4', 'IPv6'] as const

export function systemNetwork({ interfaces, log, onPacket }: SystemNetworkOptions): Network {
  const ears = new Map<Family, Ear>()
  const mouths = new Map<string, Mouth>()
  const told = new Set<string>()
  const underway = new Set<Promise<void>>()

  // Once per place and kind: a link without a route would fill the log.
  const tell = (place: string, fault: unknown) => {
    const key = `${place}: ${fault instanceof Error ? fault.message : String(fault)}`
    if (told.has(key) || told.size > 1000) return
    told.add(key)
    log.warn('multicast does not work here', { place, fault: key })
  }

  async function openEar(family: Family): Promise<Ear | undefined> {
    const known = ears.get(family)
    if (known) return known
    try {
      const socket = await openUdpSocket({
        family,
        onPacket: (bytes, from) => onPacket(bytes, from, false),
        onFault(fault) {
          ears.delete(family)
          tell(family, fault)
        },
      })
      const ear = { socket, joined: new Set<string>() }
      ears.set(family, ear)
      return ear
    } catch (fault) {
      tell(family, fault)
      return undefined
    }
  }

  function joinGroups(ear: Ear, addresses: ReadonlySet<string>): void {
    for (const address of ear.joined) {
      if (addresses.has(address)) continue
      ear.joined.delete(address)
      attempt(() => ear.socket.leave(address))
    }
    for (const address of addresses) {
      if (ear.joined.has(address)) continue
      attempt(
        () => {
          ear.socket.join(address)
          ear.joined.add(address)
        },
        (fault) => tell(address, fault),
      )
    }
  }

  async function openMouth(key: string, link: Link, family: Family): Promise<void> {
    const sendsFrom = interfaceAddress(link, family)
    if (mouths.has(key) || sendsFrom === undefined) return
    try {
      const socket = await openUdpSocket({
        family,
        sendsFrom,
        onPacket: (bytes, from) => onPacket(bytes, from, bindsPerAddress),
        ...(bindsPerAddress ? { address: bindAddress(link, family) } : {}),
        onFault(fault) {
          mouths.delete(key)
          tell(key, fault)
        },
      })
      mouths.set(key, { socket, link, family })
    } catch (fault) {
      tell(key, fault)
    }
  }

  function transmit({ socket, link, family }: Mouth, bytes: Uint8Array, to: Sender): void {
    const { promise, resolve } = Promise.withResolvers<void>()
    underway.add(promise)
    void promise.then(() => underway.delete(promise))
    attempt(
      () =>
        socket.send(bytes, to, (fault) => {
          if (fault) tell(`${link.name} ${family}`, fault)
          resolve()
        }),
      (fault) => {
        tell(`${link.name} ${family}`, fault)
        resolve()
      },
    )
  }

  /** A socket that failed may never call back. */
  const flush = async () => {
    const enough = new AbortController()
    const timeout = setTimeout(longestFlushMs, undefined, { signal: enough.signal }).catch(() => undefined)
    await Promise.race([Promise.all(underway), timeout])
    enough.abort()
  }

  const closeAll = () => {
    for (const { socket } of [...ears.values(), ...mouths.values()]) socket.close()
    ears.clear()
    mouths.clear()
  }

  return {
    asksForUnicast: () => bindsPerAddress && !isPortShared(),
    links: () => systemLinks(interfaces),
    async follow(links) {
      for (const family of families) {
        const addresses = new Set(
          links.filter(hasGroups).flatMap((link) => interfaceAddress(link, family) ?? []),
        )
        const ear = addresses.size > 0 ? await openEar(family) : ears.get(family)
        if (ear) joinGroups(ear, addresses)
      }
      const wanted = new Map(
        links.flatMap((link) =>
          families.map((family) => [mouthKey(link, family), { link, family }] as const),
        ),
      )
      for (const [key, mouth] of mouths) {
        if (wanted.has(key)) continue
        mouths.delete(key)
        mouth.socket.close()
      }
      for (const [key, { link, family }] of wanted) await openMouth(key, link, family)
    },
    send(linkName, bytes, to) {
      for (const mouth of mouths.values()) {
        if (mouth.link.name !== linkName) continue
        if (!to && hasGroups(mouth.link)) transmit(mouth, bytes, groupOf(mouth.link, mouth.family))
        else if (to && familyOf(to.address) === mouth.family) transmit(mouth, bytes, to)
      }
    },
    async isHeard(linkName, bytes) {
      const asked = [...mouths.values()]
        .filter(({ link }) => link.name === linkName && hasGroups(link))
        .map(({ link, family }) =>
          isAnswered({
            family,
            sendsFrom: interfaceAddress(link, family) ?? '',
            to: groupOf(link, family),
            bytes,
            patienceMs: longestAnswerMs,
          }),
        )
      return (await Promise.all(asked)).every(Boolean)
    },
    reset: closeAll,
    flush,
    async close() {
      await flush()
      closeAll()
    },
  }
}

/** A mouth is made anew when the address it is bound to changes, or what it may say. */
function mouthKey(link: Link, family: Family): string {
  return `${link.name} ${family} ${bindAddress(link, family) ?? ''} ${hasGroups(link) ? 'to all' : ''}`
}

/** Elsewhere one can only be asked alone. */
function hasGroups({ canMulticast }: Link): boolean {
  return canMulticast !== false
}

function groupOf(link: Link, family: Family): Sender {
  const scope = family === 'IPv6' ? `%${link.scope}` : ''
  return { address: `${multicastGroups[family]}${scope}`, port: multicastPort }
}

/** How the system calls the link when groups are joined and multicast is sent. */
function interfaceAddress(link: Link, family: Family): string | undefined {
  const own = link.addresses.find((address) => address.family === family)
  if (!own) return undefined
  return family === 'IPv4' ? own.address : `::%${link.scope}`
}

function bindAddress(link: Link, family: Family): string | undefined {
  const own = link.addresses.filter((address) => address.family === family).map(({ address }) => address)
  if (family === 'IPv4') return own[0]
  const linkLocal = own.find(isLinkLocal)
  return linkLocal === undefined ? own[0] : `${linkLocal}%${link.scope}`
}

function attempt(act: () => void, onFault: (fault: unknown) => void = () => undefined): void {
  try {
    act()
  } catch (fault) {
    onFault(fault)
  }
}
