import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { type Database, openSqlite } from '../../library/index.ts'
import { ListStore, listTable } from './list-store.ts'

const songs = 100_000

test('a small edit of a long list writes a few kilobytes', () => {
  const { store, writtenBytes } = newStore()
  const first = Array.from({ length: songs }, (_, index) => ({ number: index }))
  store.save(first)
  writtenBytes()

  const edits = {
    added: [{ number: -1 }, ...first],
    taken: first.toSpliced(songs / 2, 1),
    movedToTop: [...first.slice(-1), ...first.slice(0, -1)],
    movedALittle: first.toSpliced(500, 1).toSpliced(700, 0, first[500] ?? { number: 0 }),
    begun: first.slice(3),
  }
  for (const [name, edit] of Object.entries(edits)) {
    store.save(edit)
    assert.ok(writtenBytes() <= 4 * 256 * 4, name)
    store.save(first)
    writtenBytes()
  }
})

test('whatever was edited, the list comes back whole', () => {
  const edit = fc.record({ at: fc.nat(5000), out: fc.nat(700), in: fc.nat(700), isShuffled: fc.boolean() })
  fc.assert(
    fc.property(fc.array(edit, { minLength: 1, maxLength: 25 }), (edits) => {
      const { store, database } = newStore()
      let last = 0
      let list: Song[] = []
      for (const { at, out, in: count, isShuffled } of edits) {
        const fresh = Array.from({ length: count }, () => ({ number: (last += 1) }))
        list = list.toSpliced(at, out, ...fresh)
        if (isShuffled && at % 7 === 0) list = list.toReversed()
        store.save(list)
      }

      assert.deepEqual(new ListStore<Song>(database, 'songs', pack).load(unpack), list)
      database.close()
    }),
    { numRuns: 40 },
  )
})

test('thousands of songs put on top one by one find their place, in few pieces', () => {
  const { store, database } = newStore()
  let list: Song[] = []
  for (let number = 0; number < 3000; number += 1) {
    list = [{ number }, ...list]
    store.save(list)
  }

  assert.deepEqual(new ListStore<Song>(database, 'songs', pack).load(unpack), list)
  const [pieces] = database.all<{ count: number }>('SELECT count(*) AS count FROM player_piece')
  assert.ok((pieces?.count ?? 0) < 60, `${pieces?.count} pieces`)
})

test('a write that was undone is done again with the next one', () => {
  const { store, database } = newStore()
  const list = [{ number: 1 }, { number: 2 }]
  store.save([...list])
  assert.throws(() =>
    database.transaction(() => {
      store.save(list.toReversed())
      throw new Error('disk full')
    }),
  )
  store.forget()

  store.save(list)
  assert.deepEqual(new ListStore<Song>(database, 'songs', pack).load(unpack), list)
})

interface Song {
  readonly number: number
}

function newStore() {
  const sqlite = openSqlite(':memory:')
  let written = 0
  const database: Database = {
    ...sqlite,
    run(sql, ...values) {
      for (const value of values) if (value instanceof Uint8Array) written += value.length
      return sqlite.run(sql, ...values)
    },
  }
  database.execute(listTable)
  /** Since it was asked last. */
  const writtenBytes = () => {
    const bytes = written
    written = 0
    return bytes
  }
  return { store: new ListStore<Song>(database, 'songs', pack), database, writtenBytes }
}

function pack(list: readonly Song[]): Uint8Array {
  return new Uint8Array(Int32Array.from(list, ({ number }) => number).buffer)
}

function unpack(bytes: Uint8Array): Song[] {
  return Array.from(new Int32Array(bytes.slice().buffer), (number) => ({ number }))
}
