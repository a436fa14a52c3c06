// Programs from the system that some tests need: they skip by name without them,
// and fail instead when TONEARM_REQUIRE_PEERS=1 (as .ci/run sets).

import { spawnSync } from 'node:child_process'
import type { TestContext } from 'node:test'

/** True when all are installed; else the test is skipped, naming the missing ones. Use: `if (!needs(t, 'ffmpeg')) return`. */
export function needs(t: TestContext, ...programs: string[]): boolean {
  return hasAll(
    t,
    programs.filter((program) => !isInstalled(program)),
  )
}

/** The same for C libraries to build with, by the names that pkg-config knows, and what it takes to build. */
export function needsLibraries(t: TestContext, ...libraries: string[]): boolean {
  if (!needs(t, 'cc', 'pkg-config')) return false
  return hasAll(
    t,
    libraries.filter((library) => spawnSync('pkg-config', ['--exists', library]).status !== 0),
  )
}

/** True when nothing is missing. */
function hasAll(t: TestContext, missing: readonly string[]): boolean {
  if (missing.length === 0) return true
  if (process.env['TONEARM_REQUIRE_PEERS'] === '1')
    throw new Error(`needs ${missing.join(', ')}, which must be installed here`)
  t.skip(`needs ${missing.join(', ')}`)
  return false
}

/** Network namespaces need Linux, root and iproute2. */
export function needsNamespaces(t: TestContext): boolean {
  const isAble = spawnSync('ip', ['netns', 'list']).status === 0 && process.getuid?.() === 0
  if (isAble) return true
  if (process.env['TONEARM_REQUIRE_PEERS'] === '1')
    throw new Error('needs network namespaces (Linux, root, iproute2)')
  t.skip('needs network namespaces (Linux, root, iproute2)')
  return false
}

function isInstalled(program: string): boolean {
  return spawnSync('sh', ['-c', `command -v ${program}`]).status === 0
}
