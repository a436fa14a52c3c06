// Who may listen, how many, and what becomes of one that does not read: the far ends of the lines are the test's.

import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { type TestContext, test } from 'node:test'
import { fakeClock } from '../../../test/fakes/clock.ts'
import { eventually } from '../../../test/lab/eventually.ts'
import type { GuestOutput, OutputStatus, PlayerState } from '../../player/index.ts'
import { openListeners } from './listeners.ts'
import { type BeginMessage, type LineEnd, type LineMessage, openLine } from './stream-line.ts'

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
  const { listeners, farEnd } = listening(t)
  const sound = await listeners.connect({ streamId: 'a', name: 'Tablet', format: 'wav' })
  const { line, begun } = farEnd('stream:a.wav')
  line.send({ kind: 'ready' })
  const turn = await begun
  const second = new Uint8Array(176_400)

  for (let seconds = 0; seconds < 20; seconds += 1) line.send({ kind: 'bytes', turn, bytes: second })

  await eventually('let go', () => sound.destroyed)
  assert.ok(sound.readableLength < 2 * 1024 * 1024)
  assert.deepEqual(listeners.list(), [])
})

test('what was made for the listener before is not sent to the next', async (t) => {
  const { listeners, farEnd } = listening(t)
  const request = { streamId: 'a', name: 'Tablet', format: 'wav' } as const
  const first = await listeners.connect(request)
  const { line, begun, turns } = farEnd('stream:a.wav')
  line.send({ kind: 'ready' })
  const firstTurn = await begun
  first.destroy()
  await eventually('left', () => listeners.list().length === 0)
  const second = await listeners.connect(request)
  await eventually('begun anew', () => turns.length === 2)

  line.send({ kind: 'bytes', turn: firstTurn, bytes: Buffer.from('old') })
  line.send({ kind: 'bytes', turn: turns[1] ?? 0, bytes: Buffer.from('new') })

  const chunk = await eventually('sound', () => second.read() as Buffer | null)
  assert.equal(Buffer.from(chunk).toString(), 'new')
})

test('a thread that was started anew ends what was sent: the rest would not fit to it', async (t) => {
  const { listeners, farEnd } = listening(t)
  const sound = await listeners.connect({ streamId: 'a', name: 'Tablet', format: 'flac' })
  const { line, begun } = farEnd('stream:a.flac')
  line.send({ kind: 'ready' })
  await begun

  line.send({ kind: 'ready' })

  sound.resume()
  await eventually('ended', () => sound.readableEnded)
})

// --- a host without sound

function listening(t: TestContext) {
  const clock = fakeClock()
  const known = new Map<string, GuestOutput>()
  // Lines meet by name in the whole process; tests of other files run beside.
  const unique = randomUUID()
  const own = (id: string) => id.replace(/^stream:/, `stream:${unique}-`)
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
  const listeners = openListeners({ player, clock })
  const lines: LineEnd<LineMessage>[] = []
  t.after(() => {
    listeners.close()
    for (const line of lines) line.close()
  })
  return {
    clock,
    listeners: {
      ...listeners,
      connect: (request: Parameters<typeof listeners.connect>[0]) =>
        listeners.connect({ ...request, streamId: `${unique}-${request.streamId}` }),
    },
    outputs: {
      names: () => [...known.values()].map(({ name }) => name),
      get: (id: string) => known.get(own(id)),
      set(id: string, change: Partial<GuestOutput>) {
        const guest = known.get(own(id))
        if (guest) known.set(own(id), { ...guest, ...change })
      },
    },
    /** The output's end of a line. */
    farEnd(id: string) {
      const turns: number[] = []
      const begun = Promise.withResolvers<number>()
      const line = openLine<LineMessage, BeginMessage>(own(id), ({ turn }) => {
        turns.push(turn)
        begun.resolve(turn)
      })
      lines.push(line)
      return { line, turns, begun: begun.promise }
    },
  }
}
