// Multicast DNS for the time of one command.

import { systemClock } from '../clock.ts'
import type { Discovery } from '../discovery/index.ts'

export async function withDiscovery<Result>(
  work: (discovery: Discovery) => Promise<Result>,
): Promise<Result> {
  // Most commands know where to go, and need not load it.
  const [{ openDiscovery }, { createLog }] = await Promise.all([
    import('../discovery/index.ts'),
    import('./console-log.ts'),
  ])
  const log = createLog(process.env, process.stderr)
  const discovery = await openDiscovery({ log, clock: systemClock })
  try {
    return await work(discovery)
  } finally {
    await discovery.close()
  }
}
