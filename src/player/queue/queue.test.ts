// The queue as written in docs/queue.md: some stories, then whatever anybody may do to it.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import type { EntryToQueue, RepeatMode } from '../types.ts'
import * as queues from './index.ts'
import { emptyQueue, type Queue } from './queue.ts'

const noChance = () => 0

test('what was put up by hand comes before the rest of the album', () => {
  let queue = albumOf(1, 2, 3)
  queue = queues.add(queue, songs(10), 'end')
  queue = queues.add(queue, songs(11), 'end')
  queue = queues.add(queue, songs(12), 'next')

  assert.deepEqual(upNext(queue), [12, 10, 11, 2, 3])
})

test('starting another album keeps what was put up by hand', () => {
  const queue = queues.playNow(queues.add(albumOf(1, 2), songs(10), 'end'), songs(5, 6), 1, noChance)

  assert.equal(queue.current?.songId, 6)
  assert.deepEqual(upNext(queue), [10])
})

test('shuffle keeps the song that plays, and switching it off brings back the order', () => {
  const queue = queues.advance(albumOf(1, 2, 3, 4, 5), 'ended', noChance)

  const mixed = queues.setShuffle(queue, true, (below) => below - 1)
  const straight = queues.setShuffle(mixed, false, noChance)

  assert.equal(mixed.current?.songId, 2)
  assert.deepEqual(upNext(mixed).toSorted(), [1, 3, 4, 5])
  assert.deepEqual(upNext(straight), [3, 4, 5])
})

test('repeating one song holds until somebody asks for the next', () => {
  const queue = queues.setRepeat(albumOf(1, 2), 'song')

  assert.equal(queues.advance(queue, 'ended', noChance).current?.songId, 1)
  assert.equal(queues.advance(queue, 'asked', noChance).current?.songId, 2)
})

test('repeating all begins the album again', () => {
  let queue = queues.setRepeat(albumOf(1, 2), 'all')
  const heard: (number | undefined)[] = []
  for (let step = 0; step < 5; step += 1) {
    heard.push(queue.current?.songId)
    queue = queues.advance(queue, 'ended', noChance)
  }

  assert.deepEqual(heard, [1, 2, 1, 2, 1])
})

test('a song moved among those put up by hand becomes one of them', () => {
  const queue = queues.add(albumOf(1, 2, 3), songs(10, 11), 'end')

  const moved = queues.move(queue, 4, 1) ?? emptyQueue
  const back = queues.move(moved, 2, 4) ?? emptyQueue

  assert.deepEqual(upNext(moved), [10, 3, 11, 2])
  assert.equal(moved.byHand.length, 3)
  assert.deepEqual(upNext(back), [10, 11, 2, 3])
  assert.equal(back.byHand.length, 2)
})

test('choosing a song further on passes over those above it', () => {
  const queue = queues.jump(queues.add(albumOf(1, 2, 3, 4), songs(10), 'end'), 3)

  assert.equal(queue?.current?.songId, 3)
  assert.deepEqual(queue && upNext(queue), [4])
  assert.deepEqual(
    queue?.history.map(({ songId }) => songId),
    [1],
  )
})

test('a song that is gone from the library leaves the queue', () => {
  const queue = queues.keepOnly(queues.add(albumOf(1, 2, 3), songs(2, 4), 'end'), (songId) => songId !== 2)

  assert.equal(queue.current?.songId, 1)
  assert.deepEqual(upNext(queue), [4, 3])
})

// --- whatever anybody does

type Step = (queue: Queue) => Queue

const chance = (below: number) => below >> 1
const someSongs = fc
  .array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 6 })
  .map((ids) => songs(...ids))
