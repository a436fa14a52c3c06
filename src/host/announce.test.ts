import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setImmediate } from 'node:timers/promises'
import { fakeNetwork } from '../../test/fakes/discovery.ts'
import { type Log, silentLog } from '../log.ts'
import { announceHost } from './announce.ts'
import type { Identity } from './data-directory.ts'

const identity: Identity = {
  instanceName: '63B5E5C0C201542E',
  databaseId: 0x63b5_e5c0_c201_542en,
  databaseIdHex: '63B5E5C0C201542E',
  name: 'Attic',
  macAddresses: [],
  sharing: 'none',
}

test('ended while its names are still probed for: nothing is waited for, nothing complained about', async () => {
  const complaints: string[] = []
  const log: Log = { ...silentLog, error: (message) => complaints.push(message) }
  const probing = Promise.withResolvers<never>()
  const discovery = { ...fakeNetwork(), announce: () => probing.promise }

  const announcements = announceHost({ discovery, log }, identity, 3689)
  await announcements.withdraw()
  probing.reject(new Error('discovery is closed'))
  await setImmediate()

  assert.deepEqual(complaints, [])
})
