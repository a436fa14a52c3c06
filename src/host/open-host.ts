// The door of the host: what answers requests is loaded by who opens one. To know where its data is takes little.

import type { Host, HostOptions } from './host.ts'

/** So that it is there when the host is opened. */
export function loadHost(): Promise<unknown> {
  return import('./host.ts')
}

/** Answers requests once it resolves, whatever the scan is doing. PORT_IN_USE, ADDRESS_NOT_USABLE, BAD_CERTIFICATE. */
export async function openHost(options: HostOptions): Promise<Host> {
  const { assembleHost } = await import('./host.ts')
  return assembleHost(options)
}
