// Requests that wait until something changes.

import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { startHost } from '../../../test/fakes/host.ts'
import { countWaiting } from '../../../test/fakes/player.ts'
import { noise, writeWav } from '../../../test/fakes/sound-files.ts'
import { eventually } from '../../../test/lab/eventually.ts'
import { systemClock } from '../../clock.ts'
import { openLibrary, openSqlite } from '../../library/index.ts'
import { silentLog } from '../../log.ts'
import { child, type DmapContainer } from '../../protocol/index.ts'

const songs = [
  { title: 'Aria', durationMs: 60_000 },
  { title: 'Bourrée', durationMs: 90_000 },
]
const status = '/ctrl-int/1/playstatusupdate'

/** Whether it is still waiting once everything that could answer it has had its turn. */
async function isWaiting(answer: Promise<unknown>): Promise<boolean> {
  const late = Symbol('late')
  const aWhile = new Promise((resolve) => {
    setTimeout(() => resolve(late), 50)
  })
  return (await Promise.race([answer, aWhile])) === late
}

test('a poll with the current revision waits and is told the change; any other is answered at once', async (t) => {
  const { tree, login, player } = await startHost(t, { songs })
  const session = await login()
  const poll = (revision: string) => tree(`${status}?revision-number=${revision}&session-id=${session}`)
  const now = player.state.revision

  const atOnce = [await poll('0'), await poll('1'), await poll(String(now - 1)), await poll(String(now + 99))]
  const waiting = poll(String(now))
  const waitedAtFirst = await isWaiting(waiting)
  await player.playNow([{ songId: 11 }], {}, 'test')
  const told = await waiting

  assert.deepEqual(
    atOnce.map((answer) => child(answer, 'cmsr')),
    [now, now, now, now],
  )
  assert.ok(waitedAtFirst)
  assert.equal(child(told, 'cmsr'), now + 1)
  assert.equal(child(told, 'caps'), 4)
  assert.equal(child(told, 'cann'), 'Aria')
})

test('a poll without a revision is refused within its answer', async (t) => {
  const { tree, login } = await startHost(t)
  const session = await login()

  for (const query of ['', 'revision-number=', 'revision-number=many'])
    assert.deepEqual(await tree(`${status}?${query}&session-id=${session}`), [['mstt', 500]])
})

test('a command by one remote ends the wait of every other', async (t) => {
  const { tree, get, login, player } = await startHost(t, { songs })
  const sessions = [await login('one'), await login('two'), await login('three')]
  const polls = sessions.map((session) =>
    tree(`${status}?revision-number=${player.state.revision}&session-id=${session}`),
  )
  assert.ok(await isWaiting(Promise.race(polls)))

  await get(`/ctrl-int/1/setproperty?dmcp.volume=55.000000&session-id=${sessions[0]}`)

  for (const told of await Promise.all(polls)) assert.equal(child(told, 'cmsr'), player.state.revision)
  assert.equal(player.state.cause, 'one: volume 55')
})

test('a crowd is told, each one once and nothing old, also when a second change comes and others leave', async (t) => {
  const { host, get, login, player } = await startHost(t, { songs })
  const session = await login()
  const before = player.state.revision
  let waiting = 0
  const { onceChanged } = player
  t.mock.method(player, 'onceChanged', (tell: () => void) => {
    waiting += 1
    return onceChanged(tell)
  })
  const request = `GET ${status}?revision-number=${before}&session-id=${session} HTTP/1.1\r\nHost: x\r\n\r\n`
  const pollsEach = 60
  const poller = () => {
    const socket = connect(host.port, '127.0.0.1', () => socket.write(request.repeat(pollsEach)))
    socket.on('error', () => {})
    let answers = ''
    socket.setEncoding('latin1').on('data', (text: string) => {
      answers += text
    })
    t.after(() => socket.destroy())
    return { socket, answers: () => answers }
  }
  const join = async (count: number) => {
    const before = waiting
    const pollers = Array.from({ length: count }, poller)
    await eventually('they wait', () => waiting === before + count * pollsEach)
    return pollers
  }
  const first = await join(18) // more than are told at once
  const leaving = await join(4)
  const staying = [...first, ...(await join(6))]

  await Promise.all([player.setVolume(55, 'test'), player.setVolume(56, 'test')])
  for (const { socket } of leaving) socket.destroy()
  /** Behind `cmsr` stand its length, 4, and the number. */
  const revisionsOf = (answers: string) =>
    [...answers.matchAll(/cmsr[^]{4}([^]{4})/g)].map(([, bytes = '']) =>
      Buffer.from(bytes, 'latin1').readUInt32BE(),
    )
  await eventually('all who stay are told', () =>
    staying.every(({ answers }) => revisionsOf(answers()).length >= pollsEach),
  )

  assert.equal((await get('/server-info')).status, 200)
  for (const { answers } of staying) {
    assert.equal(answers().match(/HTTP\/1\.1 200/g)?.length, pollsEach)
    for (const revision of revisionsOf(answers())) assert.ok([before + 1, before + 2].includes(revision))
  }
})

