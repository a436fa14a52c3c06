// npm run check: types, lint, format, the import rules and what is exported, in seconds. All of them, even when one fails.

import { spawnSync } from 'node:child_process'
import { join } from 'node:path'

const steps: [name: string, command: string, ...args: string[]][] = [
  ['rooms', process.execPath, 'scripts/check-rooms.ts'],
  ['exports', process.execPath, 'scripts/check-exports.ts'],
  ['lint', 'oxlint', '--deny-warnings'],
  ['format', 'biome', 'check', '--error-on-warnings', '.'],
  ['types', 'tsc', '--noEmit'],
]

if (process.argv.includes('--help')) {
  console.log(
    'Usage: npm run check\n\nTypes, lint, format, the import rules (docs/architecture.md) and what is exported.',
  )
  process.exit(0)
}

const failed = steps.filter(([, command, ...args]) => {
  const { status } = spawnSync(command, args, { stdio: 'inherit', cwd: join(import.meta.dirname, '..') })
  return status !== 0
})
const names = failed.map(([name]) => name).join(', ')
console.log(failed.length === 0 ? 'check: all is well' : `check: FAILED: ${names}`)
process.exit(failed.length === 0 ? 0 : 1)
