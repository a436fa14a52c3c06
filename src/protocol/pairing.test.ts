import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { decode } from './dmap/decode.ts'
import { child } from './dmap/node.ts'
import { hex64 } from './ids.ts'
import { isPairKey, isPin, isSamePairingCode, pairingCode } from './pairing.ts'

const vectors = JSON.parse(readFileSync(new URL('./vectors/pairing.json', import.meta.url), 'utf8')) as {
  vectors: { pair: string; pin: string; pairingcode: string }[]
  wrong_results: { why: string; pair: string; pin: string; wrong: string }[]
  exchange: { request: string; reply_body_hex: string; login: string }
}
const md5 = (bytes: Uint8Array) => createHash('md5').update(bytes).digest()

for (const { pair, pin, pairingcode } of vectors.vectors) {
  test(`pairing code of ${pair} and ${pin}`, () => {
    assert.equal(pairingCode(pair, pin, md5), pairingcode)
    assert.ok(isSamePairingCode(pairingcode.toLowerCase(), pairingcode))
  })
}

for (const { why, pair, pin, wrong } of vectors.wrong_results) {
  test(`not the mistake: ${why}`, () => {
    // The last mistake is in the Pair itself: only the text as it was published gives the code.
    assert.notEqual(pairingCode(pair.toUpperCase(), pin, md5), wrong)
  })
}

test('the exchange: the code that was sent is right, and the guid to log in with is in the answer', () => {
  const { request, reply_body_hex, login } = vectors.exchange
  const answer = child(decode(new Uint8Array(Buffer.from(reply_body_hex, 'hex'))), 'cmpa') ?? []

  assert.ok(request.includes(`pairingcode=${pairingCode('0000000000000001', '1234', md5)}&`))
  assert.equal(login, `/login?pairing-guid=0x${hex64(child(answer, 'cmpg') ?? 0n)}`)
  assert.equal(child(answer, 'cmnm'), 'Remote phone')
})

test('keys and digits are told from other text', () => {
  assert.ok(isPairKey('FAEA410630AEC05E') && isPairKey('1'))
  assert.ok(!isPairKey('') && !isPairKey('FAEA410630AEC05E0') && !isPairKey('xyz'))
  assert.ok(isPin('0001') && !isPin('123') && !isPin('12345') && !isPin('12a4'))
})
