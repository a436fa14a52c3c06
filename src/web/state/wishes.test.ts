// What was asked for is shown at once; the host has the last word.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { signal } from '@preact/signals'
import type { Status } from '../../remote/index.ts'
import { makeWishes } from './wishes.ts'

const status = (revision: number, volumePercent: number): Status => ({
  revision,
  state: 'paused',
  winding: undefined,
  positionMs: 0,
  durationMs: 0,
  readAtMs: 0,
  isShuffled: false,
  repeat: 'off',
  canSeek: false,
  track: null,
  volumePercent,
  notice: undefined,
  own: undefined,
})

function wishing() {
  const said = signal<Status | undefined>(status(1, 40))
  const remote = { commandRevision: 1 }
  const refusals: unknown[] = []
  const wishes = makeWishes(said, remote, (error) => refusals.push(error))
  const hostSays = (next: Status) => {
    said.value = next
    wishes.settle(next)
  }
  return { wishes, remote, refusals, hostSays, shown: () => wishes.status.value?.volumePercent }
}

const louder = (to: number) => (before: Status) => ({ ...before, volumePercent: to })

test('a wish is shown before the host has answered, also over what it says meanwhile', async () => {
  const { wishes, remote, hostSays, shown } = wishing()
  const answer = Promise.withResolvers<void>()

  const asking = wishes.ask('volume', louder(60), () => answer.promise)
  hostSays(status(2, 45))
  const meanwhile = shown()
  remote.commandRevision = 3
  answer.resolve()
  await asking

  assert.equal(meanwhile, 60)
  assert.equal(shown(), 60, 'no state as new as the answer has come')
  hostSays(status(3, 58))
  assert.equal(shown(), 58, 'the host has the last word')
})

test('a wish that is refused goes back to what the host says, and why is told', async () => {
  const { wishes, refusals, shown } = wishing()

  const isDone = await wishes.ask('volume', louder(80), () => Promise.reject(new Error('no')))

  assert.equal(isDone, false)
  assert.equal(shown(), 40)
  assert.equal(refusals.length, 1)
})

test('of wishes for the same thing the newest counts, of refusals too', async () => {
  const { wishes, refusals, shown } = wishing()
  const first = Promise.withResolvers<void>()

  const old = wishes.ask('volume', louder(50), () => first.promise)
  void wishes.ask('volume', louder(70), () => Promise.withResolvers<void>().promise)
  first.reject(new Error('late'))
  await old

  assert.equal(shown(), 70)
  assert.deepEqual(refusals, [])
})
