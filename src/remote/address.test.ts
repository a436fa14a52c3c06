import assert from 'node:assert/strict'
import { test } from 'node:test'
import { KnownError } from '../errors.ts'
import { addressText, looksLikeAddress, parseAddress } from './address.ts'

const good: [text: string, shown: string][] = [
  ['192.168.1.20', '192.168.1.20:3689'],
  ['192.168.1.20:4000', '192.168.1.20:4000'],
  ['[fe80::1%eth0]:4000', '[fe80::1%eth0]:4000'],
  ['[::1]', '[::1]:3689'],
  ['fe80::1', '[fe80::1]:3689'],
  ['http://studio.local:3690/', 'studio.local:3690'],
]
for (const [text, shown] of good) {
  test(`"${text}" is ${shown}`, () => {
    assert.equal(addressText(parseAddress(text)), shown)
  })
}

for (const text of [
  '',
  'a b',
  'x:0',
  'x:70000',
  'user@host',
  '[::1',
  'tls://10.0.0.1:abc',
  'x:y',
  '[x]:1:2',
]) {
  test(`"${text}" is no address`, () => {
    assert.throws(
      () => parseAddress(text),
      (error) => error instanceof KnownError && error.code === 'BAD_ADDRESS',
    )
  })
}

test('a name without a dot is a library, not a place', () => {
  assert.equal(looksLikeAddress('Studio'), false)
  assert.equal(looksLikeAddress('Dr. Dre’s'), false)
  assert.equal(looksLikeAddress('Jazz: the box'), false)
  assert.equal(looksLikeAddress('AC:DC'), false)
  assert.equal(looksLikeAddress('studio.local'), true)
  assert.equal(looksLikeAddress('fe80::1%eth0'), true)
  assert.equal(looksLikeAddress('::1'), true)
})
