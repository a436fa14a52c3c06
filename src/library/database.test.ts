import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { type ErrorCode, KnownError } from '../errors.ts'
import { type Database, openSqlite } from './database.ts'

/** A closed database with a table of several hundred pages. */
function fileWithNotes(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'tonearm-database-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  const file = join(folder, 'library.db')
  const database = openSqlite(file)
  database.execute('CREATE TABLE notes (id INTEGER PRIMARY KEY, text TEXT)')
  database.transaction(() => {
    for (let id = 0; id < 500; id++) database.run('INSERT INTO notes VALUES (?, ?)', id, 'x'.repeat(3000))
  })
  database.close()
  return file
}

function opened(t: TestContext, file: string, options: Parameters<typeof openSqlite>[1] = {}): Database {
  const database = openSqlite(file, options)
  t.after(() => database.close())
  return database
}

function fails(code: ErrorCode, file: string) {
  return (error: unknown) =>
    error instanceof KnownError && error.code === code && error.details['file'] === file
}

test('a damage that is met after many rows is named, however they are asked for', (t) => {
  const file = fileWithNotes(t)
  const bytes = readFileSync(file)
  writeFileSync(file, bytes.fill(0xff, bytes.length - 200_000))
  const database = opened(t, file)
  const isNamed = fails('DATA_DAMAGED', file)
  let count = 0

  assert.throws(() => {
    for (const _ of database.rows('SELECT * FROM notes')) count += 1
  }, isNamed)
  assert.ok(count > 100)
  assert.throws(() => database.all('SELECT * FROM notes'), isNamed)
  assert.throws(() => database.get('SELECT max(text) AS longest FROM notes'), isNamed)
  assert.throws(() => database.durably(() => database.run('UPDATE notes SET text = text || id')), isNamed)
  assert.throws(() => database.execute('UPDATE notes SET text = upper(text)'), isNamed)
})

test('what is no error of the database passes as it is', (t) => {
  const database = opened(t, fileWithNotes(t))
  const own = new Error('of our own')

  assert.throws(() => {
    for (const _ of database.rows('SELECT * FROM notes')) throw own
  }, own)
  assert.throws(
    () =>
      database.transaction(() => {
        database.run('DELETE FROM notes')
        throw own
      }),
    own,
  )
  assert.equal(database.get<{ n: number }>('SELECT count(*) AS n FROM notes')?.n, 500)
})

test('a file that is not there, or that another process holds, is said to be so', (t) => {
  const file = fileWithNotes(t)
  const holder = opened(t, file)
  const other = opened(t, file, { timeoutMs: 0 })

  holder.transaction(() => assert.throws(() => other.run('DELETE FROM notes'), fails('DATA_LOCKED', file)))
  assert.throws(() => openSqlite(`${file}.gone`, { isReadOnly: true }), fails('DATA_GONE', `${file}.gone`))
  assert.throws(
    () => opened(t, file, { isReadOnly: true }).run('DELETE FROM notes'),
    fails('DATA_NOT_WRITABLE', file),
  )
})
