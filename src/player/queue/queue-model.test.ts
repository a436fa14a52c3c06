// Anything in any order, done to the queue and to docs/queue.md as test/model/simple-queue.ts has it.
// TONEARM_MODEL_RUNS=1000000 npm test -- src/player/queue/queue-model.test.ts looks longer.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { pictureOf, pictureOfModel } from '../../../test/model/pictures.ts'
import { SimpleQueue } from '../../../test/model/simple-queue.ts'
import * as queues from './index.ts'
import type { Queue } from './queue.ts'
import { takenBack } from './undo.ts'

const runs = Number(process.env['TONEARM_MODEL_RUNS'] ?? 50_000)

type Step =
  | { do: 'playNow'; songs: number[]; at: number }
  | { do: 'setWhole'; songs: number[]; at: number }
  | { do: 'add'; songs: number[]; place: 'next' | 'end' }
  | { do: 'end' | 'next' | 'previous' | 'undo' }
  | { do: 'jump'; to: number }
  | { do: 'move'; from: number; after: number }
  | { do: 'remove'; offsets: number[] }
  | { do: 'clear'; what: 'upNext' | 'history' | 'all' }
  | { do: 'shuffle'; isOn: boolean }
  | { do: 'repeat'; mode: 'off' | 'song' | 'all' }
  | { do: 'lose'; songId: number }

const songs = fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 5 })
const offset = fc.oneof(
  { weight: 9, arbitrary: fc.integer({ min: -3, max: 8 }) },
  fc.constantFrom(1.5, Number.NaN, 2 ** 31),
)
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 2, arbitrary: fc.record({ do: fc.constant('playNow' as const), songs, at: fc.nat(4) }) },
  fc.record({ do: fc.constant('setWhole' as const), songs, at: fc.nat(4) }),
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('add' as const),
      songs,
      place: fc.constantFrom('next' as const, 'end' as const),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constantFrom('end' as const, 'next' as const, 'previous' as const, 'undo' as const),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('jump' as const), to: offset }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('move' as const), from: offset, after: offset }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('remove' as const), offsets: fc.array(offset, { maxLength: 3 }) }),
  },
  fc.record({
    do: fc.constant('clear' as const),
    what: fc.constantFrom('upNext' as const, 'history' as const, 'all' as const),
  }),
  { weight: 2, arbitrary: fc.record({ do: fc.constant('shuffle' as const), isOn: fc.boolean() }) },
  fc.record({
    do: fc.constant('repeat' as const),
    mode: fc.constantFrom('off' as const, 'song' as const, 'all' as const),
  }),
  fc.record({ do: fc.constant('lose' as const), songId: fc.integer({ min: 1, max: 6 }) }),
)

test('whatever anybody does, the queue is as its page says', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), fc.infiniteStream(fc.nat()), (steps, numbers) => {
      const chance = (below: number) => Number(numbers.next().value) % below
      let queue = queues.emptyQueue
      const model = new SimpleQueue()
      const edits: {
        before: Queue
        after: Queue
        modelBefore: SimpleQueue
        modelAfter: SimpleQueue
        isChoice: boolean
      }[] = []
      for (const each of steps) {
        const before = queue
        const modelBefore = model.copy()
        const edit = each.do === 'undo' ? edits.pop() : undefined
        if (edit === undefined) queue = changed(queue, each, chance) ?? queue
        else
          queue = takenBack(
            {
              words: '',
              before: { queue: edit.before, positionMs: 0, jumpedOverMs: 0, state: 'playing' },
              after: edit.after,
              isChoice: edit.isChoice,
            },
            queue,
          )
        model.realOrder = queue.context.map(({ entryId }) => entryId)
        if (edit === undefined) change(model, each)
        else takeBack(model, edit)
        assert.deepEqual(pictureOf(queue), pictureOfModel(model))
        isWhole(queue)
        if (isEdit(each) && before !== queue)
          edits.push({
            before,
            after: queue,
            modelBefore,
            modelAfter: model.copy(),
            isChoice: isChoice(each),
          })
      }
    }),
    { numRuns: runs },
  )
})

/** It also says what plays. */
function isChoice(each: Step): boolean {
  return each.do === 'playNow' || each.do === 'setWhole' || (each.do === 'clear' && each.what === 'all')
}

function isEdit(each: Step): boolean {
  return ['playNow', 'setWhole', 'add', 'move', 'remove', 'clear', 'shuffle'].includes(each.do)
}

function changed(queue: Queue, each: Step, chance: queues.Chance): Queue | undefined {
  if (each.do === 'playNow')
    return queues.playNow(queue, entriesOf(each.songs), each.at % each.songs.length, chance, 'name')
  if (each.do === 'setWhole')
    return queues.setWhole(queue, entriesOf(each.songs), each.at % each.songs.length, 'whole')
  if (each.do === 'add') return queues.add(queue, entriesOf(each.songs), each.place)
  if (each.do === 'end') return queues.advance(queue, 'ended', chance)
  if (each.do === 'next') return queues.advance(queue, 'asked', chance)
  if (each.do === 'previous') return queues.goBack(queue)
  if (each.do === 'jump') return each.to === 0 ? undefined : queues.jump(queue, each.to)
  if (each.do === 'move') return queues.move(queue, each.from, each.after)
  if (each.do === 'remove') return queues.remove(queue, each.offsets)
  if (each.do === 'clear') return queues.clear(queue, each.what)
  if (each.do === 'shuffle') return queues.setShuffle(queue, each.isOn, chance)
  if (each.do === 'repeat') return queues.setRepeat(queue, each.mode)
  if (each.do === 'lose') return queues.keepOnly(queue, (songId) => songId !== each.songId)
  return undefined
}

function change(model: SimpleQueue, each: Step): void {
  if (each.do === 'playNow') model.playNow(each.songs, each.at % each.songs.length, 'name')
  if (each.do === 'setWhole') model.setWhole(each.songs, each.at % each.songs.length, 'whole')
  if (each.do === 'add') model.add(each.songs, each.place)
  if (each.do === 'end') model.end()
  if (each.do === 'next') model.next()
  if (each.do === 'previous') model.previous()
  if (each.do === 'jump' && each.to !== 0) model.jump(each.to)
  if (each.do === 'move') model.move(each.from, each.after)
  if (each.do === 'remove') model.remove(each.offsets)
  if (each.do === 'clear') model.clear(each.what)
  if (each.do === 'shuffle') model.shuffle(each.isOn)
  if (each.do === 'repeat') model.repeat = each.mode
  if (each.do === 'lose') model.keepOnly((songId) => songId !== each.songId)
}

function takeBack(
  model: SimpleQueue,
  {
    modelBefore,
    modelAfter,
    isChoice,
  }: { modelBefore: SimpleQueue; modelAfter: SimpleQueue; isChoice: boolean },
): void {
  if (!isChoice) return model.takeBack(modelBefore, modelAfter)
  model.take(modelBefore)
  model.now = modelBefore.now
  model.history = modelBefore.history
}

function entriesOf(list: readonly number[]) {
  return list.map((songId) => ({ songId }))
}

/** No entry is there twice, and each says by which way it came. */
function isWhole(queue: Queue): void {
  const there = [...queues.upNext(queue), ...(queue.current ? [queue.current] : [])].map(
    ({ entryId }) => entryId,
  )
  assert.equal(new Set(there).size, there.length, 'an entry is there twice')
  assert.ok(queue.byHand.every(({ origin }) => origin === 'user'))
  assert.ok(queue.context.every(({ origin }) => origin === 'context'))
}
