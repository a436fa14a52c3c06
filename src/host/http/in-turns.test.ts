import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { InTurns } from './in-turns.ts'

test('a household is told at once, a crowd bit by bit, in order, and others have their turn between', async () => {
  const turns = new InTurns()
  const done: number[] = []
  for (let number = 0; number < 3000; number += 1) turns.do(() => done.push(number))
  const atOnce = done.length

  const seen: number[] = []
  while (done.length < 3000) {
    if (seen.push(done.length) === 3) turns.do(() => done.push(3000)) // who comes meanwhile comes last
    await nextTurn()
  }
  await nextTurn()

  assert.ok(atOnce >= 1000 && atOnce < 3000, String(atOnce))
  assert.ok(seen.length > 10, 'many turns')
  assert.deepEqual(
    done,
    Array.from({ length: 3001 }, (_, number) => number),
  )
})

test('what is done may bring more to do', async () => {
  const turns = new InTurns()
  const done: string[] = []
  for (let number = 0; number < 1100; number += 1)
    turns.do(() => {
      if (number === 1090) turns.do(() => done.push('brought'))
    })

  while (done.length === 0) await nextTurn()

  assert.deepEqual(done, ['brought'])
})
