// The first file to run. What is compiled is kept for the next run, so that a short command is ready in half the time;
// only what is loaded after the call is kept, hence two files. Not in the shared temporary folder, Node's own choice:
// there another user of this machine could put code in its place.

import { enableCompileCache } from 'node:module'
import { homedir } from 'node:os'
import { join } from 'node:path'

const compiled = join(cacheFolder(), 'tonearm', 'compiled')
enableCompileCache(compiled)
// Threads read the variable when they start: without it each would load the TypeScript stripper again, some 25 MB.
process.env['NODE_COMPILE_CACHE'] ??= compiled
await import('./program.ts')

function cacheFolder(): string {
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Caches')
  if (process.platform === 'win32') return process.env['LOCALAPPDATA'] ?? homedir()
  return process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache')
}
