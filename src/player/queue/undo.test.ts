// Taking back what was done to the queue, while music plays on: the real player without sound.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fakePlayer } from '../../../test/fakes/player.ts'
import type { Song } from '../../library/index.ts'
import type { Player } from '../types.ts'

const me = 'test'

test('an edit is taken back exactly, and the song plays on', async () => {
  const player = await playing(1, 2, 3, 4)
  const edits: Record<string, () => Promise<void>> = {
    'add 2 songs': () => player.add(songs(8, 9), 'next', me),
    'move a song': () => player.move(3, 0, me),
    'remove 2 songs': () => player.remove([1, 3], me),
    'clear up next': () => player.clear('upNext', me),
    shuffle: () => player.setShuffle(true, me),
  }
  const before = player.state

  for (const [words, edit] of Object.entries(edits)) {
    await player.clock.advance(1000)
    await edit()
    assert.equal(player.state.undoable, words)
    await player.undo(me)

    assert.deepEqual(picture(player), { now: 1, upNext: [2, 3, 4], history: [], isShuffled: false })
    assert.deepEqual(player.state.upNext, before.upNext, words)
    assert.equal(player.state.contextName, 'Blue')
  }
  assert.equal(player.positionMs(), 5000)
})

test('playing something else is taken back: the song of before goes on where it was', async () => {
  const player = await playing(1, 2, 3)
  await player.add(songs(7), 'end', me)
  await player.clock.advance(4000)

  await player.playNow(songs(8, 9), { contextName: 'Jazz' }, me)
  await player.clock.advance(2000)
  assert.equal(player.state.undoable, 'play “Jazz”')
  await player.undo(me)

  assert.deepEqual(picture(player), { now: 1, upNext: [7, 2, 3], history: [], isShuffled: false })
  assert.equal(player.positionMs(), 4000)
  assert.equal(player.state.state, 'playing')
})

test('several edits are taken back one after the other, until there is none', async () => {
  const player = await playing(1, 2, 3)
  await player.remove([1], me)
  await player.add(songs(9), 'end', me)

  await player.undo(me)
  await player.undo(me)
  assert.deepEqual(picture(player).upNext, [2, 3])
  await player.undo(me) // the album itself

  assert.equal(player.state.state, 'stopped')
  await assert.rejects(player.undo(me), { code: 'NOTHING_TO_UNDO' })
})

test('what has played since an edit stays played when it is taken back', async () => {
  const player = await playing(1, 2, 3, 4, 5)
  await player.move(3, 0, me) // 4 comes next
  await player.songEnds()
  assert.equal(player.state.song?.id, 4)

  await player.undo(me)

  assert.deepEqual(picture(player), { now: 4, upNext: [2, 3, 5], history: [1], isShuffled: false })
})

test('a song that went back up next since an edit is there when it is taken back', async () => {
  const player = await playing(1, 2, 3)
  await player.songEnds()
  await player.remove([1], me)
  await player.previous(me)

  await player.undo(me)

  assert.deepEqual(picture(player), { now: 1, upNext: [2, 3], history: [], isShuffled: false })
})

test('a history that was cleared comes back', async () => {
  const player = await playing(1, 2, 3)
  await player.songEnds()
  await player.clear('history', me)
  await player.songEnds()

  await player.undo(me)

  assert.deepEqual(picture(player).history, [1, 2])
})

async function playing(...ids: number[]) {
  const player = await fakePlayer(
    (id) => ({ id, path: `/${id}`, title: `${id}`, durationMs: 60_000 }) as Song,
  )
  await player.playNow(songs(...ids), { contextName: 'Blue' }, me)
  return player
}

function songs(...ids: number[]) {
  return ids.map((songId) => ({ songId }))
}

function picture({ state }: Player) {
  const idsOf = (entries: readonly { songId: number }[]) => entries.map(({ songId }) => songId)
  return {
    now: state.song?.id,
    upNext: idsOf(state.upNext),
    history: idsOf(state.history),
    isShuffled: state.isShuffled,
  }
}
