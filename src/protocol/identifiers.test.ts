import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { decode } from './dmap/decode.ts'
import { encode } from './dmap/encode.ts'
import { hex64, parseHex64, parseId } from './ids.ts'
import { packItemSpec, parseSpec, printSpec, unpackItemSpec } from './item-spec.ts'

interface CanpVector {
  name: string
  hex: string
  element_hex: string
  databaseId: number
  containerId: number
  containerItemId: number
  itemId: number
}
const canp = JSON.parse(readFileSync(new URL('./vectors/canp.json', import.meta.url), 'utf8')) as {
  vectors: CanpVector[]
}

for (const { name, hex, element_hex, databaseId, containerId, containerItemId, itemId } of canp.vectors) {
  test(`canp: ${name}`, () => {
    const ids = { databaseId, containerId, containerItemId, itemId }
    const bytes = packItemSpec(ids)

    assert.equal(Buffer.from(bytes).toString('hex'), hex)
    assert.deepEqual(unpackItemSpec(bytes), ids)
    assert.equal(Buffer.from(encode(['canp', bytes])).toString('hex'), element_hex)
    assert.deepEqual(decode(new Uint8Array(Buffer.from(element_hex, 'hex'))), [['canp', bytes]])
  })
}

test('a canp of another length is none', () => {
  assert.equal(unpackItemSpec(new Uint8Array(15)), undefined)
})

test('ids come in decimal, hex, or signed, and mean the same number', () => {
  assert.equal(parseId('16621530181618739404'), 16621530181618739404n)
  assert.equal(parseId('-1825213892090812212'), 16621530181618739404n)
  assert.equal(parseId('0xE6AB2D1C9F8A6CCC'), 0xe6ab2d1c9f8a6cccn)
  assert.equal(parseId('0XaB'), 0xabn)
  for (const text of ['', '0x', 'x1', '1.5', '1e3', '99999999999999999999999', '0x11112222333344445'])
    assert.equal(parseId(text), undefined, text)
})

test('guids have sixteen digits, and are read with fewer and with 0x', () => {
  assert.equal(hex64(0xa1n), '00000000000000A1')
  assert.equal(parseHex64('0x7d1324235f535AE7'), 0x7d1324235f535ae7n)
  assert.equal(parseHex64('a1'), 0xa1n)
  assert.equal(parseHex64('not a guid'), undefined)
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), (id) => {
      assert.equal(parseHex64(hex64(id)), id)
      assert.equal(parseId(String(BigInt.asIntN(64, id))), id)
    }),
  )
})

test('a spec is read with and without quotes, and printed with them', () => {
  const spec = { field: 'dmap.persistentid', id: 0x1122334455667788n }

  assert.deepEqual(parseSpec("'dmap.persistentid:0x1122334455667788'"), spec)
  assert.deepEqual(parseSpec('dmap.itemid:12'), { field: 'dmap.itemid', id: 12n })
  assert.deepEqual(parseSpec(" 'dmap.itemid:12' "), { field: 'dmap.itemid', id: 12n })
  assert.deepEqual(parseSpec(printSpec(spec)), spec)
  for (const text of ['', "'dmap.itemid'", "'dmap.itemid:x'", '12']) assert.equal(parseSpec(text), undefined)
})

test('a hostile spec is refused without pondering', () => {
  // Minutes, should the time grow with the square of the length.
  assert.equal(parseSpec(`dmap.itemid:${' '.repeat(500_000)}'x`), undefined)
})
