// npm run check: types, lint, format and the import rules, in seconds.

import { spawnSync } from 'node:child_process'

const steps: [name: string, command: string, ...args: string[]][] = [
  ['types', 'tsc', '--noEmit'],
  ['lint', 'oxlint', '--deny-warnings'],
  ['format', 'biome', 'check', '--error-on-warnings', '.'],
  ['rooms', process.execPath, 'scripts/check-rooms.ts'],
]

let failed = 0
for (const [name, command, ...args] of steps) {
  const { status } = spawnSync(command, args, { stdio: 'inherit' })
  if (status !== 0) {
    failed += 1
    console.error(`check: ${name} failed`)
  }
}
process.exit(failed === 0 ? 0 : 1)