test('a closed poll ends nothing but itself', async (t) => {
  const { get, login, player } = await startHost(t)
  const session = await login()
  const gone = new AbortController()

  const poll = get(`${status}?revision-number=${player.state.revision}&session-id=${session}`, {
    signal: gone.signal,
  })
  assert.ok(await isWaiting(poll))
  gone.abort()
  await assert.rejects(poll)

  assert.equal((await get(`/activity?session-id=${session}`)).status, 204)
})

test('revoking a pairing ends its polls and sessions at once, and nobody else', async (t) => {
  const { get, tree, owner, pair, login, player } = await startHost(t)
  const guid = await pair('lost phone')
  const lost = child(await tree(`/login?pairing-guid=${guid}`), 'mlid')
  const other = await login('kept phone')
  const poll = (session: number | undefined) =>
    get(`${status}?revision-number=${player.state.revision}&session-id=${session}`)
  const polls = [poll(lost), get(`/update?revision-number=2&session-id=${lost}`)]
  const kept = poll(other)
  assert.ok(await isWaiting(Promise.race([...polls, kept])))

  const revoked = await owner('DELETE', `/api/pairings/${guid}`)

  assert.equal(revoked.status, 200)
  for (const ended of await Promise.all(polls)) assert.equal(ended.status, 403)
  assert.equal((await get(`/login?pairing-guid=${guid}`)).status, 503)
  assert.ok(await isWaiting(kept))
  await player.setVolume(1, 'test')
  assert.equal((await kept).status, 200)
})

test('revoking a pairing ends the song that is being sent to it', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'tonearm-long-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const path = join(folder, 'long.wav')
  writeFileSync(path, '')
  truncateSync(path, 2 ** 30) // more than the buffers on the way hold
  const { get, tree, owner, pair } = await startHost(t, { songs: [{ title: 'Long', path }] })
  const guid = await pair('lost phone')
  const session = child(await tree(`/login?pairing-guid=${guid}`), 'mlid')
  const sound = await get(`/databases/1/items/11.wav?session-id=${session}`)
  const reader = sound.body?.getReader()
  await reader?.read()

  await owner('DELETE', `/api/pairings/${guid}`)

  await assert.rejects(async () => {
    while (!(await reader?.read())?.done);
  })
})

test('a host that shuts down answers those who wait with 503 and ends', async (t) => {
  const { get, login, host, player } = await startHost(t)
  const session = await login()
  const polls = [
    get(`${status}?revision-number=${player.state.revision}&session-id=${session}`),
    get(`/update?revision-number=2&session-id=${session}`),
  ]
  assert.ok(await isWaiting(Promise.race(polls)))

  await host.close()

  for (const ended of await Promise.all(polls)) assert.equal(ended.status, 503)
  await assert.rejects(get('/server-info'))
})

test('polls in a row on one connection are bounded, and end with it', async (t) => {
  const { get, host, login, player } = await startHost(t)
  const session = await login()
  const waiting = countWaiting(t, player)
  const request = `GET ${status}?revision-number=${player.state.revision}&session-id=${session} HTTP/1.1\r\nHost: x\r\n\r\n`
  const send = (count: number) => {
    const socket = connect(host.port, '127.0.0.1', () => socket.write(request.repeat(count)))
    socket.on('error', () => {})
    return socket
  }

  const few = send(20)
  await eventually('twenty polls wait', () => waiting() === 20)
  few.destroy()
  await eventually('they are given up', () => waiting() === 0)
  const many = send(1000)
  await new Promise((resolve) => many.on('close', resolve))
  await eventually('the thousand are given up', () => waiting() === 0)

  assert.equal((await get('/server-info')).status, 200)
})

test('a client that asks again at once, without end, keeps nobody else from being answered', async (t) => {
  const { get, tree, login, player } = await startHost(t, { songs })
  const session = await login()
  const over = new AbortController()
  const flood = async () => {
    while (!over.signal.aborted)
      await get(`${status}?revision-number=1&session-id=${session}`).then((answer) => answer.bytes())
  }
  const floods = [flood(), flood(), flood(), flood()]

  const waiting = tree(`${status}?revision-number=${player.state.revision}&session-id=${session}`)
  for (let volume = 0; volume < 20; volume += 1)
    assert.equal(
      (await get(`/ctrl-int/1/setproperty?dmcp.volume=${volume}&session-id=${session}`)).status,
      204,
    )
  const told: DmapContainer = await waiting
  over.abort()
  await Promise.all(floods)

  assert.ok((child(told, 'cmsr') ?? 0) > 7)
})

test('a new file in the folder is told to whoever waits for the library', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'tonearm-music-'))
  const database = openSqlite(join(folder, 'library.db'))
  const library = await openLibrary({
    database,
    folders: [folder],
    dataDirectory: folder,
    log: silentLog,
    clock: systemClock,
  })
  t.after(async () => {
    await library.close()
    database.close()
    rmSync(folder, { recursive: true })
  })
  await library.scan()
  const { tree, login } = await startHost(t, { library })
  const session = await login()
  const update = (revision: number) => tree(`/update?revision-number=${revision}&session-id=${session}`)
  const first = child(await update(1), 'musr') ?? 0
  const waiting = update(first)
  assert.ok(await isWaiting(waiting))

  writeWav(join(folder, 'new.wav'), noise(4410, 1))
  await library.scan()
  const told = await waiting

  assert.ok((child(told, 'musr') ?? 0) > first)
})
