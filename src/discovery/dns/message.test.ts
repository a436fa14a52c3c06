import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { mutated, seeded } from '../../../test/fakes/mutate.ts'
import { KnownError } from '../../errors.ts'
import { decode, encode, isMulticastDns, isResponse, message } from './message.ts'
import { instanceName, labelOf, nameKey, nameOf, nameText } from './name.ts'
import { codeOf, type DnsRecord, internetClass, question, typeOf } from './records.ts'

interface VectorRecord {
  name?: string
  type: string
  ttl?: number
  cacheFlush?: boolean
  data?: unknown
  udpPayloadSize?: number
  options?: { code: number; data: string }[]
}
interface Vector {
  name: string
  hex: string
  id: number
  flags: string
  questions: { name: string; type: string; qu: boolean }[]
  answers: VectorRecord[]
  authorities: VectorRecord[]
  additionals: VectorRecord[]
}
const { vectors } = JSON.parse(readFileSync(new URL('vectors/mdns.json', import.meta.url), 'utf8')) as {
  vectors: Vector[]
}

for (const vector of vectors) {
  test(`${vector.name}: says what was written, and is written the same again`, () => {
    const bytes = fromHex(vector.hex)

    const decoded = decode(bytes)

    assert.equal(decoded.id, vector.id)
    assert.equal(decoded.flags, Number(vector.flags))
    assert.deepEqual(
      decoded.questions.map(({ name, type, wantsUnicast }) => ({
        name: nameText(name),
        type,
        qu: wantsUnicast,
      })),
      vector.questions.map(({ name, type, qu }) => ({ name, type, qu })),
    )
    assert.deepEqual(decoded.answers.map(asVector), vector.answers)
    assert.deepEqual(decoded.authorities.map(asVector), vector.authorities)
    assert.deepEqual(decoded.additionals.map(asVector), vector.additionals)
    assert.equal(toHex(encode(decoded)), vector.hex)
  })
}

test('an instance label keeps its dots, spaces and UTF-8', () => {
  const name = instanceName('Dr. Dre ♪ \\o/', '_touch-able._tcp')

  const [asked] = decode(encode(message({ questions: [question(name, 'ANY')] }))).questions

  assert.deepEqual(asked?.name, name)
  assert.equal(asked?.name.length, 4)
  assert.equal(nameText(name), 'Dr\\. Dre ♪ \\\\o/._touch-able._tcp.local')
})

test('names are the same without regard to ASCII case, and only ASCII', () => {
  assert.equal(nameKey(nameOf('Studio.LOCAL')), nameKey(nameOf('studio.local')))
  assert.notEqual(nameKey([labelOf('Ä')]), nameKey([labelOf('ä')]))
  assert.notEqual(nameKey(nameOf('a.b')), nameKey([labelOf('a.b')]))
})

test('record kinds we do not know keep their bytes', () => {
  const head = { name: nameOf('a.local'), classCode: internetClass, isUnique: true, ttlSeconds: 2 ** 32 - 1 }
  const records: DnsRecord[] = [
    { ...head, type: 13, data: Uint8Array.of(1, 2, 3) },
    { ...head, type: 'NSEC', next: nameOf('a.local'), types: [1, 28, 255, 257] },
    { ...head, type: 'TXT', strings: [] },
    { ...head, type: 'AAAA', address: '2001:db8::1:0:0:1' },
  ]

  const decoded = decode(encode(message({ answers: records })))

  assert.deepEqual(decoded.answers, records)
})

const malformed: [reason: string, hex: string, offset: number][] = [
  ['packet ends too early', '', 0],
  ['packet ends too early', '000000000001', 6],
  ['packet ends too early', '000000000001000000000000', 12],
  ['packet ends too early', '000000000001000000000000056c6f', 13],
  ['name pointer does not go backward', '000000000001000000000000c00c000c0001', 12],
  ['name pointer does not go backward', '000000000001000000000000c00e000c0001', 12],
  ['label of an unknown kind', '0000000000010000000000004161000001', 12],
  ['packet ends too early', '00008400000000010000000000000100010000007800ff0a', 23],
  ['record data and its length disagree', '00008400000000010000000000000100010000007800050a00000101', 27],
  ['packet ends too early', '00008400000000010000000000000100010000007800030a0000', 23],
  ['string runs over its record', '00008400000000010000000000001000010000007800020561', 24],
  ['type bitmap has no such length', '00008400000000010000000000002f00010000007800030000ff', 26],
  ['option runs over its record', '00008400000000010000000000002900010000000000040004ff00', 27],
]
for (const [reason, hex, offset] of malformed) {
  test(`malformed: ${reason} at ${offset} of "${hex}"`, () => {
    assert.throws(() => decode(fromHex(hex)), { code: 'BAD_PACKET', details: { offset, reason } })
  })
}

test('a chain of pointers that grows a name beyond 255 bytes is refused', () => {
  // Each name is a label of 60 bytes and a pointer to the one before.
  const parts = ['000084000000000500000000']
  let previous: number | undefined
  let offset = 12
  for (let i = 0; i < 5; i += 1) {
    const tail = previous === undefined ? '00' : (0xc000 | previous).toString(16)
    const name = `3c${'61'.repeat(60)}${tail}`
    parts.push(`${name}000d0001000000780000`)
    previous = offset
    offset += name.length / 2 + 10
  }

  assert.throws(() => decode(fromHex(parts.join(''))), { code: 'BAD_PACKET' })
})

test('messages with an opcode or an error code are not multicast DNS', () => {
  assert.ok(isMulticastDns(message({ flags: 0x8400 })))
  assert.ok(isResponse(message({ flags: 0x8400 })))
  assert.ok(!isMulticastDns(message({ flags: 0x2800 })))
  assert.ok(!isMulticastDns(message({ flags: 0x8403 })))
})

test('no bytes whatever make the reader fail in another way than BAD_PACKET', () => {
  const random = seeded(20_261_122)
  const whole = vectors.map(({ hex }) => fromHex(hex))
  let refused = 0

  for (let i = 0; i < 5000; i += 1) {
    const bytes = mutated(whole, random)
    try {
      const decoded = decode(bytes)
      assert.deepEqual(decode(encode(decoded)), decoded)
    } catch (fault) {
      if (!(fault instanceof KnownError)) throw fault
      refused += 1
    }
  }

  assert.ok(refused > 500)
})

function asVector(record: DnsRecord): VectorRecord {
  if (record.type === 'OPT')
    return {
      type: 'OPT',
      udpPayloadSize: record.classCode,
      options: record.options.map(({ code, data }) => ({ code, data: toHex(data) })),
    }
  const { name, ttlSeconds: ttl, isUnique: cacheFlush } = record
  return { name: nameText(name), type: `${record.type}`, ttl, cacheFlush, data: dataAsVector(record) }
}

function dataAsVector(record: DnsRecord): unknown {
  switch (record.type) {
    case 'A':
    case 'AAAA':
      return record.address
    case 'PTR':
      return nameText(record.target)
    case 'SRV': {
      const { priority, weight, port, target } = record
      return { priority, weight, port, target: nameText(target) }
    }
    case 'TXT':
      return record.strings.map((text) => new TextDecoder().decode(text))
    case 'NSEC':
      return { nextDomain: nameText(record.next), rrtypes: record.types.map((code) => typeOf(code)) }
    default:
      return codeOf(record.type)
  }
}

function fromHex(hex: string): Uint8Array {
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
}

function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
