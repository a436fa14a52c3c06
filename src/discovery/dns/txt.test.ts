import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { decode, encode, message, recordData } from './message.ts'
import { nameOf } from './name.ts'
import type { TxtRecord } from './records.ts'
import { txtEntries, txtStrings, txtText } from './txt.ts'

interface Vector {
  name: string
  entries: (string | { hex: string })[]
  rdata_hex: string
}
const { vectors } = JSON.parse(readFileSync(new URL('vectors/txt.json', import.meta.url), 'utf8')) as {
  vectors: Vector[]
}

for (const vector of vectors) {
  test(`${vector.name}: written as its vector, and read back`, () => {
    const strings = vector.entries.map((entry) =>
      typeof entry === 'string' ? Buffer.from(entry) : Buffer.from(entry.hex, 'hex'),
    )
    const record = txtRecord(strings)

    assert.equal(Buffer.from(recordData(record)).toString('hex'), vector.rdata_hex)

    const [read] = decode(encode(message({ answers: [record] }))).answers
    assert.ok(read?.type === 'TXT')
    assert.deepEqual(read.strings.map(hex), strings.map(hex))
  })
}

test('keys: any case, first one counts, with and without a value', () => {
  const txt = txtEntries(
    ['DbId=1', 'dbid=2', 'flag', 'empty=', '=nameless', 'CtlN=Stüdio ♪'].map((text) => Buffer.from(text)),
  )

  assert.deepEqual([...txt.keys()], ['DbId', 'flag', 'empty', 'CtlN'])
  assert.equal(txtText(txt, 'dbID'), '1')
  assert.equal(txt.get('flag'), true)
  assert.equal(txtText(txt, 'flag'), undefined)
  assert.equal(txtText(txt, 'empty'), '')
  assert.equal(txtText(txt, 'ctln'), 'Stüdio ♪')
  assert.equal(txtText(txt, 'absent'), undefined)
})

test('bytes that are no UTF-8 are kept as bytes and are no text', () => {
  const txt = txtEntries(txtStrings({ bin: Uint8Array.of(0, 0xff, 0x3d) }))

  assert.deepEqual(txt.get('bin'), Uint8Array.of(0, 0xff, 0x3d))
  assert.equal(txtText(txt, 'bin'), undefined)
})

test('a text that does not fit its string is cut at a character', () => {
  const [text] = txtStrings({ CtlN: '♪'.repeat(200) })

  assert.ok(text)
  assert.ok(text.length <= 255)
  assert.equal(txtText(txtEntries([text]), 'CtlN'), '♪'.repeat(83))
})

function txtRecord(strings: readonly Uint8Array[]): TxtRecord {
  return { name: nameOf('a.local'), type: 'TXT', classCode: 1, isUnique: true, ttlSeconds: 4500, strings }
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex')
}
