import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setImmediate } from 'node:timers/promises'
import { fakeNetwork } from '../../../test/fakes/discovery.ts'
import type { Discovery } from '../../discovery/index.ts'
import { type Log, silentLog } from '../../log.ts'
import type { Identity } from '../data/data-directory.ts'
import { announceHost } from './announce.ts'

const identity: Identity = {
  instanceName: '63B5E5C0C201542E',
  databaseId: 0x63b5_e5c0_c201_542en,
  databaseIdHex: '63B5E5C0C201542E',
  name: 'Attic',
  macAddresses: [],
  sharing: 'none',
}

const forgetful = { announcedNames: {}, keepAnnouncedName() {} }

test('ended while its names are still probed for: nothing is waited for, nothing complained about', async () => {
  const complaints: string[] = []
  const log: Log = { ...silentLog, error: (message) => complaints.push(message) }
  const probing = Promise.withResolvers<never>()
  const discovery = { ...fakeNetwork(), announce: () => probing.promise }

  const announcements = announceHost({ discovery, log, names: forgetful }, identity, 3689)
  await announcements.withdraw()
  probing.reject(new Error('discovery is closed'))
  await setImmediate()

  assert.deepEqual(complaints, [])
})

test('a name that a conflict changed is kept, and tried first at the next start', async () => {
  const kept: Record<string, string> = {}
  const names = {
    announcedNames: kept,
    keepAnnouncedName: (type: string, name: string) => void Object.assign(kept, { [type]: name }),
  }
  const network = fakeNetwork()
  const discovery: Discovery = {
    ...network,
    announce(service, onRenamed) {
      onRenamed?.(`${service.name} (2)`)
      return network.announce(service)
    },
  }

  announceHost({ discovery, log: silentLog, names }, identity, 3689)
  announceHost({ discovery: network, log: silentLog, names }, identity, 3689)

  assert.equal(kept['_touch-able._tcp'], '63B5E5C0C201542E (2)')
  assert.equal(network.announced.at(-2)?.lastName, '63B5E5C0C201542E (2)')
})
