// Multicast DNS for the time of one command.

import { systemClock } from '../clock.ts'
import { type Discovery, openDiscovery } from '../discovery/index.ts'
import { createLog } from './console-log.ts'

export async function withDiscovery<Result>(
  work: (discovery: Discovery) => Promise<Result>,
): Promise<Result> {
  const log = createLog({ TONEARM_LOG: 'warn', ...process.env }, process.stderr)
  const discovery = await openDiscovery({ log, clock: systemClock })
  try {
    return await work(discovery)
  } finally {
    await discovery.close()
  }
}
