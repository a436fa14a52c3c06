// A network for discovery without sockets: machines that hear each other after a millisecond of the hand-moved clock.

import { type DnsMessage, decode, encode } from '../../src/discovery/dns/message.ts'
import type { Link, Sender } from '../../src/discovery/links/link.ts'
import type { Network, PacketHandler } from '../../src/discovery/links/network.ts'
import type { FakeClock } from './clock.ts'

export interface Heard {
  readonly atMs: number
  readonly from: string
  /** Undefined for multicast. */
  readonly to: string | undefined
  readonly message: DnsMessage
}

export interface LanMachine {
  makeNetwork(onPacket: PacketHandler): Network
  /** Pulls the cable, or plugs it in again. */
  setConnected(isConnected: boolean): void
  setAddress(address: string): void
  setMacAddress(mac: string): void
  /** One more address, or none again. */
  setIpv6(address: string | undefined): void
  /** Packets get lost both ways, though its link is up. */
  setOutOfReach(isOutOfReach: boolean): void
  /** Its sockets stop hearing the group, as when an interface is made anew; new sockets hear. */
  loseGroup(): void
}

export interface FakeLan {
  /** Each on `192.168.1.0/24`. */
  machine(address: string): LanMachine
  /** A packet of a stranger's making, to all. */
  inject(message: DnsMessage, from?: Partial<Sender>): void
  injectBytes(bytes: Uint8Array, from?: Partial<Sender>): void
  /** Everything sent so far. */
  readonly heard: readonly Heard[]
}

/** `remembers`: how many packets `heard` keeps, the newest; all without it. */
export function fakeLan(clock: FakeClock, { remembers = Infinity } = {}): FakeLan {
  const heard: Heard[] = []
  const ears = new Set<{ hear: PacketHandler; address(): string | undefined }>()

  const deliver = (bytes: Uint8Array, from: Sender, to?: Sender) => {
    heard.push({ atMs: clock.nowMs(), from: from.address, to: to?.address, message: decodeOrEmpty(bytes) })
    if (heard.length > remembers) heard.splice(0, heard.length - remembers)
    void clock.until(clock.nowMs() + 1).then(() => {
      for (const ear of ears) {
        const address = ear.address()
        if (address !== undefined && (to === undefined || to.address === address))
          ear.hear(bytes, from, to !== undefined)
      }
    })
  }

  const stranger = (from: Partial<Sender>): Sender => ({ address: '192.168.1.99', port: 5353, ...from })
  return {
    heard,
    inject: (message, from = {}) => deliver(encode(message), stranger(from)),
    injectBytes: (bytes, from = {}) => deliver(bytes, stranger(from)),
    machine(firstAddress) {
      let address = firstAddress
      let isConnected = true
      let isDeaf = false
      let isOutOfReach = false
      let ipv6: string | undefined
      let macAddress: string | undefined
      const links = (): Link[] =>
        isConnected
          ? [
              {
                name: 'eth0',
                scope: 'eth0',
                ...(macAddress !== undefined && { macAddress }),
                addresses: [
                  { address, family: 'IPv4', prefixLength: 24 },
                  ...(ipv6 === undefined
                    ? []
                    : [{ address: ipv6, family: 'IPv6' as const, prefixLength: 64 }]),
                ],
              },
            ]
          : []
      return {
        setConnected(value) {
          isConnected = value
        },
        setAddress(value) {
          address = value
        },
        setMacAddress(value) {
          macAddress = value
        },
        setIpv6(value) {
          ipv6 = value
        },
        setOutOfReach(value) {
          isOutOfReach = value
        },
        loseGroup() {
          isDeaf = true
        },
        makeNetwork(onPacket) {
          const ear = {
            hear: onPacket,
            address: () => (isConnected && !isDeaf && !isOutOfReach ? address : undefined),
          }
          ears.add(ear)
          return {
            asksForUnicast: () => true,
            links,
            async follow() {},
            send(_link, bytes, to) {
              if (isConnected && !isOutOfReach) deliver(bytes, { address, port: 5353 }, to)
            },
            isHeard: async () => !isDeaf,
            reset() {
              isDeaf = false
            },
            async flush() {},
            async close() {
              ears.delete(ear)
            },
          }
        },
      }
    },
  }
}

function decodeOrEmpty(bytes: Uint8Array): DnsMessage {
  try {
    return decode(bytes)
  } catch {
    return { id: 0, flags: 0, questions: [], answers: [], authorities: [], additionals: [] }
  }
}
