// Loaded into each test file's process. Node's runner limits the time of a test but not of a file: one that leaves a
// timer or a socket on would run for ever, and the whole run with it.

import { basename } from 'node:path'
import { isMainThread } from 'node:worker_threads'

/** Longer than any file takes on a busy machine, ms. */
const deadlineMs = Number(process.env['TONEARM_TEST_FILE_MS'] ?? 600_000)

function giveUp(): void {
  const kept = process.getActiveResourcesInfo().join(', ')
  const file = basename(process.argv[1] ?? 'a test file')
  process.stderr.write(`${file} did not end in ${deadlineMs} ms; it keeps: ${kept}\n`)
  process.exit(1)
}

if (isMainThread) setTimeout(giveUp, deadlineMs).unref()
