import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { decode } from './dmap/decode.ts'
import { encode } from './dmap/encode.ts'
import {
  macOfSpeaker,
  macsFromServerInfo,
  magicPacket,
  msmaOf,
  parseMac,
  speakerIdOf,
  wakeRounds,
  wakeRoundsAtMs,
} from './wake.ts'

const wol = JSON.parse(readFileSync(new URL('./vectors/wol.json', import.meta.url), 'utf8')) as {
  vectors: { name: string; mac: string; password?: string; udp_payload_hex: string; length: number }[]
  machine_address: { where: string; hex: string; mac: string }[]
}

/** A password as people write it: hex pairs, or four decimal numbers. */
function passwordBytes(text: string): Uint8Array {
  return text.includes(':')
    ? Uint8Array.from(text.split(':'), (pair) => Number.parseInt(pair, 16))
    : Uint8Array.from(text.split('.'), Number)
}

for (const { name, mac, password, udp_payload_hex, length } of wol.vectors) {
  test(`magic packet: ${name}`, () => {
    const packet = password === undefined ? magicPacket(mac) : magicPacket(mac, passwordBytes(password))

    assert.equal(packet.length, length)
    assert.equal(Buffer.from(packet).toString('hex'), udp_payload_hex)
  })
}

for (const { where, hex, mac } of wol.machine_address) {
  test(`the address ${mac} in ${where}`, () => {
    const id = BigInt(`0x${hex}`)
    if (where === 'getspeakers') {
      assert.equal(macOfSpeaker(id), mac)
      assert.equal(speakerIdOf(mac), id)
      return
    }
    const info = decode(
      encode([
        'msrv',
        [
          ['mstt', 200],
          ['msml', [['msma', id]]],
        ],
      ]),
    )
    assert.deepEqual(macsFromServerInfo(info), [mac])
    assert.equal(msmaOf(mac), id)
  })
}

test('a host without addresses, or with empty ones, gives none', () => {
  assert.deepEqual(macsFromServerInfo([['msrv', [['mstt', 200]]]]), [])
  assert.deepEqual(macsFromServerInfo([['msml', [['msma', 0n]]]]), [])
  assert.equal(macOfSpeaker(0n), undefined)
})

test('a MAC is written with colons, dashes or nothing; other text is refused', () => {
  assert.deepEqual(magicPacket('D4-9A-20-D1-5E-63'), magicPacket('d49a20d15e63'))
  assert.throws(() => magicPacket('d4:9a:20:d1:5e'), TypeError)
})

const macs = (count: number) => Array.from({ length: count }, (_, index) => `d4:9a:20:d1:5e:0${index}`)

for (const [count, sentLately, expected] of [
  [1, 0, [1, 1, 1]],
  [3, 0, [3, 3, 3]],
  [4, 0, [4, 4]],
  [8, 0, [8]],
  [30, 0, [8]],
  [1, 7, [1, 1]],
  [3, 8, [1]],
  [1, 9, []],
  [0, 0, []],
] as const) {
  test(`${count} addresses after ${sentLately} packets within a minute: rounds of ${JSON.stringify(expected)}`, () => {
    const rounds = wakeRounds(
      macs(count).map((mac) => mac),
      sentLately,
    )

    assert.deepEqual(
      rounds.map((round) => round.length),
      expected,
    )
    for (const round of rounds) assert.equal(new Set(round).size, round.length, 'one packet per address')
  })
}

test('rounds are at least 700 ms apart, and three at most', () => {
  assert.ok(wakeRoundsAtMs.length <= 3)
  for (const [index, atMs] of wakeRoundsAtMs.entries())
    if (index > 0) assert.ok(atMs - (wakeRoundsAtMs[index - 1] ?? 0) >= 700)
})

test('a MAC is read as it comes, and nobody and groups are none', () => {
  assert.equal(parseMac('D4-9A-20-D1-5E-63'), 'd4:9a:20:d1:5e:63')
  assert.equal(parseMac('d49a20d15e63'), 'd4:9a:20:d1:5e:63')
  for (const text of ['00:00:00:00:00:00', 'ff:ff:ff:ff:ff:ff', '01:00:5e:00:00:fb', 'd4:9a', '', 'eth0'])
    assert.equal(parseMac(text), undefined, text)
})
