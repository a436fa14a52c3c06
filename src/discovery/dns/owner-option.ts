// The EDNS0 owner option: whose records these are, by hardware address. Sleep proxies send it with the records of
// those who sleep, and machines with their own (draft-cheshire-edns0-owner-option): so do we, that remotes and proxies
// learn what wakes us.

import { type DnsMessage, flags } from './message.ts'
import type { OptRecord } from './records.ts'

export interface Owner {
  /** Goes up at every wake: tells the words of the machine from those of its proxy. */
  readonly sequence: number
  /** "d4:9a:20:d1:5e:63". */
  readonly macAddress: string
  /** Where the magic packet goes; often the same. */
  readonly wakeAddress: string
  /** 4 or 6 bytes to end the magic packet with. */
  readonly wakePassword?: Uint8Array
}

const ownerCode = 4
const macBytes = 6
/** As Bonjour says it. */
const packetSize = 1440
/** Version, sequence, the machine's address; then perhaps the one to wake, then perhaps a password. */
const lengths = { plain: 8, withWake: 14, shortPassword: 18, longPassword: 20 } as const

/** `undefined` without the option, and for one that is not as the draft says. */
export function ownerOf({ additionals }: DnsMessage): Owner | undefined {
  const opt = additionals.find((record): record is OptRecord => record.type === 'OPT')
  const option = opt?.options.find(({ code }) => code === ownerCode)
  return option && readOwner(option.data)
}

function readOwner(data: Uint8Array): Owner | undefined {
  const [version, sequence] = data
  const isKnownLength = Object.values<number>(lengths).includes(data.length)
  if (version !== 0 || sequence === undefined || !isKnownLength) return undefined
  const macAddress = macText(data.subarray(2, 2 + macBytes))
  const wake = data.subarray(lengths.plain, lengths.withWake)
  const password = data.slice(lengths.withWake)
  return {
    sequence,
    macAddress,
    wakeAddress: wake.length === macBytes ? macText(wake) : macAddress,
    ...(password.length > 0 ? { wakePassword: password } : {}),
  }
}

/** Of a message that speaks for us on a link with this address; the wire has room for it in every packet. */
export function withOwner(
  said: DnsMessage,
  { sequence, macAddress }: Pick<Owner, 'sequence' | 'macAddress'>,
): DnsMessage {
  // A plain DNS client has not said that it understands options (RFC 6891 7).
  const isLegacy = (said.flags & flags.response) !== 0 && said.questions.length > 0
  return isLegacy ? said : { ...said, additionals: [...said.additionals, optRecord(sequence, macAddress)] }
}

/** Name, type, size, TTL, length; code and length of the option; the shortest owner. */
export const ownerRecordBytes = 11 + 4 + lengths.plain

/** The class is the size of packets that are welcome, the TTL means nothing here. */
function optRecord(sequence: number, macAddress: string): OptRecord {
  const data = Uint8Array.from([
    0,
    sequence,
    ...macAddress.split(':').map((pair) => Number.parseInt(pair, 16)),
  ])
  const head = { name: [], classCode: packetSize, isUnique: false, ttlSeconds: 0 }
  return { ...head, type: 'OPT', options: [{ code: ownerCode, data }] }
}

function macText(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(':')
}
