// DNS records as values: the types we understand, and what makes two of them the same.

import { type Name, nameKey } from './name.ts'

/** RFC 1035 3.2.2, 2782 (SRV), 3596 (AAAA), 4034 (NSEC), 6891 (OPT). */
export const typeCodes = { A: 1, PTR: 12, TXT: 16, AAAA: 28, SRV: 33, OPT: 41, NSEC: 47, ANY: 255 } as const
export const internetClass = 1
export const anyClass = 255

export type KnownType = keyof typeof typeCodes
/** A name from the table; a number for a type that we do not read. */
export type RecordType = KnownType | number

interface RecordHead {
  readonly name: Name
  readonly classCode: number
  /** The cache-flush bit: this is all there is of this name and type (RFC 6762 10.2). */
  readonly isUnique: boolean
  readonly ttlSeconds: number
}

export interface AddressRecord extends RecordHead {
  readonly type: 'A' | 'AAAA'
  /** `192.168.1.20`, or IPv6 shortened as in RFC 5952, without a scope. */
  readonly address: string
}
export interface PtrRecord extends RecordHead {
  readonly type: 'PTR'
  readonly target: Name
}
export interface SrvRecord extends RecordHead {
  readonly type: 'SRV'
  readonly priority: number
  readonly weight: number
  readonly port: number
  readonly target: Name
}
export interface TxtRecord extends RecordHead {
  readonly type: 'TXT'
  readonly strings: readonly Uint8Array[]
}
export interface NsecRecord extends RecordHead {
  readonly type: 'NSEC'
  readonly next: Name
  /** Type codes that exist, ascending; only those below 256 are written (RFC 6762 6.1). */
  readonly types: readonly number[]
}
export interface OptRecord extends RecordHead {
  /** The class holds the sender's UDP payload size, the TTL extended flags that mDNS does not use. */
  readonly type: 'OPT'
  readonly options: readonly { readonly code: number; readonly data: Uint8Array }[]
}
export interface OtherRecord extends RecordHead {
  readonly type: number
  readonly data: Uint8Array
}

export type DnsRecord =
  | AddressRecord
  | PtrRecord
  | SrvRecord
  | TxtRecord
  | NsecRecord
  | OptRecord
  | OtherRecord

export interface Question {
  readonly name: Name
  readonly type: RecordType
  readonly classCode: number
  /** QU: an answer by unicast is welcome (RFC 6762 5.4). */
  readonly wantsUnicast: boolean
}

const namesByCode: ReadonlyMap<number, KnownType> = new Map(
  (Object.keys(typeCodes) as KnownType[]).map((type) => [typeCodes[type], type]),
)

export function typeOf(code: number): RecordType {
  return namesByCode.get(code) ?? code
}

export function codeOf(type: RecordType): number {
  return typeof type === 'number' ? type : typeCodes[type]
}

/** Equal for records of one set: same name, type and class. */
export function setKey(record: { name: Name; type: RecordType; classCode: number }): string {
  return `${codeOf(record.type)}/${record.classCode}/${nameKey(record.name)}`
}

/** Equal for the same record: set and data; the TTL and the flush bit do not count. */
export function recordKey(record: DnsRecord): string {
  return `${setKey(record)}=${dataKey(record)}`
}

function dataKey(record: DnsRecord): string {
  switch (record.type) {
    case 'A':
    case 'AAAA':
      return record.address
    case 'PTR':
      return nameKey(record.target)
    case 'SRV':
      return `${record.priority} ${record.weight} ${record.port} ${nameKey(record.target)}`
    case 'TXT':
      return record.strings.map(byteKey).join(' ')
    case 'NSEC':
      return `${nameKey(record.next)} ${record.types.join(' ')}`
    case 'OPT':
      return record.options.map(({ code, data }) => `${code}:${byteKey(data)}`).join(' ')
    default:
      return byteKey(record.data)
  }
}

function byteKey(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

export function question(name: Name, type: RecordType, wantsUnicast = false): Question {
  return { name, type, classCode: internetClass, wantsUnicast }
}

/** Each question once, in order; whether by unicast does not count. */
export function distinctQuestions(questions: readonly Question[]): Question[] {
  return [...new Map(questions.map((one) => [setKey(one), one])).values()]
}

/** True when a record of this name, type and class answers the question. */
export function isAnswerTo(record: DnsRecord, asked: Question): boolean {
  const isType = asked.type === 'ANY' || asked.type === record.type
  const isClass = asked.classCode === anyClass || asked.classCode === record.classCode
  return isType && isClass && nameKey(asked.name) === nameKey(record.name)
}
