// DNS messages as multicast DNS uses them: bytes to values and back (RFC 1035 4, RFC 6762 18). Pure.

import { KnownError } from '../../errors.ts'
import { addressBytes, addressText } from '../links/addresses.ts'
import { ByteReader } from './reader.ts'
import { codeOf, type DnsRecord, type OptRecord, type Question, typeOf } from './records.ts'
import { ByteWriter } from './writer.ts'

export interface DnsMessage {
  /** Zero in multicast; repeated in an answer to a legacy query. */
  readonly id: number
  readonly flags: number
  readonly questions: readonly Question[]
  /** In a query: what the asker knows already. */
  readonly answers: readonly DnsRecord[]
  /** In a probe: the records proposed. */
  readonly authorities: readonly DnsRecord[]
  readonly additionals: readonly DnsRecord[]
}

/** Header bits (RFC 6762 18.2 to 18.11). A response carries QR and AA. */
export const flags = { response: 0x8000, authoritative: 0x0400, truncated: 0x0200 } as const
export const responseFlags = flags.response | flags.authoritative
/** Opcode and response code: whoever sets one speaks another language (RFC 6762 18.3, 18.11). */
const foreignFlags = 0x780f
/** RFC 6762 17: no message is longer, fragments included. */
export const longestMessageBytes = 9000
const highBit = 0x8000
const headerBytes = 12

export function message(parts: Partial<DnsMessage>): DnsMessage {
  return { id: 0, flags: 0, questions: [], answers: [], authorities: [], additionals: [], ...parts }
}

export function isResponse({ flags: bits }: DnsMessage): boolean {
  return (bits & flags.response) !== 0
}

/** False for messages that RFC 6762 tells us to ignore in silence. */
export function isMulticastDns({ flags: bits }: DnsMessage): boolean {
  return (bits & foreignFlags) === 0
}

/** Throws BAD_PACKET with `offset` and `reason`. Bytes after the last record are ignored. */
export function decode(bytes: Uint8Array): DnsMessage {
  if (bytes.length > longestMessageBytes)
    throw new KnownError('BAD_PACKET', { offset: longestMessageBytes, reason: 'message too long' })
  const reader = new ByteReader(bytes)
  const id = reader.uint16()
  const bits = reader.uint16()
  const [questions = 0, answers = 0, authorities = 0, additionals = 0] = [1, 2, 3, 4].map(() =>
    reader.uint16(),
  )
  return {
    id,
    flags: bits,
    questions: readTimes(questions, () => readQuestion(reader)),
    answers: readTimes(answers, () => readRecord(reader)),
    authorities: readTimes(authorities, () => readRecord(reader)),
    additionals: readTimes(additionals, () => readRecord(reader)),
  }
}

/**
 * Names are compressed wherever mDNS allows: owners and the names inside PTR, SRV and NSEC. A response that repeats its
 * question goes to a plain DNS client: there the name inside SRV is written out (RFC 6762 18.14).
 */
export function encode(value: DnsMessage): Uint8Array {
  const isLegacy = isResponse(value) && value.questions.length > 0
  const writer = new ByteWriter({ compressesSrv: !isLegacy })
  writer.uint16(value.id)
  writer.uint16(value.flags)
  for (const section of [value.questions, value.answers, value.authorities, value.additionals])
    writer.uint16(section.length)
  for (const asked of value.questions) writeQuestion(writer, asked)
  for (const record of [...value.answers, ...value.authorities, ...value.additionals])
    writeRecord(writer, record)
  return writer.bytes()
}

/** Record data as it is compared in a simultaneous probe: names uncompressed (RFC 6762 8.2). */
export function recordData(record: DnsRecord): Uint8Array {
  const writer = new ByteWriter({ compresses: false })
  writeData(writer, record)
  return writer.bytes()
}

/** Never less than what the record takes on the wire. */
export function recordSize(record: DnsRecord): number {
  const writer = new ByteWriter({ compresses: false })
  writeRecord(writer, record)
  return writer.length
}

export const emptyMessageBytes = headerBytes

// No preallocation by the count: it is the sender's word only.
function readTimes<T>(count: number, read: () => T): T[] {
  const values: T[] = []
  for (let i = 0; i < count; i += 1) values.push(read())
  return values
}

function readQuestion(reader: ByteReader): Question {
  const name = reader.name()
  const type = typeOf(reader.uint16())
  const classField = reader.uint16()
  return { name, type, classCode: classField & ~highBit, wantsUnicast: (classField & highBit) !== 0 }
}

function writeQuestion(writer: ByteWriter, { name, type, classCode, wantsUnicast }: Question): void {
  writer.name(name)
  writer.uint16(codeOf(type))
  writer.uint16(classCode | (wantsUnicast ? highBit : 0))
}

