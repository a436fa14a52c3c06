// Who may listen, how many, and what becomes of one that does not read: without the thread that encodes.

import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { fakeClock } from '../../../test/fakes/clock.ts'
import { eventually } from '../../../test/lab/eventually.ts'
import type { GuestOutput, OutputStatus, PlayerState } from '../../player/index.ts'
import { openListeners } from './listeners.ts'
import type { StreamThread, StreamThreadOptions } from './stream-thread.ts'

test('one who comes back within ten seconds keeps the place among the speakers, and its volume after that', async (t) => {
  const { listeners, clock, outputs } = listening(t)
  const first = await listeners.connect({ streamId: 'a', name: 'Tablet', format: 'mp3' })
  outputs.set('stream:a.mp3', { relativeVolumePercent: 30 })
  first.destroy()
  await eventually('left', () => listeners.list().length === 0)

  await clock.advance(9000)
  const second = await listeners.connect({ streamId: 'a', name: 'Tablet', format: 'mp3' })
  assert.deepEqual(outputs.names(), ['Tablet'])
  await clock.advance(60_000)
  assert.deepEqual(outputs.names(), ['Tablet'], 'as long as it listens')
  second.destroy()
  await eventually('left', () => listeners.list().length === 0)
  await clock.advance(10_000)
  await eventually('gone', () => outputs.names().length === 0)

  await listeners.connect({ streamId: 'a', name: 'Tablet', format: 'mp3' })
  assert.equal(outputs.get('stream:a.mp3')?.relativeVolumePercent, 30)
})

test('eight listen at most, four of them to one stream; a place that is left is free', async (t) => {
  const { listeners } = listening(t)
  const connect = (streamId: string) => listeners.connect({ streamId, name: 'Tablet', format: 'mp3' })
  const [first] = await Promise.all(['a', 'a', 'a', 'a'].map(connect))
  await assert.rejects(connect('a'), { code: 'TOO_MANY_LISTENERS' })
  await Promise.all(['b', 'b', 'c', 'c'].map(connect))
  await assert.rejects(connect('d'), { code: 'TOO_MANY_LISTENERS' })

  first?.destroy()
  await eventually('left', () => listeners.list().length === 7)

  await connect('d')
})

test('one that never reads is let go, and holds no more than a bounded part', async (t) => {
  const { listeners, thread } = listening(t)
  const sound = await listeners.connect({ streamId: 'a', name: 'Tablet', format: 'wav' })

  for (let seconds = 0; seconds < 20; seconds += 1) thread.sends('stream:a.wav', 1, new Uint8Array(176_400))

  await eventually('let go', () => sound.destroyed && listeners.list().length === 0)
  assert.ok(sound.readableLength < 2 * 1024 * 1024)
  assert.deepEqual(thread.asked.at(-1), 'leave stream:a.wav')
})

test('what was made for the listener before is not sent to the next', async (t) => {
  const { listeners, thread } = listening(t)
  const request = { streamId: 'a', name: 'Tablet', format: 'wav' } as const
  const first = await listeners.connect(request)
  first.destroy()
  await eventually('left', () => listeners.list().length === 0)
  const second = await listeners.connect(request)

  thread.sends('stream:a.wav', 1, Buffer.from('old'))
  thread.sends('stream:a.wav', 2, Buffer.from('new'))

  assert.equal(String(second.read()), 'new')
})

test('a thread that dies ends all who listen, and the next one has a new thread', async (t) => {
  const { listeners, thread, outputs } = listening(t)
  const sound = await listeners.connect({ streamId: 'a', name: 'Tablet', format: 'flac' })

  thread.dies()

  await eventually('ended', () => sound.destroyed && outputs.names().length === 0)
  await listeners.connect({ streamId: 'a', name: 'Tablet', format: 'flac' })
  assert.equal(thread.started, 2)
})

test('the thread is there only while somebody listens', async (t) => {
  const { listeners, thread } = listening(t)
  await listeners.connect({ streamId: 'a', name: 'Tablet', format: 'mp3' })
  assert.equal(thread.isRunning, true)

  await listeners.endAllOf('a')

  assert.equal(thread.isRunning, false)
})

// --- a host without sound

function listening(t: TestContext) {
  const clock = fakeClock()
  const known = new Map<string, GuestOutput>()
  const player = {
    get state() {
      const outputs = [...known.values()].map((guest) => Object.assign({ isOn: true }, guest) as OutputStatus)
      return { outputs } as unknown as PlayerState
    },
    async addGuest(guest: GuestOutput) {
      known.set(guest.id, guest)
    },
    async removeGuest(id: string) {
      known.delete(id)
    },
  }
  const thread = fakeThread()
  const listeners = openListeners({ player, clock, openThread: thread.open })
  t.after(() => listeners.close())
  return {
    clock,
    listeners,
    thread,
    outputs: {
      names: () => [...known.values()].map(({ name }) => name),
      get: (id: string) => known.get(id),
      set(id: string, change: Partial<GuestOutput>) {
        const guest = known.get(id)
        if (guest) known.set(id, { ...guest, ...change })
      },
    },
  }
}

function fakeThread() {
  let options: StreamThreadOptions | undefined
  const thread = {
    asked: [] as string[],
    started: 0,
    get isRunning() {
      return options !== undefined
    },
    open(given: StreamThreadOptions): StreamThread {
      options = given
      thread.started += 1
      return {
        ask(kind, outputId) {
          thread.asked.push(`${kind} ${outputId}`)
          if (kind === 'open') queueMicrotask(() => given.onAnswer({ kind, outputId }))
        },
        close() {
          options = undefined
        },
      }
    },
    sends(outputId: string, turn: number, bytes: Uint8Array<ArrayBuffer>) {
      options?.onAnswer({ kind: 'bytes', outputId, turn, bytes })
    },
    dies() {
      options?.onLost()
    },
  }
  return thread
}
