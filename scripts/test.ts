// npm test [-- FILE…]: every test and example, by Node's own runner, which prints the counts.
// Tests that need a program which is not installed skip by name; TONEARM_REQUIRE_PEERS=1 makes that a failure.

import { spawnSync } from 'node:child_process'
import { globSync } from 'node:fs'
import { join } from 'node:path'

if (process.argv.includes('--help')) {
  console.log('Usage: npm test [-- FILE…]\n\nRuns the tests named, or all of them.')
  process.exit(0)
}

const root = join(import.meta.dirname, '..')
const named = process.argv.slice(2)
// Stories take longer than tests of one room: begun first, none of them is left to run alone at the end.
const patterns = ['test/**/*.test.ts', 'bench/**/*.test.ts', 'examples/**/*.test.ts', 'src/**/*.test.ts']
const files =
  named.length > 0 ? named : patterns.flatMap((pattern) => globSync(pattern, { cwd: root }).toSorted())
if (files.length === 0) {
  console.error('test: no test files')
  process.exit(1)
}

// The journeys in the browser load the page as it is now.
if (files.some((file) => /journeys\/web-/.test(file)))
  spawnSync(process.execPath, ['scripts/build-page.ts', '--if-possible'], { stdio: 'inherit', cwd: root })

// Several tests play in real time, and a full machine would make them late. Those of several machines mostly wait.
const mostlyWaits =
  /\.lab\.test\.ts$|journeys\/(?:doctor|first-song|greys-out|other-networks|outside|tunnels|wake)/
const runs = [
  { atOnce: 2, files: files.filter((file) => !mostlyWaits.test(file)) },
  { atOnce: 3, files: files.filter((file) => mostlyWaits.test(file)) },
].filter((run) => run.files.length > 0)

// A test that hangs is a failure with a name, not a run that never ends; so is a file whose tests have left something on.
const options = ['--test', '--test-timeout=300000', '--import', join(root, 'test/lab/file-deadline.ts')]
// Each file is a process of its own: what one has compiled the others need not compile again.
const env = { NODE_COMPILE_CACHE: join(root, 'node_modules', '.cache', 'compiled'), ...process.env }
const statuses = runs.map((run) => {
  const words = [...options, `--test-concurrency=${run.atOnce}`, ...run.files]
  const { error, status } = spawnSync(process.execPath, words, { stdio: 'inherit', cwd: root, env })
  if (error) throw error
  return status
})
const failed = statuses.find((status) => status !== 0)
console.log(`test: ${files.length} files, ${failed === undefined ? 'all passed' : 'FAILED'}`)
process.exit(failed === undefined ? 0 : (failed ?? 1))
