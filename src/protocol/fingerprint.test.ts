import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { fingerprintText, parseFingerprint } from './fingerprint.ts'

const digest = createHash('sha256').update('a public key').digest()
const text = fingerprintText(digest)

test('a fingerprint is written as ssh writes one', () => {
  assert.equal(text, `SHA256:${digest.toString('base64').slice(0, 43)}`)
})

for (const written of [
  text,
  `  ${text}=\n`,
  digest.toString('base64'),
  `sha256//${digest.toString('base64')}`,
  digest.toString('hex'),
  digest.toString('hex').toUpperCase().match(/../g)?.join(':') ?? '',
]) {
  test(`it is understood when written ${JSON.stringify(written)}`, () => {
    assert.equal(parseFingerprint(written), text)
  })
}

test('other text is no fingerprint', () => {
  for (const other of ['', 'SHA256:', text.slice(0, -1), `${text}A`, 'SHA256:!'.padEnd(50, 'a'), 'ab:cd'])
    assert.equal(parseFingerprint(other), undefined, other)
})
