// The port is open and the rooms behind it are not yet: who is told what, who waits, and for how long.

import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { fakeClock } from '../../../test/fakes/clock.ts'
import { fakeLibrary } from '../../../test/fakes/library.ts'
import { fakePlayer } from '../../../test/fakes/player.ts'
import { eventually } from '../../../test/lab/eventually.ts'
import { openSqlite } from '../../library/index.ts'
import { silentLog } from '../../log.ts'
import { watchAgain } from '../../protocol/api.ts'
import { openDataDirectory } from '../data/data-directory.ts'
import type { Host } from '../host.ts'
import type { HostRequest } from '../http/http-message.ts'
import { openHost } from '../open-host.ts'
import { openFrontDoor } from './front-door.ts'

/** A door with nothing behind it, and the whole host for it. */
async function doorOf(t: TestContext) {
  const path = mkdtempSync(join(tmpdir(), 'tonearm-door-'))
  const dataDirectory = openDataDirectory(path)
  const database = openSqlite(dataDirectory.databaseFile)
  const common = {
    dataDirectory,
    identity: dataDirectory.identity({ name: 'Studio' }),
    version: '0.0.0',
    log: silentLog,
    clock: fakeClock(),
  }
  const door = await openFrontDoor({ ...common, port: 0 })
  const url = `http://127.0.0.1:${door.port}`
  let host: Host | undefined
  t.after(async () => {
    await host?.close()
    await door.close()
    database.close()
    dataDirectory.close()
    rmSync(path, { recursive: true })
  })
  return {
    door,
    get: (target: string, init?: RequestInit) => fetch(url + target, init),
    owner: { authorization: `Bearer ${dataDirectory.ownerToken}` },
    async openRooms() {
      const player = await fakePlayer(() => undefined)
      host = await openHost({ ...common, door, database, library: fakeLibrary({ songs: [] }), player })
    },
  }
}

const webSocket = {
  connection: 'Upgrade',
  upgrade: 'websocket',
  'sec-websocket-version': '13',
  'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
}

/** What a watcher may say (RFC 6455, section 5.2): text, masked with zeros. */
const againFrame = Buffer.from([0x81, 0x85, 0, 0, 0, 0, ...Buffer.from(watchAgain)])

/** As the port hands it over. */
function request(target: string, headers: Record<string, string> = {}): HostRequest {
  const life = { signal: new AbortController().signal, endWith() {}, afterwards() {} }
  return { method: 'GET', target, headers, body: new Uint8Array(), remoteAddress: '127.0.0.1', life }
}

async function whole(answer: Response) {
  const { date: _, ...headers } = Object.fromEntries(answer.headers)
  return { status: answer.status, headers, body: Buffer.from(await answer.arrayBuffer()).toString('hex') }
}

test('who this host is is told before the rooms are open, in the very words that are used later', async (t) => {
  const { get, openRooms } = await doorOf(t)
  const iTunes = { headers: { 'user-agent': 'iTunes/12.6', 'client-daap-version': '2.0' } }

  const before = [await whole(await get('/server-info')), await whole(await get('/server-info', iTunes))]
  await openRooms()
  const after = [await whole(await get('/server-info')), await whole(await get('/server-info', iTunes))]

  assert.equal(before[0]?.status, 200)
  assert.notEqual(before[0]?.body, before[1]?.body)
  assert.deepEqual(before, after)
})

test('whoever asks for more waits for the rooms and is answered then, in the order of coming', async (t) => {
  const { door, owner, openRooms } = await doorOf(t)
  const answered: string[] = []
  const early = ['/login', '/databases', '/no-such-page'].map(async (target) => {
    const answer = await door.handle(request(target, owner))
    answered.push(target)
    return 'status' in answer ? answer.status : 0
  })

  await openRooms()

  assert.deepEqual(await Promise.all(early), [200, 403, 400])
  assert.deepEqual(answered, ['/login', '/databases', '/no-such-page'])
})

test('a thousand may wait; those after them are asked to come again', async (t) => {
  const { door, get, openRooms } = await doorOf(t)
  const early = Array.from({ length: 1000 }, () => door.handle(request('/databases')))

  const tooMany = await get('/databases')
  const known = await get('/server-info')
  await openRooms()
  await Promise.all(early)
  const later = await get('/databases')

  assert.deepEqual([tooMany.status, tooMany.headers.get('tonearm-error')], [503, 'STARTING'])
  assert.equal(known.status, 200)
  assert.equal(later.headers.get('tonearm-error'), 'NO_SESSION')
})

test('when the rooms cannot be opened, those who wait are told and the port is free again', async (t) => {
  const { door, get } = await doorOf(t)
  const waiting = door.handle(request('/login'))

  await door.close()

  const told = await waiting
  assert.equal('headers' in told && told.headers.includes('SHUTTING_DOWN'), true)
  await assert.rejects(get('/server-info'))
  const next = createServer().listen(door.port)
  await once(next, 'listening')
  next.close()
})

test('a page that asks for its line too early has it once the rooms are open, and all it said is heard', async (t) => {
  const { door, get, owner, openRooms } = await doorOf(t)
  const socket = connect({ port: door.port, host: '127.0.0.1', noDelay: true })
  t.after(() => socket.destroy())
  let heard = ''
  socket.on('data', (bytes) => (heard += String(bytes)))
  const head = Object.entries({ ...owner, ...webSocket }).map(([name, value]) => `${name}: ${value}\r\n`)
  const asking = `GET /api/watch HTTP/1.1\r\nHost: 127.0.0.1\r\n${head.join('')}\r\n`

  socket.write(Buffer.concat([Buffer.from(asking), againFrame])) // one packet
  await get('/server-info') // it has come meanwhile, and waits
  socket.write(againFrame)
  await openRooms()
  socket.write(againFrame)

  await eventually('each is followed up', () => heard.split('"cause":"connected"').length - 1 === 4)
  assert.match(heard, /^HTTP\/1\.1 101 /)
})

test('a stranger is sent away from the open door as from the open host', async (t) => {
  const { get } = await doorOf(t)
  const elsewhere = { headers: { origin: 'http://elsewhere.example' } }

  const answers = [await get('/server-info', elsewhere), await get('/databases', elsewhere)]

  assert.deepEqual(
    answers.map(({ headers }) => headers.get('tonearm-error')),
    ['ORIGIN_NOT_ALLOWED', 'ORIGIN_NOT_ALLOWED'],
  )
})
