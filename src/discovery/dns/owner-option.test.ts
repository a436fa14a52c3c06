import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { announce, listen, twoMachines } from '../../../test/fakes/discovering.ts'
import { addressRecords, instanceRecords, pointerRecords } from '../responder/zone.ts'
import { type DnsMessage, decode, message, responseFlags } from './message.ts'
import { nameOf } from './name.ts'
import { ownerOf } from './owner-option.ts'
import type { DnsRecord, OptRecord } from './records.ts'

const studio = { type: '_touch-able._tcp', name: 'Studio', port: 3689, txt: {} }
const mac = [0xd4, 0x9a, 0x20, 0xd1, 0x5e, 0x63]

test('read in every length of the draft, refused in any other', () => {
  const wake = [1, 2, 3, 4, 5, 6]
  const plain = { sequence: 7, macAddress: 'd4:9a:20:d1:5e:63', wakeAddress: 'd4:9a:20:d1:5e:63' }
  const other = { ...plain, wakeAddress: '01:02:03:04:05:06' }

  assert.deepEqual(ownerOf(withOwner(0, 7, ...mac)), plain)
  assert.deepEqual(ownerOf(withOwner(0, 7, ...mac, ...wake)), other)
  for (const length of [4, 6]) {
    const wakePassword = new Uint8Array(length).fill(9)
    assert.deepEqual(ownerOf(withOwner(0, 7, ...mac, ...wake, ...wakePassword)), { ...other, wakePassword })
  }
  assert.equal(ownerOf(withOwner(0, 7, ...mac.slice(1))), undefined)
  assert.equal(ownerOf(withOwner(0, 7, ...mac, 1)), undefined)
  assert.equal(ownerOf(withOwner(1, 7, ...mac)), undefined, 'of another version')
  assert.equal(ownerOf(message({})), undefined)
})

test('the vectors with an owner are read', () => {
  const { vectors } = JSON.parse(readFileSync(new URL('vectors/mdns.json', import.meta.url), 'utf8')) as {
    vectors: { hex: string; name: string }[]
  }
  const owners = vectors.flatMap(({ hex }) => ownerOf(decode(Buffer.from(hex, 'hex'))) ?? [])

  assert.ok(owners.length >= 1)
  assert.ok(owners.every(({ macAddress }) => /^[0-9a-f]{2}(:[0-9a-f]{2}){5}$/.test(macAddress)))
})

test('a found service knows the address by which it is woken', async () => {
  const { clock, lan, remote } = await twoMachines()
  const heard = listen(remote, studio.type)
  const link = { name: '', scope: '', addresses: [address('192.168.1.99')] }
  const host = nameOf('studio.local')

  lan.inject({
    ...withOwner(0, 1, ...mac),
    flags: responseFlags,
    answers: [...pointerRecords(studio), ...instanceRecords(studio, host), ...addressRecords(host, link)],
  })
  await clock.advance(100)

  assert.equal(heard.ups.at(-1)?.owner?.macAddress, 'd4:9a:20:d1:5e:63')
})

test('a machine says itself by which address it is woken, and one more wake after each sleep', async () => {
  const { clock, machines, lan, host, remote } = await twoMachines()
  machines.host.setMacAddress('d4:9a:20:d1:5e:63')
  await clock.advance(3000)
  const heard = listen(remote, studio.type)

  await announce(clock, host, studio)
  const told = heard.ups.at(-1)?.owner
  assert.deepEqual(told, { sequence: 0, macAddress: 'd4:9a:20:d1:5e:63', wakeAddress: 'd4:9a:20:d1:5e:63' })

  clock.sleep(3_600_000)
  await clock.advance(10_000)
  assert.equal(heard.ups.at(-1)?.owner?.sequence, 1)
  assert.ok(lan.heard.every(({ message: said }) => said.additionals.filter(isOpt).length <= 1))
})

test('a sleep proxy that speaks for us takes no name away; another program with our address may', async () => {
  for (const [from, name] of [
    ['192.168.1.99', 'Studio'],
    ['192.168.1.1', 'Studio (2)'],
  ] as const) {
    const { clock, lan, machines, host } = await twoMachines()
    machines.host.setMacAddress('d4:9a:20:d1:5e:63')
    await clock.advance(3000)
    const announcing = host.announce(studio)
    await clock.advance(500)

    const other = instanceRecords({ ...studio, port: 3690 }, nameOf('other.local'))
    lan.inject({ ...withOwner(0, 9, ...mac), flags: responseFlags, answers: other }, { address: from })
    await clock.advance(5000)

    assert.equal((await announcing).name, name)
  }
})

function isOpt({ type }: DnsRecord): boolean {
  return type === 'OPT'
}

function address(text: string) {
  return { address: text, family: 'IPv4', prefixLength: 24 } as const
}

function withOwner(...data: number[]): DnsMessage {
  const opt: OptRecord = {
    name: [],
    type: 'OPT',
    classCode: 1440,
    isUnique: false,
    ttlSeconds: 4500,
    options: [{ code: 4, data: Uint8Array.from(data) }],
  }
  return message({ additionals: [opt] })
}
