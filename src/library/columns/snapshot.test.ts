// A snapshot so large that its arrays are read side by side, in pieces, by several threads of the system.

import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import type { Columns } from './columns.ts'
import { columnsOfKind, readSnapshot, writeSnapshot } from './snapshot.ts'

const kind = { languages: ['en'], stamp: 1 }

/** Some 20 MB; no two places hold the same, and lengths that leave gaps between the arrays. */
function largeColumns(): Columns {
  const seeded = (seed: number) => (_: unknown, at: number) => (at * 2654435761 + seed) % 2 ** 32
  const lengths = [1_000_003, 1, 0, 500_001, 2_000_000, 7, 750_005]
  const tree = {
    count: 1_000_003,
    texts: Object.fromEntries(
      lengths.map((length, seed) => [`column${seed}`, Uint32Array.from({ length }, seeded(seed))]),
    ),
    small: { bytes: Uint8Array.from({ length: 1_000_001 }, seeded(9)), one: Uint16Array.of(513) },
    gains: Float32Array.from({ length: 300_001 }, (_, at) => at / 3),
  }
  return { ...tree, again: tree.texts['column0'] } as unknown as Columns
}

function writtenSnapshot(t: TestContext) {
  const folder = mkdtempSync(join(tmpdir(), 'tonearm-snapshot-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  const file = join(folder, 'library.columns')
  const columns = largeColumns()
  writeSnapshot(file, columns, kind)
  return { file, columns }
}

/** All its arrays as they lie in memory, by their path. */
function contents(tree: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(tree).map(([name, value]: [string, unknown]) => {
      if (!ArrayBuffer.isView(value)) return [name, typeof value === 'object' ? contents(value ?? {}) : value]
      const bytes = Buffer.from(value.buffer, value.byteOffset, value.byteLength)
      return [name, `${value.constructor.name} ${bytes.toString('base64')}`]
    }),
  )
}

test('what is read side by side is what was written, each array in its place', async (t) => {
  const { file, columns } = writtenSnapshot(t)

  const reads = await Promise.all([readSnapshot(file), readSnapshot(file)])

  const expected = contents(columns)
  for (const read of reads) assert.ok(isSame(contents(columnsOfKind(read, kind) ?? {}), expected))
})

test('one byte that is another, or one that is missing, wherever it is, and nothing is taken', async (t) => {
  const { file } = writtenSnapshot(t)
  const whole = readFileSync(file)

  for (const at of [3, 20, 5_000_000, Math.floor(whole.length / 2), whole.length - 1]) {
    const damaged = Buffer.from(whole)
    damaged.writeUInt8(damaged.readUInt8(at) ^ 1, at)
    writeFileSync(file, damaged)
    assert.ok(await isRefused(file), `byte ${at}`)
  }
  for (const length of [0, 10, 100, 5_000_000, whole.length - 1]) {
    writeFileSync(file, whole)
    truncateSync(file, length)
    assert.ok(await isRefused(file), `cut to ${length}`)
  }
})

const isRefused = async (file: string) => (await readSnapshot(file)) === undefined

/** Compared as text: a difference of a million numbers tells nobody anything. */
function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}
