// Messages on the connection between two relays: two bytes of length, then a DNS message (as DNS over TCP, RFC 1035
// 4.2.2); a length of zero only says "still here". Pure.

import { KnownError } from '../../errors.ts'
import { type DnsMessage, decode, encode } from '../dns/message.ts'

/** One service each: what fits a packet of the network fits here. */
const longestBytes = 4096

export const stillHere = Uint8Array.of(0, 0)

export function frameOf(message: DnsMessage): Uint8Array {
  const body = encode(message)
  const frame = new Uint8Array(2 + body.length)
  new DataView(frame.buffer).setUint16(0, body.length)
  frame.set(body, 2)
  return frame
}

export class FrameReader {
  #pending: Uint8Array = new Uint8Array()

  /** The messages that are whole now; undefined for "still here". BAD_PACKET: nothing after it can be understood. */
  push(bytes: Uint8Array): (DnsMessage | undefined)[] {
    const messages: (DnsMessage | undefined)[] = []
    let rest: Uint8Array = this.#pending.length === 0 ? bytes : Buffer.concat([this.#pending, bytes])
    while (rest.length >= 2) {
      const length = new DataView(rest.buffer, rest.byteOffset).getUint16(0)
      if (length > longestBytes) throw new KnownError('BAD_PACKET', { offset: 0, reason: 'frame too long' })
      if (rest.length < 2 + length) break
      messages.push(length === 0 ? undefined : decode(rest.subarray(2, 2 + length)))
      rest = rest.subarray(2 + length)
    }
    this.#pending = rest.slice()
    return messages
  }
}
