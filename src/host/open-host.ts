// The rooms of the host: what answers requests is loaded by who opens one. To know where its data is takes little.

import { othersFirst } from '../others-first.ts'
import type { Host, HostOptions } from './host.ts'

/** So that it is there when the host is opened. Nobody is heard while files are being loaded: so a part at a time. */
export async function loadHost(): Promise<void> {
  for (const load of [
    () => import('./daap/index.ts'),
    () => import('./dacp/index.ts'),
    () => import('./host.ts'),
  ]) {
    await load()
    await othersFirst()
  }
}

/** Its door leads to it once it resolves, whatever the scan is doing. PORT_IN_USE, ADDRESS_NOT_USABLE, BAD_CERTIFICATE. */
export async function openHost(options: HostOptions): Promise<Host> {
  const { assembleHost } = await import('./host.ts')
  return assembleHost(options)
}
