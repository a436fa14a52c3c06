// The EDNS0 owner option: whose records these are, by hardware address. Sleep proxies send it with the records of
// those who sleep, and machines with their own (draft-cheshire-edns0-owner-option).

import type { DnsMessage } from './dns-message.ts'
import type { OptRecord } from './dns-records.ts'

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

function macText(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(':')
}
