// A host's life: found, started again, in the way of another, gone.

import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { fakeNetwork } from '../../test/fakes/discovery.ts'
import { startHost } from '../../test/fakes/host.ts'
import { fakeLibrary } from '../../test/fakes/library.ts'
import { fakePlayer } from '../../test/fakes/player.ts'
import { systemClock } from '../clock.ts'
import { KnownError } from '../errors.ts'
import { openSqlite } from '../library/index.ts'
import { silentLog } from '../log.ts'
import { openDataDirectory } from './data/data-directory.ts'
import { openFrontDoor } from './door/front-door.ts'
import { openHost } from './open-host.ts'

test('a host announces itself to remotes and speakers, and says goodbye to both', async (t) => {
  const network = fakeNetwork()
  const { host, directory } = await startHost(t, { discovery: network })
  const { databaseIdHex } = directory.identity()
  const announced = network.announced.map(({ type, name, port }) => ({ type, name, port }))

  await host.close()

  assert.deepEqual(announced, [
    { type: '_touch-able._tcp', name: databaseIdHex, port: host.port },
    { type: '_dacp._tcp', name: `iTunes_Ctrl_${databaseIdHex}`, port: host.port },
  ])
  assert.deepEqual(network.announced, [])
})

test('players hear of it only when it shares, and whether they need a password', async (t) => {
  const network = fakeNetwork()
  await startHost(t, { discovery: network, share: { password: 'sesame' } })

  const daap = network.announced.find(({ type }) => type === '_daap._tcp')

  assert.equal(daap?.name, 'Studio')
  assert.equal(daap?.txt['Password'], '1')
})

test('a host that takes a free port keeps it, and its pairings, over a restart', async (t) => {
  const path = mkdtempSync(join(tmpdir(), 'tonearm-host-'))
  t.after(() => rmSync(path, { recursive: true }))
  const { openAgain } = starter(path)

  const first = await openAgain()
  const { port } = first.host
  await first.end()
  const second = await openAgain()
  t.after(() => second.end())

  assert.equal(second.host.port, port)
})

test('a port in use and an address of another machine are refused by name; a kept port in use is replaced', async (t) => {
  const path = mkdtempSync(join(tmpdir(), 'tonearm-host-'))
  const other = createServer().listen(0)
  await once(other, 'listening')
  const { port } = other.address() as { port: number }
  t.after(() => {
    other.close()
    rmSync(path, { recursive: true })
  })
  const { openAgain } = starter(path)

  await assert.rejects(
    openAgain(port),
    (error) => error instanceof KnownError && error.code === 'PORT_IN_USE' && error.details['port'] === port,
  )
  const directory = openDataDirectory(path)
  directory.keepPort(port)
  directory.close()
  const running = await openAgain(0)
  assert.notEqual(running.host.port, port)
  await running.end()
  await assert.rejects(
    openAgain(0, ['192.0.2.1']),
    (error) => error instanceof KnownError && error.code === 'ADDRESS_NOT_USABLE',
  )
})

test('two addresses are served on one port', async (t) => {
  const path = mkdtempSync(join(tmpdir(), 'tonearm-host-'))
  const running = await starter(path).openAgain(0, ['127.0.0.1', '127.0.0.2'])
  t.after(async () => {
    await running.end()
    rmSync(path, { recursive: true })
  })

  for (const address of ['127.0.0.1', '127.0.0.2'])
    assert.equal((await fetch(`http://${address}:${running.host.port}/server-info`)).status, 200)
  assert.equal(running.host.url, `http://127.0.0.1:${running.host.port}`)
})

/** Opens hosts one after the other on one directory. */
function starter(path: string) {
  return {
    async openAgain(port = 0, listen: readonly string[] = []) {
      const dataDirectory = openDataDirectory(path)
      const database = openSqlite(dataDirectory.databaseFile)
      const library = fakeLibrary({ songs: [] })
      const close = () => {
        database.close()
        dataDirectory.close()
      }
      try {
        const common = {
          dataDirectory,
          identity: dataDirectory.identity(),
          version: '0.0.0',
          log: silentLog,
          clock: systemClock,
        }
        const door = await openFrontDoor({ ...common, port, listen })
        const player = await fakePlayer(() => undefined)
        const host = await openHost({ ...common, door, library, player, database })
        const end = async () => {
          await host.close()
          close()
        }
        return { host, end }
      } catch (error) {
        close()
        throw error
      }
    },
  }
}
