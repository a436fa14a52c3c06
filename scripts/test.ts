// npm test [-- FILE…]: every test and example, by Node's own runner.
// Tests that need a program which is not installed skip by name; TONEARM_REQUIRE_PEERS=1 makes that a failure.

import { spawnSync } from 'node:child_process'
import { globSync } from 'node:fs'

const named = process.argv.slice(2)
const files = named.length > 0 ? named : globSync(['src/**/*.test.ts', 'test/**/*.test.ts']).toSorted()
const run = spawnSync(process.execPath, ['--test', '--test-concurrency=2', ...files], { stdio: 'inherit' })
process.exit(run.status ?? 1)