function readRecord(reader: ByteReader): DnsRecord {
  const name = reader.name()
  const type = typeOf(reader.uint16())
  const classField = reader.uint16()
  const ttlSeconds = reader.uint32()
  const length = reader.uint16()
  const endOffset = reader.offset + length
  // OPT has no class: the field is a size, and its high bit no flag.
  const isFlagged = type !== 'OPT' && (classField & highBit) !== 0
  const head = {
    name,
    classCode: isFlagged ? classField & ~highBit : classField,
    isUnique: isFlagged,
    ttlSeconds,
  }
  const record: DnsRecord = { ...head, ...readData(reader, type, endOffset) }
  if (reader.offset !== endOffset) reader.fail('record data and its length disagree')
  return record
}

type DataOf<R> = R extends DnsRecord ? Omit<R, 'name' | 'classCode' | 'isUnique' | 'ttlSeconds'> : never

function readData(reader: ByteReader, type: DnsRecord['type'] | 'ANY', endOffset: number): DataOf<DnsRecord> {
  reader.need(endOffset - reader.offset)
  switch (type) {
    case 'A':
      return { type, address: addressText(reader.take(4)) }
    case 'AAAA':
      return { type, address: addressText(reader.take(16)) }
    case 'PTR':
      return { type, target: reader.name() }
    case 'SRV':
      return {
        type,
        priority: reader.uint16(),
        weight: reader.uint16(),
        port: reader.uint16(),
        target: reader.name(),
      }
    case 'TXT':
      return { type, strings: readStrings(reader, endOffset) }
    case 'NSEC':
      return { type, next: reader.name(), types: readBitmaps(reader, endOffset) }
    case 'OPT':
      return { type, options: readOptions(reader, endOffset) }
    default:
      return { type: codeOf(type), data: reader.take(endOffset - reader.offset) }
  }
}

function writeRecord(writer: ByteWriter, record: DnsRecord): void {
  writer.name(record.name)
  writer.uint16(codeOf(record.type))
  writer.uint16(record.classCode | (record.isUnique ? highBit : 0))
  writer.uint32(record.ttlSeconds)
  writer.sized(() => writeData(writer, record))
}

function writeData(writer: ByteWriter, record: DnsRecord): void {
  switch (record.type) {
    case 'A':
    case 'AAAA':
      return writer.put(addressBytes(record.address))
    case 'PTR':
      return writer.name(record.target)
    case 'SRV':
      writer.uint16(record.priority)
      writer.uint16(record.weight)
      writer.uint16(record.port)
      return writer.srvTarget(record.target)
    case 'TXT':
      return writeStrings(writer, record.strings)
    case 'NSEC':
      writer.name(record.next)
      return writeBitmaps(writer, record.types)
    case 'OPT':
      return writeOptions(writer, record.options)
    default:
      return writer.put(record.data)
  }
}

/** One zero byte stands for "no strings" (RFC 6763 6.1); an empty data field is taken for the same. */
function readStrings(reader: ByteReader, endOffset: number): Uint8Array[] {
  const strings: Uint8Array[] = []
  while (reader.offset < endOffset) {
    const length = reader.uint8()
    if (reader.offset + length > endOffset) reader.fail('string runs over its record')
    strings.push(reader.take(length))
  }
  return strings.length === 1 && strings[0]?.length === 0 ? [] : strings
}

function writeStrings(writer: ByteWriter, strings: readonly Uint8Array[]): void {
  if (strings.length === 0) writer.uint8(0)
  for (const text of strings) {
    writer.uint8(text.length)
    writer.put(text)
  }
}

/** RFC 4034 4.1.2: windows of 256 types, each a length and up to 32 bytes, most significant bit first. */
function readBitmaps(reader: ByteReader, endOffset: number): number[] {
  const types: number[] = []
  while (reader.offset < endOffset) {
    const window = reader.uint8()
    const length = reader.uint8()
    if (length > 32 || reader.offset + length > endOffset) reader.fail('type bitmap has no such length')
    for (const [index, byte] of reader.take(length).entries())
      for (let bit = 0; bit < 8; bit += 1)
        if ((byte & (0x80 >> bit)) !== 0) types.push(window * 256 + index * 8 + bit)
  }
  return types
}

function writeBitmaps(writer: ByteWriter, types: readonly number[]): void {
  for (const window of new Set(types.map((type) => type >> 8))) {
    const inside = types.filter((type) => type >> 8 === window).map((type) => type & 0xff)
    const bitmap = new Uint8Array((Math.max(...inside) >> 3) + 1)
    for (const type of inside) bitmap[type >> 3] = (bitmap[type >> 3] ?? 0) | (0x80 >> (type & 7))
    writer.uint8(window)
    writer.uint8(bitmap.length)
    writer.put(bitmap)
  }
}

function readOptions(reader: ByteReader, endOffset: number): OptRecord['options'] {
  const options: { code: number; data: Uint8Array }[] = []
  while (reader.offset < endOffset) {
    const code = reader.uint16()
    const length = reader.uint16()
    if (reader.offset + length > endOffset) reader.fail('option runs over its record')
    options.push({ code, data: reader.take(length) })
  }
  return options
}

function writeOptions(writer: ByteWriter, options: OptRecord['options']): void {
  for (const { code, data } of options) {
    writer.uint16(code)
    writer.sized(() => writer.put(data))
  }
}
