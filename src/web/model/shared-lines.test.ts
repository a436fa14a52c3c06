// The tabs of a browser and the one socket that they share, with a host that counts who calls.

import assert from 'node:assert/strict'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { type TestContext, test } from 'node:test'
import { type WebSocket as HostSocket, WebSocketServer } from 'ws'
import { fakeClock } from '../../../test/fakes/clock.ts'
import { eventually } from '../../../test/lab/eventually.ts'
import { type LineSays, sharedLines, type TabSays } from './shared-lines.ts'

/** Tells each caller "state 1" at first, and what is told to all. */
async function startCalledHost(t: TestContext) {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' })
  t.after(() => server.close())
  await once(server, 'listening')
  const calls: HostSocket[] = []
  server.on('connection', (socket) => {
    calls.push(socket)
    socket.send('state 1')
    socket.on('message', (said) => socket.send(String(said) === 'again' ? 'state 1' : `what is ${said}?`))
  })
  return {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    calls,
    open: () => calls.filter(({ readyState }) => readyState === 1).length,
    tell: (text: string) => calls.forEach((socket) => socket.send(text)),
  }
}

function browser(t: TestContext) {
  const clock = fakeClock()
  const admit = sharedLines(clock)

  function openTab(line: string, url: string) {
    const { port1: port, port2 } = new MessageChannel()
    t.after(() => port.close())
    const heard: string[] = []
    let isAsleep = false
    const unread: LineSays[] = []
    const read = (said: LineSays) => {
      if (said === 'there?') say('here')
      else heard.push(said === 'ended' ? said : said.text)
    }
    const say = (said: TabSays) => port.postMessage(said)
    port.addEventListener('message', ({ data }: MessageEvent<LineSays>) =>
      isAsleep ? unread.push(data) : read(data),
    )
    port.start()
    admit(port2)
    const joins = () => say({ line, url })
    joins()
    return {
      hears: (...wanted: string[]) =>
        eventually(`${wanted} heard, not ${heard}`, () => heard.join() === wanted.join()),
      joins,
      hangsUp: () => say('hang up'),
      closes: () => port.close(),
      sleeps() {
        isAsleep = true
      },
      awakes() {
        isAsleep = false
        unread.splice(0).forEach(read)
      },
    }
  }
  return { openTab, minutes: (count: number) => clock.advance(count * 60_000) }
}

test('tabs with the same key share one socket, and a later one hears how things stand', async (t) => {
  const host = await startCalledHost(t)
  const { openTab } = browser(t)
  const first = openTab('key', host.url)
  await first.hears('state 1')

  const second = openTab('key', host.url)
  const stranger = openTab('another key', host.url)
  await second.hears('state 1')
  await stranger.hears('state 1')
  host.tell('state 2')

  await second.hears('state 1', 'state 2')
  await stranger.hears('state 1', 'state 2')
  await first.hears('state 1', 'state 1', 'state 2')
  assert.equal(host.calls.length, 2)
})

test('a host that goes away is missed by all, and called once by those who come back', async (t) => {
  const host = await startCalledHost(t)
  const { openTab } = browser(t)
  const tabs = [openTab('key', host.url), openTab('key', host.url)]
  for (const tab of tabs) await tab.hears('state 1')

  host.calls[0]?.terminate()
  for (const tab of tabs) await tab.hears('state 1', 'ended')
  for (const tab of tabs) tab.joins()

  for (const tab of tabs) await tab.hears('state 1', 'ended', 'state 1')
  assert.equal(host.calls.length, 2)
})

test('who hangs up has found the line dead: all call anew', async (t) => {
  const host = await startCalledHost(t)
  const { openTab } = browser(t)
  const [first, second] = [openTab('key', host.url), openTab('key', host.url)]
  await second.hears('state 1')

  first.hangsUp()

  await second.hears('state 1', 'ended')
  await eventually('the socket is closed', () => host.open() === 0)
})

test('a tab that is closed makes room, the last one for the socket too', async (t) => {
  const host = await startCalledHost(t)
  const { openTab } = browser(t)
  const [first, second] = [openTab('key', host.url), openTab('key', host.url)]
  await second.hears('state 1')

  first.closes()
  host.tell('state 2')
  await second.hears('state 1', 'state 2')
  assert.equal(host.open(), 1)
  second.closes()

  await eventually('the socket is closed', () => host.open() === 0)
})

test('a tab that sleeps is told nothing more, and finds back when it wakes; the others go on', async (t) => {
  const host = await startCalledHost(t)
  const { openTab, minutes } = browser(t)
  const [sleeper, other] = [openTab('key', host.url), openTab('key', host.url)]
  await sleeper.hears('state 1')

  sleeper.sleeps()
  await minutes(1)
  other.joins() // what it says comes in order: its "here" is heard before this
  await other.hears('state 1', 'state 1')
  await minutes(1)
  host.tell('state 2')
  await other.hears('state 1', 'state 1', 'state 2')
  sleeper.awakes()
  await sleeper.hears('state 1', 'state 1', 'ended')
  sleeper.hangsUp()
  sleeper.joins()

  await sleeper.hears('state 1', 'state 1', 'ended', 'state 1')
  await other.hears('state 1', 'state 1', 'state 2', 'state 1')
  assert.equal(host.calls.length, 1)
})
