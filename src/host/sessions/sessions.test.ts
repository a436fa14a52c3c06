// How long sessions live, over real sockets; the clock is moved by hand.

import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { Agent, get as getOver, type IncomingMessage } from 'node:http'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { fakeClock } from '../../../test/fakes/clock.ts'
import { startHost } from '../../../test/fakes/host.ts'
import { eventually } from '../../../test/lab/eventually.ts'
import { child } from '../../protocol/index.ts'
import { idleSeconds } from './idle-time.ts'

const status = '/ctrl-int/1/playstatusupdate'
const halfTheTimeMs = idleSeconds * 500

async function hostWithClock(t: TestContext, songs: Parameters<typeof startHost>[1] = {}) {
  const clock = fakeClock(1_000_000)
  const host = await startHost(t, { ...songs, clock })
  const isAlive = async (session: number) =>
    (await host.get(`/activity?session-id=${session}`)).status === 204
  return { ...host, clock, isAlive }
}

/** Counts polls that wait at the player. The API, which waits there too, is up before the counting begins. */
async function countWaiting(t: TestContext, { player, owner }: Awaited<ReturnType<typeof startHost>>) {
  await owner('GET', '/api/pairings')
  const count = { now: 0 }
  const { onceChanged } = player
  t.mock.method(player, 'onceChanged', (tell: () => void) => {
    count.now += 1
    const leave = onceChanged(() => {
      count.now -= 1
      tell()
    })
    return () => {
      count.now -= 1
      leave()
    }
  })
  return count
}

test('a session ends when it was idle for the time that the host announces, and not before', async (t) => {
  const { clock, login, tree, isAlive, get } = await hostWithClock(t)
  const session = await login()
  const announced = child(await tree('/server-info'), 'mstm')

  await clock.advance(halfTheTimeMs)
  const isKept = await isAlive(session)
  await clock.advance(halfTheTimeMs * 2 - 1)
  const isKeptStill = await isAlive(session)
  await clock.advance(halfTheTimeMs * 2 + 1)
  const after = await get(`${status}?revision-number=1&session-id=${session}`)

  assert.equal(announced, idleSeconds)
  assert.deepEqual([isKept, isKeptStill], [true, true])
  assert.equal(after.status, 403)
})

test('a session whose poll waits never ends by itself; once the poll is over it is idle from then on', async (t) => {
  const host = await hostWithClock(t)
  const { clock, login, get, player, isAlive } = host
  const waiting = await countWaiting(t, host)
  const session = await login('patient')
  const poll = get(`${status}?revision-number=${player.state.revision}&session-id=${session}`)
  await eventually('the poll waits', () => waiting.now === 1)

  await clock.advance(halfTheTimeMs * 10)
  await login('somebody else') // makes room by ending idle ones
  await player.setVolume(7, 'test')
  const told = await poll
  await told.arrayBuffer()
  await clock.advance(halfTheTimeMs)

  assert.equal(told.status, 200)
  assert.ok(await isAlive(session))
})

test('a song that is sent for hours keeps its session', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'tonearm-long-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const path = join(folder, 'long.wav')
  writeFileSync(path, '')
  truncateSync(path, 2 ** 30)
  const { clock, login, get, isAlive } = await hostWithClock(t, { songs: [{ title: 'Long', path }] })
  const session = await login()
  const sound = await get(`/databases/1/items/11.wav?session-id=${session}`)
  const reader = sound.body?.getReader()
  await reader?.read()

  await clock.advance(halfTheTimeMs * 10)
  const another = await login('another')

  assert.equal((await reader?.read())?.done, false)
  assert.ok(await isAlive(session))
  assert.ok(await isAlive(another))
  await reader?.cancel()
})

