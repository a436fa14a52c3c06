import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { KnownError } from '../../errors.ts'
import {
  announcedCodes,
  type ContentCode,
  codeOfName,
  contentCodes,
  type DmapType,
  isContentCode,
} from './content-codes.ts'
import { decode } from './decode.ts'
import { encode, encodeAll } from './encode.ts'
import { child, children, type DmapNode, deepestNesting } from './node.ts'
import { walk } from './walk.ts'

interface VectorNode {
  code: string
  type: string
  value: unknown
}
interface Malformed {
  name: string
  hex: string
  expect: string | { code: string; raw?: string; value?: number | string }
}
const vectors = JSON.parse(readFileSync(new URL('../vectors/dmap.json', import.meta.url), 'utf8')) as {
  vectors: { name: string; hex: string; length: number; decoded: VectorNode[] }[]
  malformed: Malformed[]
}

const fromHex = (hex: string) => new Uint8Array(Buffer.from(hex, 'hex'))
const toHex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')

/** A vector's tree in our words: 64-bit numbers as bigint, raw bytes as bytes. */
function nodesOf(nodes: readonly VectorNode[]): DmapNode[] {
  return nodes.map(({ code, type, value }) => {
    if (Array.isArray(value)) return [code, nodesOf(value as VectorNode[])] as unknown as DmapNode
    const known = isContentCode(code) ? contentCodes[code][1] : 'raw'
    if (type === 'raw' || known === 'raw') return [code, fromHex(value as string)] as unknown as DmapNode
    if (known === 'uint64') return [code, BigInt(value as string | number)] as unknown as DmapNode
    return [code, value] as unknown as DmapNode
  })
}

test('the table has every code once, by four Latin-1 letters', () => {
  const codes = Object.keys(contentCodes)

  assert.equal(codes.length, 347)
  for (const code of codes) assert.match(code, /^[\u0020-\u00ff]{4}$/)
  assert.deepEqual(contentCodes['f\x8dch'], ['dmap.haschildcontainers', 'uint8'])
})

test('only codes that we are sure of, and whose type has a number, are announced', () => {
  const announced = announcedCodes()

  assert.deepEqual(
    announced.find(({ code }) => code === 'minm'),
    { code: 'minm', longName: 'dmap.itemname', typeNumber: 9 },
  )
  assert.equal(announced.length, 227)
  assert.ok(!announced.some(({ code }) => code === 'canp' || code === 'cmik'))
})

test('a long name leads to its code, an older or misspelt one too; of two codes to the surer', () => {
  assert.equal(codeOfName('daap.songartist'), 'asar')
  assert.equal(codeOfName('daap.songcompliation'), 'asco')
  assert.equal(codeOfName('com.apple.itunes.saved-genius'), 'aeSG')
  assert.equal(codeOfName('com.apple.itunes.gapless-resy'), 'aeGR')
  assert.equal(codeOfName('daap.nosuchname'), undefined)
})

for (const vector of vectors.vectors) {
  test(`vector: ${vector.name}`, () => {
    const bytes = fromHex(vector.hex)
    const expected = nodesOf(vector.decoded)

    assert.equal(bytes.length, vector.length)
    assert.deepEqual(decode(bytes), expected)
    assert.equal(toHex(encodeAll(expected)), vector.hex)
  })
}

for (const { name, hex, expect } of vectors.malformed) {
  test(`malformed or odd: ${name}`, () => {
    if (typeof expect === 'string') {
      assert.throws(
        () => decode(fromHex(hex)),
        (error) => error instanceof KnownError && error.code === 'BAD_PACKET' && 'offset' in error.details,
      )
      return
    }
    const [node] = decode(fromHex(hex))
    assert.equal(node?.[0], expect.code)
    if (expect.raw !== undefined) assert.equal(toHex(node?.[1] as Uint8Array), expect.raw)
    else assert.equal(String(node?.[1]), String(expect.value))
  })
}

test('a fault says where in the packet it is', () => {
  // mlog of 12 bytes, and in it a mstt that claims five bytes where four are left.
  const bytes = fromHex('6d6c6f670000000c6d73747400000005000000c8')

  assert.throws(
    () => decode(bytes),
    (error) => error instanceof KnownError && error.details['offset'] === 8,
  )
})

test('numbers are read in any width, with the sign of their code', () => {
  assert.deepEqual(decode(fromHex('6361707300000004 00000004'.replace(' ', ''))), [['caps', 4]])
  assert.deepEqual(decode(fromHex('6173727600000002fffe')), [['asrv', -2]])
  assert.deepEqual(decode(fromHex('6173727600000008fffffffffffffffe')), [['asrv', -2]])
  assert.deepEqual(decode(fromHex('6d73747400000000')), [['mstt', 0]])
  assert.throws(() => decode(fromHex('6d73747400000009000000000000000000')), KnownError)
})

test('numbers that do not fit are clipped, not wrapped', () => {
  assert.deepEqual(decode(encode(['astn', 70_000])), [['astn', 65_535]])
  assert.deepEqual(decode(encode(['asrv', -200])), [['asrv', -128]])
  assert.deepEqual(decode(encode(['assz', 2 ** 40])), [['assz', 2 ** 32 - 1]])
  assert.deepEqual(decode(encode(['astm', 1.9])), [['astm', 1]])
  assert.deepEqual(decode(encode(['mper', -1n])), [['mper', 2n ** 64n - 1n]])
})

