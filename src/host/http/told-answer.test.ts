// Those who waited are answered by bytes made once for all; to each of them it is an ordinary answer.

import assert from 'node:assert/strict'
import { connect, type Socket } from 'node:net'
import { type TestContext, test } from 'node:test'
import { startHost, type TestHost } from '../../../test/fakes/host.ts'
import { countWaiting } from '../../../test/fakes/player.ts'
import { eventually } from '../../../test/lab/eventually.ts'

const status = '/ctrl-int/1/playstatusupdate'

interface Client {
  /** What has come and was not taken yet, Latin-1. */
  received: string
  readonly socket: Socket
}

async function client(t: TestContext, { host }: TestHost): Promise<Client> {
  const socket = connect(host.port, '127.0.0.1')
  const opened: Client = { received: '', socket }
  socket.on('data', (bytes) => {
    opened.received += bytes.toString('latin1')
  })
  t.after(() => socket.destroy())
  await new Promise((resolve) => socket.once('connect', resolve))
  return opened
}

/** Whole answers, each with its head and body. */
async function answers(from: Client, count: number): Promise<string[]> {
  return eventually(`${count} answers`, () => {
    const taken: string[] = []
    for (let at = 0; taken.length < count; ) {
      const end = from.received.indexOf('\r\n\r\n', at) + 4
      const length = Number(/^content-length: (\d+)/im.exec(from.received.slice(at, end))?.[1])
      if (end < 4 || from.received.length < end + length) return undefined
      taken.push(from.received.slice(at, end + length))
      at = end + length
    }
    return taken
  })
}

const withoutDate = (answer: string) => answer.replace(/^Date: \w{3}, .* GMT\r\n/m, 'Date: …\r\n')

test('what is told after a wait is byte for byte what is told at once, and the connection goes on', async (t) => {
  const started = await startHost(t)
  const { player } = started
  const waiting = countWaiting(t, player)
  const session = await started.login()
  const remote = await client(t, started)
  const ask = (revision: number, more = '') =>
    remote.socket.write(
      `GET ${status}?revision-number=${revision}&session-id=${session} HTTP/1.1\r\nHost: x\r\n${more}\r\n`,
    )

  for (const [more, volume] of [
    ['', 11],
    ['Connection: Keep-Alive\r\nAccept-Encoding: gzip\r\n', 12],
  ] as const) {
    remote.received = ''
    ask(player.state.revision, more)
    await eventually('it waits', () => waiting() === 1)
    await player.setVolume(volume, 'test')
    const [told = ''] = await answers(remote, 1)
    remote.received = ''
    ask(1, more)
    const [atOnce = ''] = await answers(remote, 1)

    assert.match(told, /^HTTP\/1\.1 200 OK\r\n/)
    assert.match(told, /\r\nDate: \w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT\r\n/)
    assert.equal(withoutDate(told), withoutDate(atOnce))
  }
})

test('requests that stand in line behind a wait are answered after it, in order', async (t) => {
  const started = await startHost(t)
  const waiting = countWaiting(t, started.player)
  const session = await started.login()
  const remote = await client(t, started)
  const revision = started.player.state.revision
  const poll = `GET ${status}?revision-number=${revision}&session-id=${session} HTTP/1.1\r\nHost: x\r\n\r\n`

  remote.socket.write(`${poll}${poll}GET /server-info HTTP/1.1\r\nHost: x\r\n\r\n${poll}`)
  await eventually('three wait', () => waiting() === 3)
  await started.player.setVolume(11, 'test')
  const all = await answers(remote, 4)

  const kinds = all.map((answer) => answer.slice(answer.indexOf('\r\n\r\n') + 4).slice(0, 4))
  assert.deepEqual(kinds, ['cmst', 'cmst', 'msrv', 'cmst'])
})

test('who wants the connection closed is told so, and who asks for the head only gets no more', async (t) => {
  const started = await startHost(t)
  const waiting = countWaiting(t, started.player)
  const session = await started.login()
  const path = `${status}?revision-number=${started.player.state.revision}&session-id=${session}`
  const asked = [
    `GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`,
    `GET ${path} HTTP/1.0\r\n\r\n`,
    `HEAD ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`,
  ]
  const remotes = await Promise.all(asked.map(() => client(t, started)))
  const closed = remotes.map(({ socket }) => new Promise((resolve) => socket.once('close', resolve)))

  for (const [index, { socket }] of remotes.entries()) socket.write(asked[index] ?? '')
  await eventually('three wait', () => waiting() === 3)
  await started.player.setVolume(11, 'test')
  await Promise.all(closed)

  for (const { received } of remotes) assert.match(received, /\r\nConnection: close\r\n/)
  assert.deepEqual(
    remotes.map(({ received }) => received.split('\r\n\r\n')[1]?.slice(0, 4)),
    ['cmst', 'cmst', ''],
  )
})
