// Waking a sleeping host: the magic packet, and where a remote learns whom to send it to.
// Source: docs/protocol/discovery.md, section 7.

import { child, children, type DmapContainer } from './dmap/node.ts'

const macBytes = 6
const repeats = 16

/** UDP port "discard"; every network card takes it. */
export const wakePort = 9

/**
 * Six bytes FF, the address sixteen times, then the password if there is one (4 or 6 bytes).
 * `mac` is six hex pairs, with colons, dashes or nothing between.
 */
export function magicPacket(mac: string, password: Uint8Array = new Uint8Array()): Uint8Array {
  const address = bytesOfMac(mac)
  const packet = new Uint8Array(macBytes + repeats * macBytes + password.length).fill(0xff, 0, macBytes)
  for (let repeat = 1; repeat <= repeats; repeat += 1) packet.set(address, repeat * macBytes)
  packet.set(password, macBytes + repeats * macBytes)
  return packet
}

/** The addresses in an answer to `/server-info` (its root or what is in it): lower case with colons. */
export function macsFromServerInfo(nodes: DmapContainer): string[] {
  const info = child(nodes, 'msrv') ?? nodes
  const machines = child(info, 'msml') ?? []
  return children(machines, 'msma')
    .filter((msma) => msma !== 0n)
    .map((msma) => textOfMac(bytesOf48Bits(msma).toReversed()))
}

/** A MAC as `/server-info` carries it: its bytes in reverse order. In `getspeakers` they are not. */
export function msmaOf(mac: string): bigint {
  return numberOf(bytesOfMac(mac).toReversed())
}

/** A MAC as the speaker id of `getspeakers`: its bytes in order. */
export function speakerIdOf(mac: string): bigint {
  return numberOf(bytesOfMac(mac))
}

/** The other way; 0 is the host itself and has no address. */
export function macOfSpeaker(speakerId: bigint): string | undefined {
  return speakerId === 0n ? undefined : textOfMac(bytesOf48Bits(speakerId))
}

function bytesOfMac(mac: string): Uint8Array {
  const pairs = /^(?:[0-9a-f]{2}[:-]?){6}$/i.test(mac) ? mac.match(/[0-9a-f]{2}/gi) : null
  if (pairs === null) throw new TypeError(`not a MAC address: ${mac}`)
  return Uint8Array.from(pairs, (pair) => Number.parseInt(pair, 16))
}

function textOfMac(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(':')
}

function numberOf(bytes: Uint8Array): bigint {
  return bytes.reduce((number, byte) => (number << 8n) | BigInt(byte), 0n)
}

function bytesOf48Bits(number: bigint): Uint8Array {
  return Uint8Array.from({ length: macBytes }, (_, index) =>
    Number((number >> BigInt(8 * (macBytes - 1 - index))) & 0xffn),
  )
}