test('login, library poll, status poll and commands of one remote come on connections of their own', async (t) => {
  const host = await startHost(t, { songs: [{ title: 'Aria', durationMs: 60_000 }] })
  const { player, pair, tree } = host
  const session = child(await tree(`/login?pairing-guid=${await pair()}`), 'mlid')
  const onOwnConnection = (path: string) =>
    new Promise<number>((resolve, reject) => {
      const agent = new Agent({ keepAlive: false })
      getOver(`${host.url}${path}&session-id=${session}`, { agent }, (response: IncomingMessage) => {
        response.resume().on('end', () => resolve(response.statusCode ?? 0))
      }).on('error', reject)
    })
  const waiting = await countWaiting(t, host)
  const polls = [
    onOwnConnection(`${status}?revision-number=${player.state.revision}`),
    onOwnConnection(`${status}?revision-number=${player.state.revision}`),
    onOwnConnection('/update?revision-number=2'),
  ]
  await eventually('both status polls wait', () => waiting.now === 2)

  const command = await onOwnConnection('/ctrl-int/1/setproperty?dmcp.volume=11')
  const told = await Promise.all(polls.slice(0, 2))
  const bye = await onOwnConnection('/logout?x=1')

  assert.deepEqual([command, ...told, bye], [204, 200, 200, 204])
  assert.equal(await polls[2], 403, 'the poll that still waited ended with the session')
})

test('connections that drop free all that waited on them, and end no session', async (t) => {
  const host = await startHost(t)
  const waiting = await countWaiting(t, host)
  const session = await host.login()
  const path = `${status}?revision-number=${host.player.state.revision}&session-id=${session}`
  const sockets = Array.from({ length: 100 }, () => {
    const socket = connect(host.host.port, '127.0.0.1')
    return socket.on('error', () => {}).setEncoding('latin1')
  })
  for (const socket of sockets) socket.write(`GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`)
  await eventually('a hundred polls wait', () => waiting.now === 100)

  for (const socket of sockets) socket.resetAndDestroy()
  await eventually('none waits any more', () => waiting.now === 0)

  assert.equal((await host.get(`/activity?session-id=${session}`)).status, 204)
})

test('a thousand logins at once are survived; the newest 32 of the remote stay, others are untouched', async (t) => {
  const { get, tree, pair, login, host } = await startHost(t)
  const guid = await pair('eager')
  const quiet = await login('quiet')
  const agent = new Agent({ keepAlive: true, maxSockets: 50 })
  t.after(() => agent.destroy())
  const loginOnce = () =>
    new Promise<number>((resolve, reject) => {
      const path = `/login?pairing-guid=0x${guid}`
      getOver({ host: '127.0.0.1', port: host.port, path, agent }, (response) => {
        response.resume().on('end', () => resolve(response.statusCode ?? 0))
      }).on('error', reject)
    })

  const statuses = await Promise.all(Array.from({ length: 1000 }, loginOnce))
  const last = child(await tree(`/login?pairing-guid=0x${guid}`), 'mlid')

  assert.deepEqual([...new Set(statuses)], [200])
  assert.equal((await get(`/activity?session-id=${quiet}`)).status, 204)
  assert.equal((await get(`/activity?session-id=${last}`)).status, 204)
})

test('a remote that never reads its answers holds up nobody', async (t) => {
  const { get, login, host, player } = await startHost(t, { songs: [{ title: 'Aria' }] })
  await player.playNow(
    Array.from({ length: 5000 }, () => ({ songId: 11 })),
    {},
    'test',
  )
  const deafSession = await login('deaf')
  const session = await login('awake')
  const asking = `GET /ctrl-int/1/playqueue-contents?span=5000&session-id=${deafSession} HTTP/1.1\r\nHost: x\r\n\r\n`
  const deaf = connect(host.port, '127.0.0.1').pause()
  deaf.on('error', () => {}).write(asking.repeat(50))

  for (let volume = 1; volume <= 20; volume += 1)
    assert.equal(
      (await get(`/ctrl-int/1/setproperty?dmcp.volume=${volume}&session-id=${session}`)).status,
      204,
    )
  deaf.destroy()

  assert.equal(player.state.volumePercent, 20)
})
