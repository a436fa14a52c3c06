// TXT records: `key=value` strings of DNS-SD, both ways (RFC 6763 6).

import type { ServiceToAnnounce, TxtEntries } from '../types.ts'
import { cutToBytes } from './name.ts'

const longestStringBytes = 255
const equalsSign = 0x3d
const encoder = new TextEncoder()
const strictDecoder = new TextDecoder('utf-8', { fatal: true })

/** In the order given. A text that does not fit is cut at a character: a long library name must not silence the host. */
export function txtStrings(txt: ServiceToAnnounce['txt']): Uint8Array[] {
  return Object.entries(txt).map(([key, value]) => {
    const head = encoder.encode(`${key}=`)
    const room = Math.max(0, longestStringBytes - head.length)
    const tail = typeof value === 'string' ? encoder.encode(cutToBytes(value, room)) : value.subarray(0, room)
    const whole = new Uint8Array(head.length + tail.length)
    whole.set(head)
    whole.set(tail, head.length)
    return whole.subarray(0, longestStringBytes)
  })
}

/** The first of several equal keys counts; a string without a key says nothing (RFC 6763 6.4). */
export function txtEntries(strings: readonly Uint8Array[]): TxtEntries {
  const entries = new Map<string, Uint8Array | true>()
  const seen = new Set<string>()
  for (const text of strings) {
    const at = text.indexOf(equalsSign)
    const key = asciiText(at === -1 ? text : text.subarray(0, at))
    if (key === '' || seen.has(key.toLowerCase())) continue
    seen.add(key.toLowerCase())
    entries.set(key, at === -1 ? true : text.slice(at + 1))
  }
  return entries
}

/** The value of a key, whatever its case; `undefined` without the key, without "=", or when it is no UTF-8. */
export function txtText(txt: TxtEntries, key: string): string | undefined {
  const wanted = key.toLowerCase()
  for (const [name, value] of txt) {
    if (name.toLowerCase() !== wanted) continue
    return value === true ? undefined : utf8(value)
  }
  return undefined
}

function utf8(bytes: Uint8Array): string | undefined {
  try {
    return strictDecoder.decode(bytes)
  } catch {
    return undefined
  }
}

/** Keys are printable ASCII; other bytes stay apart as Latin-1. */
function asciiText(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes)
}
