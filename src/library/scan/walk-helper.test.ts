// A helper that is lost must not leave the walk waiting.

import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { eventually } from '../../../test/lab/eventually.ts'
import { WalkHelper } from './walk-helper.ts'

/** A thread that does this instead of comparing. */
function helperThat(t: TestContext, code: string): WalkHelper {
  const folder = mkdtempSync(join(tmpdir(), 'tonearm-helper-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  const file = join(folder, 'helper.mjs')
  writeFileSync(file, `import { parentPort, workerData } from 'node:worker_threads'\n${code}`)
  return new WalkHelper('known.db', pathToFileURL(file))
}

test('a helper that ends without a word ends the wait for its report', async (t) => {
  const helper = helperThat(t, `parentPort.once('message', () => process.exit(0))`)

  await assert.rejects(helper.end(), /helper ended early with 0/)
})

test('a helper that dies before it is asked ends nothing else, and is told when it is asked', async (t) => {
  const helper = helperThat(
    t,
    `Atomics.store(new Int32Array(workerData.done), 1, 1); throw new Error('no room')`,
  )

  await eventually('it runs', () => helper.filesFound === 1)
  await assert.rejects(helper.end(), /no room/)
})
