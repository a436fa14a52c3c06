import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { LargeBody } from '../http/large-body.ts'
import { keepLists, keptMs, mostKeptBytes } from './kept-lists.ts'

/** A list of three pieces that counts how often one is made. */
function countedList(pieceBytes = 10) {
  const list = { made: 0, released: 0 }
  const body: LargeBody = {
    lengthBytes: 3 * pieceBytes,
    pieceCount: 3,
    piece(at) {
      list.made += 1
      return { bytes: new Uint8Array(pieceBytes).fill(at), release: () => (list.released += 1) }
    },
  }
  return Object.assign(list, { body: () => body })
}

function clockAt(nowMs: number) {
  return { time: nowMs, nowMs: () => clock.time }
}
let clock = clockAt(0)

function read(body: LargeBody): void {
  for (let at = 0; at < body.pieceCount; at++) {
    const { bytes, release } = body.piece(at)
    assert.equal(bytes[0], at)
    release()
  }
}

const [table, rows] = [{}, {}]
const key = { table, rows, form: 'adbs' }

test('a list asked for once is not kept; asked for twice, its pieces are made once more and then shared', () => {
  clock = clockAt(0)
  const lists = keepLists(clock)
  const list = countedList()

  read(lists.body(key, list.body))
  const afterOnce = { made: list.made, bytes: lists.bytes }
  for (let time = 0; time < 5; time++) read(lists.body(key, list.body))

  assert.deepEqual(afterOnce, { made: 3, bytes: 0 })
  assert.equal(list.made, 6)
  assert.equal(list.released, 6)
  assert.equal(lists.bytes, 30)
})

test('zipped pieces are kept with the plain ones', () => {
  clock = clockAt(0)
  const lists = keepLists(clock)
  const list = countedList()

  const first = lists.body(key, list.body)
  const zipsAtFirst = first.zips
  lists.body(key, list.body).zips?.put(1, { bytes: new Uint8Array(7), crcAfter: 5 })

  assert.equal(zipsAtFirst, undefined)
  assert.equal(lists.body(key, list.body).zips?.get(1)?.crcAfter, 5)
  assert.equal(lists.bytes, 7)
})

test('half a minute later, or in another form, order or view, it is another list', () => {
  clock = clockAt(0)
  const lists = keepLists(clock)
  const list = countedList()
  const ask = (other: Partial<typeof key> = {}) => read(lists.body({ ...key, ...other }, list.body))
  ask()

  ask({ form: 'apso' })
  ask({ rows: {} })
  clock.time = keptMs
  ask()
  const kept = lists.bytes
  ask()
  ask({ table: {} })

  assert.equal(kept, 0)
  assert.equal(lists.bytes, 0) // the view that was kept is gone
  assert.equal(list.made, 18)
})

test('all lists together keep no more than they may; the newest stays', () => {
  clock = clockAt(0)
  const lists = keepLists(clock)
  const list = countedList(Math.floor(mostKeptBytes / 4))
  for (const form of ['first', 'second', 'first', 'second']) read(lists.body({ ...key, form }, list.body))

  assert.ok(lists.bytes <= mostKeptBytes)
  assert.ok(lists.bytes > mostKeptBytes / 2)
  list.made = 0
  read(lists.body({ ...key, form: 'second' }, list.body))
  assert.equal(list.made, 0)
})

test('once another view is shown, the lists of the one before are let go, though nobody asks for a long list', () => {
  clock = clockAt(0)
  const lists = keepLists(clock)
  for (let time = 0; time < 2; time++) read(lists.body(key, countedList().body))
  const before = lists.bytes

  lists.nowIs(table)
  const same = lists.bytes
  lists.nowIs({})

  assert.deepEqual({ before, same, after: lists.bytes }, { before: 30, same: 30, after: 0 })
})
