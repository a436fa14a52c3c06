// SQLite behind one module: nothing else in the project imports node:sqlite.

import { DatabaseSync, type StatementSync } from 'node:sqlite'
import { asking, askingRows } from './database-errors.ts'

export type SqlValue = null | number | bigint | string | Uint8Array

/**
 * Statements are kept by their text: pass constants and bind values. All may fail with DATA_DAMAGED, DATA_GONE and
 * DATA_LOCKED, what writes with DISK_FULL and DATA_NOT_WRITABLE too.
 */
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
  const sqlite = asking(file, () => new DatabaseSync(file, { readOnly: isReadOnly, timeout: timeoutMs }))
  if (!isReadOnly) execute('PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL')
  execute('PRAGMA foreign_keys=ON')
  const statements = new Map<string, StatementSync>()
  let depth = 0

  function execute(sql: string): void {
    asking(file, () => sqlite.exec(sql))
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
    return asking(file, () => work(prepared(sql)))
  }

  function transaction<Result>(work: () => Result, begin = 'BEGIN IMMEDIATE'): Result {
    if (depth > 0) return work()
    depth += 1
    try {
      execute(begin)
      const result = work()
      execute('COMMIT')
      return result
    } catch (error) {
      if (sqlite.isTransaction) execute('ROLLBACK')
      throw error
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
    rows: (sql, ...values) =>
      askingRows(file, () => {
        const statement = sqlite.prepare(sql)
        statement.setReturnArrays(true)
        return statement.iterate(...values) as Iterable<unknown> as Iterable<SqlValue[]>
      }),
    transaction: (work) => transaction(work),
    snapshot: (read) => transaction(read, 'BEGIN'),
    durably(work) {
      if (depth > 0) return work()
      execute('PRAGMA synchronous=FULL')
      try {
        return transaction(work)
      } finally {
        execute('PRAGMA synchronous=NORMAL')
      }
    },
    execute,
    close() {
      statements.clear()
      sqlite.close()
    },
  }
}
