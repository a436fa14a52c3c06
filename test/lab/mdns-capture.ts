// What tcpdump wrote of a link, as the mDNS packets that passed: seen from outside, with the time of the wire.

import { readFileSync } from 'node:fs'
import { type DnsMessage, decode } from '../../src/discovery/dns/message.ts'
import { addressText } from '../../src/discovery/links/addresses.ts'

export interface CapturedPacket {
  readonly atMs: number
  readonly from: string
  readonly fromPort: number
  readonly to: string
  readonly toPort: number
  /** TTL or hop limit of the IP header. */
  readonly hops: number
  readonly bytes: Uint8Array
  /** `undefined` for what is no DNS message. */
  readonly message: DnsMessage | undefined
}

const littleEndianMicroseconds = 0xa1b2c3d4
const fileHeaderBytes = 24
const recordHeaderBytes = 16
const ethernetBytes = 14
const udp = 17
const mdnsPort = 5353

/** Everything from or to port 5353 so far; a packet that is half written yet is left out. IP fragments too. */
export function readMdns(file: string): CapturedPacket[] {
  const bytes = readFileSync(file)
  if (bytes.length < fileHeaderBytes) return []
  if (bytes.readUInt32LE(0) !== littleEndianMicroseconds)
    throw new Error(`${file} is no pcap of this machine`)
  const packets: CapturedPacket[] = []
  for (let at = fileHeaderBytes; at + recordHeaderBytes <= bytes.length; ) {
    const length = bytes.readUInt32LE(at + 8)
    const start = at + recordHeaderBytes
    if (start + length > bytes.length) break
    const atMs = bytes.readUInt32LE(at) * 1000 + bytes.readUInt32LE(at + 4) / 1000
    const packet = packetOf(bytes.subarray(start + ethernetBytes, start + length), atMs)
    if (packet && [packet.fromPort, packet.toPort].includes(mdnsPort)) packets.push(packet)
    at = start + length
  }
  return packets
}

function packetOf(ip: Buffer, atMs: number): CapturedPacket | undefined {
  const version = (ip[0] ?? 0) >> 4
  if (version === 4 && ip[9] === udp) {
    const headerBytes = ((ip[0] ?? 0) & 0x0f) * 4
    const ends = { from: addressText(ip.subarray(12, 16)), to: addressText(ip.subarray(16, 20)) }
    return { atMs, ...ends, hops: ip[8] ?? 0, ...datagramOf(ip.subarray(headerBytes)) }
  }
  if (version === 6 && ip[6] === udp) {
    const ends = { from: addressText(ip.subarray(8, 24)), to: addressText(ip.subarray(24, 40)) }
    return { atMs, ...ends, hops: ip[7] ?? 0, ...datagramOf(ip.subarray(40)) }
  }
  return undefined
}

function datagramOf(datagram: Buffer): Pick<CapturedPacket, 'fromPort' | 'toPort' | 'bytes' | 'message'> {
  const bytes = Uint8Array.from(datagram.subarray(8, datagram.readUInt16BE(4)))
  return { fromPort: datagram.readUInt16BE(0), toPort: datagram.readUInt16BE(2), bytes, message: read(bytes) }
}

function read(bytes: Uint8Array): DnsMessage | undefined {
  try {
    return decode(bytes)
  } catch {
    return undefined
  }
}
