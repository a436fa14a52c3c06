import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { fakeClock } from '../../../test/fakes/clock.ts'
import { openSqlite } from '../../library/index.ts'
import { openPairings } from './pairings.ts'

test('a remote is let in where nothing can be written any more', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'tonearm-pairings-'))
  const database = openSqlite(join(folder, 'library.db'))
  t.after(() => {
    database.close()
    rmSync(folder, { recursive: true })
  })
  const clock = fakeClock()
  const pairings = openPairings(database, clock)
  pairings.add({ guid: 1n, name: 'Kitchen', address: '' })
  database.execute('PRAGMA query_only=ON')

  pairings.markSeen(1n)

  assert.throws(() => pairings.add({ guid: 2n, name: 'Attic', address: '' }), { code: 'DATA_NOT_WRITABLE' })
  assert.equal(pairings.find(1n)?.lastSeenAtMs, clock.wallMs())
})
