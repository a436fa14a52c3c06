// SQLite behind one module: nothing else in the project imports node:sqlite.

import { DatabaseSync, type StatementSync } from 'node:sqlite'
import { KnownError } from '../errors.ts'

export type SqlValue = null | number | bigint | string | Uint8Array

/** Statements are kept by their text: pass constants and bind values. All but `rows` may fail with DATA_DAMAGED, what writes with DISK_FULL. */
export interface Database {
  run(sql: string, ...values: SqlValue[]): { changes: number; lastInsertRowid: number }
  get<Row>(sql: string, ...values: SqlValue[]): Row | undefined
  all<Row>(sql: string, ...values: SqlValue[]): Row[]
  /** One row after the other as plain arrays, for many rows: no object is made and none is kept. */
  rows(sql: string, ...values: SqlValue[]): Iterable<SqlValue[]>
  /** All or nothing. Nested calls join the outer one. */
  transaction<Result>(work: () => Result): Result
  /** Reads only, all of one moment. */
  snapshot<Result>(read: () => Result): Result
  /** A transaction that a power cut does not undo (synchronous=FULL). */
  durably<Result>(work: () => Result): Result
  /** Text of several statements, for migrations. */
  execute(sql: string): void
  close(): void
}

/** `timeoutMs`: how long to wait for a lock that another process holds. */
export function openSqlite(file: string, { isReadOnly = false, timeoutMs = 5000 } = {}): Database {
  const sqlite = new DatabaseSync(file, { readOnly: isReadOnly, timeout: timeoutMs })
  if (!isReadOnly) execute('PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL')
  execute('PRAGMA foreign_keys=ON')
  const statements = new Map<string, StatementSync>()
  let depth = 0

  function execute(sql: string): void {
    try {
      sqlite.exec(sql)
    } catch (error) {
      throw asKnown(error, file)
    }
  }

  function prepared(sql: string): StatementSync {
    let statement = statements.get(sql)
    if (statement === undefined) {
      statement = sqlite.prepare(sql)
      statements.set(sql, statement)
    }
    return statement
  }

  function ask<Result>(sql: string, work: (statement: StatementSync) => Result): Result {
    try {
      return work(prepared(sql))
    } catch (error) {
      throw asKnown(error, file)
    }
  }

  function transaction<Result>(work: () => Result, begin = 'BEGIN IMMEDIATE'): Result {
    if (depth > 0) return work()
    depth += 1
    try {
      sqlite.exec(begin)
      const result = work()
      sqlite.exec('COMMIT')
      return result
    } catch (error) {
      if (sqlite.isTransaction) sqlite.exec('ROLLBACK')
      throw asKnown(error, file)
    } finally {
      depth -= 1
    }
  }

  return {
    run(sql, ...values) {
      const { changes, lastInsertRowid } = ask(sql, (statement) => statement.run(...values))
      return { changes: Number(changes), lastInsertRowid: Number(lastInsertRowid) }
    },
    get: <Row>(sql: string, ...values: SqlValue[]) =>
      ask(sql, (statement) => statement.get(...values) as Row | undefined),
    all: <Row>(sql: string, ...values: SqlValue[]) =>
      ask(sql, (statement) => statement.all(...values) as Row[]),
    rows(sql, ...values) {
      const statement = sqlite.prepare(sql)
      statement.setReturnArrays(true)
      return statement.iterate(...values) as Iterable<unknown> as Iterable<SqlValue[]>
    },
    transaction: (work) => transaction(work),
    snapshot: (read) => transaction(read, 'BEGIN'),
    durably(work) {
      if (depth > 0) return work()
      sqlite.exec('PRAGMA synchronous=FULL')
      try {
        return transaction(work)
      } finally {
        sqlite.exec('PRAGMA synchronous=NORMAL')
      }
    },
    execute,
    close() {
      statements.clear()
      sqlite.close()
    },
  }
}

/** SQLITE_FULL, and SQLITE_IOERR_SHMSIZE: no room for the index of the log (sqlite.org/rescode.html). */
const fullCodes: readonly unknown[] = [13, 4874]

/** SQLITE_CORRUPT and SQLITE_NOTADB, whatever more is said in the higher bits. */
const damagedCodes: readonly number[] = [11, 26]

function asKnown(error: unknown, file: string): unknown {
  if (!(error instanceof Error && 'errcode' in error && typeof error.errcode === 'number')) return error
  if (fullCodes.includes(error.errcode)) return new KnownError('DISK_FULL', {}, error)
  if (!damagedCodes.includes(error.errcode & 0xff)) return error
  return new KnownError('DATA_DAMAGED', { file, reason: error.message }, error)
}
