// @ts-check
// The first file to run. What is compiled is kept for the next run, so that a short command is ready in half the time;
// only what is loaded after the call is kept, hence two files, and this one in JavaScript: for a single file of
// TypeScript that is not kept Node loads its whole stripper, a third of a second and 25 MB. Not in the shared temporary
// folder, Node's own choice: there another user of this machine could put code in its place.

import { enableCompileCache } from 'node:module'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'

const compiled = join(cacheFolder(), 'tonearm', 'compiled')
keepHeapSmall()
enableCompileCache(compiled)
// Threads read the variable when they start: without it each would load the stripper again.
process.env['NODE_COMPILE_CACHE'] ??= compiled
await import('./program.ts')

function cacheFolder() {
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Caches')
  if (process.platform === 'win32') return process.env['LOCALAPPDATA'] ?? homedir()
  return process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache')
}

/**
 * V8 lets the place for new objects grow to 64 MB under load and gives little of it back; a host that plays all day does
 * better with small, frequent collections. A factor of 1: it stays as large as it is at the start. And it lets what lasts
 * grow to several times what is in use before it looks for garbage: with 15,000 remotes that are told and wait again,
 * hundreds of megabytes. A fifth is enough. Threads, which start later, begin with 4 MB: one that reads tags would spend
 * half its time collecting in the one that they have otherwise.
 */
function keepHeapSmall() {
  setFlagsFromString('--min-semi-space-size=4')
  setFlagsFromString('--semi-space-growth-factor=1')
  setFlagsFromString('--heap-growing-percent=20')
}
