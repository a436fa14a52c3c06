import assert from 'node:assert/strict'
import { getPriority } from 'node:os'
import { test } from 'node:test'
import { Worker } from 'node:worker_threads'

test('a thread that works in the background gives way, and no other does', async (t) => {
  if (process.platform !== 'linux') return t.skip('threads have a priority of their own on Linux')
  const before = getPriority()
  const worker = new Worker(
    `import { readlinkSync } from 'node:fs'
     import { getPriority } from 'node:os'
     import { parentPort } from 'node:worker_threads'
     import { setThreadPriority } from '${import.meta.resolve('./thread-priority.ts')}'
     setThreadPriority('background')
     parentPort.postMessage(getPriority(Number(readlinkSync('/proc/thread-self').split('/').at(-1))))`,
    { eval: true, execArgv: ['--input-type=module'] },
  )
  const { promise, resolve, reject } = Promise.withResolvers<number>()
  worker.on('message', resolve).on('error', reject)

  assert.equal(await promise, 10)
  assert.equal(getPriority(), before)
})
