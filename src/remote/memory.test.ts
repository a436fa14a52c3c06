import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { KnownError } from '../errors.ts'
import {
  emptyMemory,
  findKnownHost,
  type KnownHost,
  readMemory,
  remembered,
  wakePacketsLately,
  withWakePackets,
  writeMemory,
} from './node.ts'

const studio: KnownHost = {
  serviceName: '63B5E5C0C201542E',
  name: 'Studio',
  address: '192.168.1.20:3689',
  guid: '00000000000000A1',
  macAddresses: ['d4:9a:20:d1:5e:63'],
}
const attic: KnownHost = { ...studio, serviceName: 'AA', name: 'Attic', address: '192.168.1.21:3689' }

function folder(t: TestContext): string {
  const path = mkdtempSync(join(tmpdir(), 'tonearm-memory-'))
  t.after(() => rmSync(path, { recursive: true }))
  return path
}

test('the host used last comes first, and a moved one keeps its guid', () => {
  let memory = remembered(remembered(emptyMemory, studio), attic)

  memory = remembered(memory, { ...studio, address: '192.168.1.99:3689', guid: undefined, macAddresses: [] })

  assert.deepEqual(
    memory.hosts.map((host) => host.name),
    ['Studio', 'Attic'],
  )
  assert.deepEqual(memory.hosts[0], { ...studio, address: '192.168.1.99:3689' })
  assert.equal(findKnownHost(memory, 'STUDIO')?.guid, studio.guid)
})

test('it is kept for its user only', (t) => {
  const path = folder(t)

  writeMemory(path, remembered(emptyMemory, studio))

  assert.deepEqual(readMemory(path).hosts, [studio])
  assert.equal(statSync(join(path, 'remote.json')).mode & 0o777, 0o600)
})

test('a damaged file is told, not written over', (t) => {
  const path = folder(t)
  writeFileSync(join(path, 'remote.json'), '{"format": 1, "hosts": [{')

  assert.throws(
    () => readMemory(path),
    (error) => error instanceof KnownError && error.code === 'DATA_DAMAGED',
  )
  assert.ok(readFileSync(join(path, 'remote.json'), 'utf8').length > 0)
})

test('where no folder can be made, that is said at once', { skip: !existsSync('/proc/self') }, () => {
  assert.throws(
    () => writeMemory('/proc/tonearm/data', emptyMemory),
    (error) => error instanceof KnownError && error.code === 'DATA_NOT_WRITABLE',
  )
})

test('the certificate that is held stays when nothing is said of it, and its address finds the host', (t) => {
  const path = folder(t)
  const outside = { address: 'tls://music.example.org:3690', certificate: 'SHA256:x' }
  const held = remembered(emptyMemory, { ...studio, lastSeenAtMs: 5, outside })

  writeMemory(path, remembered(held, { ...studio, address: '192.168.1.99:3689' }))

  const found = findKnownHost(readMemory(path), 'tls://music.example.org:3690')
  assert.deepEqual(found, { ...studio, address: '192.168.1.99:3689', lastSeenAtMs: 5, outside })
})

test('wake packets are counted over commands, for a minute', (t) => {
  const path = folder(t)
  writeMemory(path, withWakePackets(remembered(emptyMemory, studio), 3, 100_000))
  writeMemory(path, withWakePackets(readMemory(path), 2, 130_000))
  writeMemory(path, remembered(readMemory(path), attic))

  const memory = readMemory(path)

  assert.equal(wakePacketsLately(memory, 130_000), 5)
  assert.equal(wakePacketsLately(memory, 165_000), 2)
  assert.equal(wakePacketsLately(memory, 200_000), 0)
  assert.equal(wakePacketsLately(memory, 0), 0, 'a clock that was set back')
})
