// What tests ask of captured packets.

import assert from 'node:assert/strict'
import { flags } from '../../src/discovery/dns/message.ts'
import type { DnsRecord } from '../../src/discovery/dns/records.ts'
import type { CapturedPacket } from './mdns-capture.ts'

/** Not one for a plain DNS client. */
export function isAnswer({ message, toPort }: CapturedPacket): boolean {
  return toPort === 5353 && message !== undefined && (message.flags & flags.response) !== 0
}

export function probesIn(packets: readonly CapturedPacket[]): CapturedPacket[] {
  return packets.filter(({ message }) => (message?.authorities.length ?? 0) > 0)
}

/** Without the OPT record, which is none. */
export function recordsOf(packet: CapturedPacket | undefined): DnsRecord[] {
  const all = [...(packet?.message?.answers ?? []), ...(packet?.message?.additionals ?? [])]
  return all.filter((record) => !isOption(record))
}

export function isOption({ type }: DnsRecord): boolean {
  return type === 'OPT'
}

export function pairs<T>(values: readonly T[]): [T, T][] {
  return values.slice(1).map((value, index) => [values[index] as T, value])
}

/** On the clock of the wire, ms. */
export function assertBetween(value: number, least: number, most: number): void {
  assert.ok(value >= least && value <= most, `${value.toFixed(0)} ms is not within ${least} to ${most}`)
}
