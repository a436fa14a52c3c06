// The name of the machine: when another one has it, it is changed once, told, and kept over restarts.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fakeClock } from '../../../test/fakes/clock.ts'
import { announce, join } from '../../../test/fakes/discovering.ts'
import { type FakeLan, fakeLan } from '../../../test/fakes/lan.ts'
import { message, responseFlags } from '../dns/message.ts'
import { nameOf, nameText } from '../dns/name.ts'
import { hostAttempt } from './claim.ts'
import { addressRecords } from './zone.ts'

const studio = { type: '_touch-able._tcp', name: 'Studio', port: 3689, txt: {} }

test('another machine has the name: the next one is taken, told once, and tried first after a restart', async () => {
  const clock = fakeClock()
  const lan = fakeLan(clock)
  const machine = lan.machine('192.168.1.1')
  const told: string[] = []
  const first = await join(clock, machine, 'studio', { onHostRenamed: (label) => told.push(label) })

  const announcing = first.announce(studio)
  await clock.advance(400)
  lan.inject(anotherStudio())
  await clock.advance(5000)
  await announcing
  await first.close()

  assert.deepEqual(told, ['studio-2'])
  const before = lan.heard.length
  const again = await join(clock, machine, 'studio', {
    lastHostLabel: told[0],
    onHostRenamed: (label) => told.push(label),
  })
  await announce(clock, again, studio)

  assert.deepEqual(told, ['studio-2'], 'it has not changed')
  assert.deepEqual(hostsNamed(lan, before), ['studio-2.local'])
})

test('what was kept of another name counts for nothing', () => {
  assert.equal(hostAttempt('studio', 'studio-3'), 3)
  assert.equal(hostAttempt('studio', 'attic-3'), 1)
  assert.equal(hostAttempt('tonearm-12345678', 'tonearm-12345678'), 1)
})

function anotherStudio() {
  const address = { address: '192.168.1.99', family: 'IPv4', prefixLength: 24 } as const
  const link = { name: '', scope: '', addresses: [address] }
  return message({ flags: responseFlags, answers: addressRecords(nameOf('studio.local'), link) })
}

/** The names that addresses were proposed or announced for since then. */
function hostsNamed({ heard }: FakeLan, since: number): string[] {
  const records = heard
    .slice(since)
    .flatMap(({ message: said }) => [said.answers, said.authorities, said.additionals].flat())
  return [...new Set(records.filter(({ type }) => type === 'A').map(({ name }) => nameText(name)))]
}