test('containers nest as deep as allowed and no deeper', () => {
  const nested = (depth: number): DmapNode => {
    let node: DmapNode = ['mlit', []]
    for (let level = 1; level < depth; level += 1) node = ['mlit', [node]]
    return node
  }

  assert.doesNotThrow(() => decode(encode(nested(deepestNesting))))
  assert.throws(() => decode(encode(nested(deepestNesting + 1))), KnownError)
})

test('walk tells each element with its place, outer ones first', () => {
  const bytes = encode([
    'abro',
    [
      ['mstt', 200],
      ['abar', [['mlit', 'Björk']]],
    ],
  ])

  assert.deepEqual(
    [...walk(bytes)].map(({ code, type, offset, length, depth }) => [code, type, offset, length, depth]),
    [
      ['abro', 'container', 0, 34, 0],
      ['mstt', 'uint32', 8, 4, 1],
      ['abar', 'names', 20, 14, 1],
      ['mlit', 'string', 28, 6, 2],
    ],
  )
})

test('child and children find values by their code', () => {
  const [answer] = decode(
    encode([
      'abro',
      [
        ['mtco', 2],
        [
          'abar',
          [
            ['mlit', 'A'],
            ['mlit', 'B'],
          ],
        ],
      ],
    ]),
  )
  const browse = child(answer === undefined ? [] : [answer], 'abro') ?? []

  assert.equal(child(browse, 'mtco'), 2)
  assert.equal(child(browse, 'mrco'), undefined)
  assert.deepEqual(children(child(browse, 'abar') ?? [], 'mlit'), ['A', 'B'])
})

// --- properties

const codesOf = (...types: DmapType[]) =>
  (Object.keys(contentCodes) as ContentCode[]).filter(
    (code) => code !== 'mlit' && types.includes(contentCodes[code][1]),
  )
const codeOf = (...types: DmapType[]) => fc.constantFrom(...codesOf(...types))
const text = fc.string({ unit: 'grapheme' }).filter((value) => !value.endsWith('\0'))
const integer = (bits: number, isSigned: boolean) =>
  fc.integer({
    min: isSigned ? -(2 ** (bits - 1)) : 0,
    max: isSigned ? 2 ** (bits - 1) - 1 : 2 ** bits - 1,
  })
const bytesOf = fc.uint8Array({ maxLength: 40 })
const { tree } = fc.letrec<{ tree: DmapNode }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 6, depthSize: 'small' },
    ...([
      fc.tuple(codeOf('uint8'), integer(8, false)),
      fc.tuple(codeOf('int8'), integer(8, true)),
      fc.tuple(codeOf('uint16'), integer(16, false)),
      fc.tuple(codeOf('int16'), integer(16, true)),
      fc.tuple(codeOf('uint32', 'date', 'version'), integer(32, false)),
      fc.tuple(codeOf('int32'), integer(32, true)),
      fc.tuple(codeOf('uint64'), fc.bigInt({ min: 0n, max: 2n ** 64n - 1n })),
      fc.tuple(codeOf('string'), text),
      fc.tuple(codeOf('raw'), bytesOf),
      fc.tuple(fc.constantFrom('zzzz', '\xff\x00\x80!'), bytesOf),
      fc.tuple(codeOf('names'), fc.array(fc.tuple(fc.constant('mlit'), text))),
      fc.tuple(codeOf('container'), fc.array(tie('tree'), { maxLength: 6 })),
      fc.tuple(fc.constant('mlit'), fc.array(tie('tree'), { maxLength: 6 })),
    ] as unknown as fc.Arbitrary<DmapNode>[]),
  ),
}))

test('property: what was encoded is decoded to the same tree', () => {
  fc.assert(
    fc.property(fc.array(tree, { maxLength: 4 }), (nodes) => {
      assert.deepEqual(decode(encodeAll(nodes)), nodes)
    }),
  )
})

test('property: any string comes back as it was, but for lone surrogates and NULs at its end', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (value) => {
      const expected = value.toWellFormed().replace(/\0+$/, '')
      assert.deepEqual(decode(encode(['minm', value])), [['minm', expected]])
    }),
  )
})

test('property: bytes of any kind give a tree or BAD_PACKET, nothing else', () => {
  const packets = vectors.vectors.map(({ hex }) => fromHex(hex))
  const damaged = fc
    .tuple(fc.constantFrom(...packets), fc.nat(), fc.nat({ max: 255 }), fc.nat())
    .map(([packet, at, value, end]) => {
      const bytes = packet.slice(0, 1 + (end % packet.length))
      bytes[at % bytes.length] = value
      return bytes
    })
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array({ maxLength: 200 }), damaged), (bytes) => {
      try {
        decode(bytes)
      } catch (error) {
        assert.ok(error instanceof KnownError && error.code === 'BAD_PACKET', String(error))
      }
    }),
    { numRuns: 2000 },
  )
})
