import assert from 'node:assert/strict'
import { test } from 'node:test'
import { announce, listen, twoMachines } from '../../../test/fakes/discovering.ts'
import type { ServiceToAnnounce } from '../types.ts'
import { checkService } from './check-service.ts'

const studio: ServiceToAnnounce = { type: '_touch-able._tcp', name: 'Studio', port: 3689, txt: {} }

const faults: [reason: RegExp, fault: Partial<ServiceToAnnounce>][] = [
  [/not a service type/, { type: 'touch-able._tcp' }],
  [/not a service type/, { type: '_a-name-of-16-chr._tcp' }],
  [/not a service type/, { type: '_touch-able._sctp' }],
  [/needs a name/, { name: '\u0000\n' }],
  [/not a port/, { port: 65_536 }],
  [/not a port/, { port: 1.5 }],
  [/a subtype has/, { subtypes: [''] }],
  [/a subtype has/, { subtypes: ['♪'.repeat(22)] }],
  [/not a TXT key/, { txt: { 'a=b': '' } }],
  [/not a TXT key/, { txt: { ü: '' } }],
  [/TXT data of \d+ bytes/, { txt: Object.fromEntries([...'abcdef'].map((key) => [key, 'x'.repeat(300)])) }],
]
for (const [reason, fault] of faults) {
  test(`refused: ${JSON.stringify(fault).slice(0, 60)}`, () => {
    assert.throws(() => checkService({ ...studio, ...fault }), reason)
  })
}

test('a name comes to the network composed, without control characters, and no longer than a label', async () => {
  const { clock, host, remote } = await twoMachines()
  const heard = listen(remote, studio.type)

  await announce(clock, host, { ...studio, name: 'Cafe\u0301\u0007' })
  await announce(clock, host, { ...studio, name: '♪'.repeat(40) })
  await clock.advance(2000)

  assert.deepEqual(
    heard.ups.map(({ name }) => name),
    ['Caf\u00e9', '♪'.repeat(21)],
  )
})

test('a name that a conflict made is tried first the next time', async () => {
  const { clock, lan, host } = await twoMachines()

  const announcement = await announce(clock, host, { ...studio, lastName: 'Studio (3)' })

  assert.equal(announcement.name, 'Studio (3)')
  assert.ok(lan.heard.length > 0)
  const other = await announce(clock, host, { ...studio, type: '_daap._tcp', lastName: 'Kitchen (3)' })
  assert.equal(other.name, 'Studio', 'of another name it says nothing')
})

test('data that changes ten times a second is told once a second, the last word too', async () => {
  const { clock, lan, host, remote } = await twoMachines()
  const heard = listen(remote, studio.type)
  const announcement = await announce(clock, host, studio)
  await clock.advance(10_000)
  const before = lan.heard.length

  for (let i = 0; i < 50; i += 1) {
    announcement.updateTxt({ n: `${i}` })
    await clock.advance(100)
  }
  await clock.advance(5000)

  const sent = lan.heard.slice(before).filter(({ from }) => from === '192.168.1.1').length
  assert.ok(sent <= 8, `${sent} packets in five seconds and two more`)
  assert.deepEqual(heard.ups.at(-1)?.txt.get('n'), new TextEncoder().encode('49'))
})
