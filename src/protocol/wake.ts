// Waking a sleeping host: the magic packet, and where a remote learns whom to send it to.
// Source: docs/protocol/discovery.md, section 7.

import { child, children, type DmapContainer } from './dmap/node.ts'

const macBytes = 6
const repeats = 16

/** UDP port "discard"; every network card takes it. */
export const wakePort = 9

/**
 * When the packets of one attempt go out, ms after its start; a machine that wakes takes seconds, so asking faster helps
 * nobody. Filters count datagrams to port 9 by sender and minute, and ten are an attack to them.
 */
export const wakeRoundsAtMs: readonly number[] = [0, 1000, 5000]
const mostWakePacketsPerMinute = 9
/** Network cards of one host; no real one has more. */
export const mostMacsPerHost = 8

/** Whom to send to in each round: every address once, in as many rounds as fit; `sentLately` counts the last minute. */
export function wakeRounds(macs: readonly string[], sentLately: number): readonly (readonly string[])[] {
  const distinct = [...new Set(macs)].slice(0, mostMacsPerHost)
  const room = Math.max(0, mostWakePacketsPerMinute - sentLately)
  if (distinct.length === 0 || room === 0) return []
  if (distinct.length > room) return [distinct.slice(0, room)]
  const rounds = Math.min(wakeRoundsAtMs.length, Math.floor(room / distinct.length))
  return Array.from({ length: rounds }, () => distinct)
}

/** "d4:9a:20:d1:5e:63" of any way to write it; undefined for other text, and for groups and nobody (00:…). */
export function parseMac(text: string): string | undefined {
  if (!/^(?:[0-9a-f]{2}[:-]?){5}[0-9a-f]{2}$/i.test(text)) return undefined
  const bytes = bytesOfMac(text)
  const isGroup = ((bytes[0] ?? 0) & 1) === 1
  return isGroup || bytes.every((byte) => byte === 0) ? undefined : textOfMac(bytes)
}

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
