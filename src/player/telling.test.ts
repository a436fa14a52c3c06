// Who waits is told of a change at once; the disk and the audio thread have their time.

import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { fakeAudio } from '../../test/fakes/audio.ts'
import { fakeClock } from '../../test/fakes/clock.ts'
import { type Database, openSqlite } from '../library/index.ts'
import { silentLog } from '../log.ts'
import { openPlayer } from './index.ts'

test('a change is told, then written, and then the command is answered', async (t) => {
  const order: string[] = []
  const sqlite = openSqlite(':memory:')
  const { player } = await startPlayer(t, {
    ...sqlite,
    transaction(work) {
      order.push('written')
      return sqlite.transaction(work)
    },
  })
  order.length = 0
  const told = player.changedSince(player.state.revision, t.signal).then(() => order.push('told'))

  await player.setVolume(44, 'test')
  order.push('answered')

  await told
  assert.deepEqual(order, ['told', 'written', 'answered'])
})

test('a volume is told while the audio thread has no time to hear of it', async (t) => {
  const { player, audioIsBusy } = await startPlayer(t, openSqlite(':memory:'))
  const letGo = audioIsBusy()
  const told = player.changedSince(player.state.revision, t.signal)

  const answered = player.setVolume(44, 'test')

  assert.equal((await told).volumePercent, 44)
  letGo()
  await answered
})

test('who is told may wait again at once, and take another away', async (t) => {
  const { player } = await startPlayer(t, openSqlite(':memory:'))
  const told: string[] = []
  const again = () => {
    told.push(`one: ${player.state.volumePercent}`)
    player.onceChanged(() => told.push(`one again: ${player.state.volumePercent}`))
    leave()
  }
  player.onceChanged(again)
  const leave = player.onceChanged(() => told.push('two'))

  await player.setVolume(44, 'test')
  await player.setVolume(45, 'test')
  await player.setVolume(46, 'test')

  assert.deepEqual(told, ['one: 44', 'one again: 45'])
})

async function startPlayer(t: TestContext, database: Database) {
  const clock = fakeClock()
  const audio = fakeAudio(clock)
  let isFree = Promise.resolve()
  const player = await openPlayer({
    songs: () => undefined,
    database,
    outputs: {
      known: [{ id: 'system', name: 'Computer' }],
      on: undefined,
      worker: new URL('file:///without-a-thread'),
    },
    log: silentLog,
    clock,
    openAudio(options) {
      const link = audio.open(options)
      return { ...link, ask: (name, ask) => isFree.then(() => link.ask(name, ask)) }
    },
  })
  t.after(() => player.close())
  return {
    player,
    audioIsBusy() {
      const { promise, resolve } = Promise.withResolvers<void>()
      isFree = promise
      return resolve
    },
  }
}