const place = fc.integer({ min: -3, max: 12 })
const repeatMode = fc.constantFrom<RepeatMode[]>('off', 'song', 'all')

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.tuple(someSongs, fc.nat()).map(
    ([list, start]): Step =>
      (queue) =>
        queues.playNow(queue, list, start % list.length, chance),
  ),
  fc.tuple(someSongs, fc.constantFrom<('next' | 'end')[]>('next', 'end')).map(
    ([list, where]): Step =>
      (queue) =>
        queues.add(queue, list, where),
  ),
  fc.constantFrom<('ended' | 'asked')[]>('ended', 'asked').map(
    (why): Step =>
      (queue) =>
        queues.advance(queue, why, chance),
  ),
  fc.constant<Step>((queue) => queues.goBack(queue) ?? queue),
  place.map(
    (offset): Step =>
      (queue) =>
        (offset === 0 ? undefined : queues.jump(queue, offset)) ?? queue,
  ),
  fc.tuple(place, place).map(
    ([from, after]): Step =>
      (queue) =>
        queues.move(queue, from, after) ?? queue,
  ),
  fc.array(place, { maxLength: 3 }).map(
    (offsets): Step =>
      (queue) =>
        queues.remove(queue, offsets) ?? queue,
  ),
  fc.constantFrom<('upNext' | 'history')[]>('upNext', 'history').map(
    (what): Step =>
      (queue) =>
        queues.clear(queue, what),
  ),
  fc.boolean().map(
    (isOn): Step =>
      (queue) =>
        queues.setShuffle(queue, isOn, chance),
  ),
  repeatMode.map(
    (repeat): Step =>
      (queue) =>
        queues.setRepeat(queue, repeat),
  ),
  fc.integer({ min: 1, max: 9 }).map(
    (gone): Step =>
      (queue) =>
        queues.keepOnly(queue, (songId) => songId !== gone),
  ),
)

const anyQueue = fc
  .array(step, { maxLength: 40 })
  .map((steps) => steps.reduce((queue, change) => change(queue), emptyQueue))

test('whatever was done, the queue is whole', () => {
  fc.assert(
    fc.property(anyQueue, (queue) => {
      const list = queues.upNext(queue)
      const ids = [...list, ...(queue.current === undefined ? [] : [queue.current])].map(
        ({ entryId }) => entryId,
      )
      assert.equal(new Set(ids).size, ids.length, 'no entry is there twice')
      assert.ok(ids.every((id) => id > 0 && id < queue.nextEntryId))
      assert.ok(queue.contextDone >= 0 && queue.contextDone <= queue.context.length)
      assert.ok(queue.history.length <= queues.longestHistory)
      assert.equal(queue.unshuffled !== undefined, queue.isShuffled)
      if (queue.unshuffled !== undefined) assert.deepEqual(numbers(queue.unshuffled), numbers(queue.context))
      assert.ok(queue.byHand.every(({ origin }) => origin === 'user'))
    }),
    { numRuns: 1000 },
  )
})

test('whatever was done, playing on comes to an end unless it repeats', () => {
  fc.assert(
    fc.property(anyQueue, (start) => {
      let queue = queues.setRepeat(start, 'off')
      for (let steps = queues.playableCount(queue); steps >= 0; steps -= 1)
        queue = queues.advance(queue, 'ended', chance)
      assert.equal(queue.current, undefined)
    }),
  )
})

test('whatever was done, back after next is where one was', () => {
  fc.assert(
    fc.property(anyQueue, (queue) => {
      const on = queues.advance(queue, 'asked', chance)
      const isStep = queue.current !== undefined && on.current !== undefined
      fc.pre(isStep && queue.repeat === 'off' && queue.history.length < queues.longestHistory)
      const back = queues.goBack(on)
      assert.equal(back?.current?.songId, queue.current?.songId)
      assert.deepEqual(back && upNext(back), upNext(queue))
    }),
  )
})

test('whatever was done, moving a song leaves every other in its order', () => {
  fc.assert(
    fc.property(anyQueue, place, place, (queue, from, after) => {
      const moved = queues.move(queue, from, after)
      fc.pre(moved !== undefined)
      const before = queues.upNext(queue)
      const song = before[from - 1]
      const expected = before.toSpliced(from - 1, 1)
      expected.splice(after >= from ? after - 1 : after, 0, ...(song === undefined ? [] : [song]))
      assert.deepEqual(
        moved && queues.upNext(moved).map(({ entryId }) => entryId),
        expected.map(({ entryId }) => entryId),
      )
    }),
  )
})

function songs(...ids: number[]): EntryToQueue[] {
  return ids.map((songId) => ({ songId, playlistId: 0, playlistEntryId: 0 }))
}

function albumOf(...ids: number[]): Queue {
  return queues.playNow(emptyQueue, songs(...ids), 0, noChance)
}

function upNext(queue: Queue): number[] {
  return queues.upNext(queue).map(({ songId }) => songId)
}

function numbers(entries: Queue['context']): number[] {
  return entries.map(({ entryId }) => entryId).toSorted((one, other) => one - other)
}
