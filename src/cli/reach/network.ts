// Finding on the network, for the time of one command: by multicast DNS, and by plain DNS in the domains that this
// machine, its user or the command names.

import { getServers } from 'node:dns'
import { systemClock } from '../../clock.ts'
import type { Discovery } from '../../discovery/index.ts'

export interface WhereToLook {
  /** To browse, besides those of TONEARM_DOMAINS and those that the search domains of this machine name. */
  readonly domains?: readonly string[] | undefined
  /** Addresses to be asked alone. */
  readonly machines?: readonly string[]
}

export async function withDiscovery<Result>(
  work: (discovery: Discovery) => Promise<Result>,
  { domains = [], machines = [] }: WhereToLook = {},
): Promise<Result> {
  // Most commands know where to go, and need not load it.
  const [{ openDiscovery, openWideArea, systemSearchDomains }, { createLog }] = await Promise.all([
    import('../../discovery/index.ts'),
    import('../terminal/console-log.ts'),
  ])
  const log = createLog(process.env, process.stderr)
  const discovery = await openDiscovery({ log, clock: systemClock })
  const wideArea = openWideArea({
    domains: [...domains, ...settingDomains(process.env)],
    searchDomains: systemSearchDomains(),
    machines,
    servers: getServers(),
    clock: systemClock,
  })
  try {
    return await work({
      ...discovery,
      browse(type, listener) {
        const browsers = [discovery.browse(type, listener), wideArea.browse(type, listener)]
        return {
          close() {
            for (const browser of browsers) browser.close()
          },
        }
      },
    })
  } finally {
    wideArea.close()
    await discovery.close()
  }
}

function settingDomains(environment: NodeJS.ProcessEnv): string[] {
  return (environment['TONEARM_DOMAINS'] ?? '')
    .split(',')
    .map((text) => text.trim())
    .filter((text) => text !== '')
}
