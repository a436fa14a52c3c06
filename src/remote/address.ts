// Where a host is, as people type it: NAME, ADDRESS, ADDRESS:PORT, [IPv6]:PORT, or a whole http:// address.

import { KnownError } from '../errors.ts'

/** What iTunes has used since 2003. */
export const defaultPort = 3689

export interface HostAddress {
  /** A name, an IPv4 or a bare IPv6 address, with its scope when it has one (`fe80::1%eth0`). */
  readonly host: string
  readonly port: number
}

const withBrackets = /^\[([^\]]+)\](?::(\d{1,5}))?$/
const withPort = /^([^:]+):(\d{1,5})$/

/** BAD_ADDRESS when it cannot be one. A bare name is a name: whether it exists is not asked here. */
export function parseAddress(text: string): HostAddress {
  const bare = text
    .trim()
    .replace(/^(?:https?|daap):\/\//i, '')
    .replace(/\/.*$/, '')
  const match = withBrackets.exec(bare) ?? withPort.exec(bare)
  const host = match?.[1] ?? bare
  const port = match?.[2] === undefined ? defaultPort : Number(match[2])
  if (host === '' || host.length > 255 || /[\s/?#@[\]]/.test(host) || port < 1 || port > 65535)
    throw new KnownError('BAD_ADDRESS', { address: text })
  return { host, port }
}

/** Whether it names a place rather than a library: an IP address, `localhost`, something with a dot or a port. */
export function looksLikeAddress(text: string): boolean {
  const bare = text.trim()
  if (/^(?:https?|daap):\/\//i.test(bare) || withBrackets.test(bare) || withPort.test(bare)) return true
  return bare === 'localhost' || isIpv6(bare) || /^[^\s.]+(\.[^\s.]+)+$/.test(bare)
}

export function isIpv6(host: string): boolean {
  return host.includes(':')
}

/** `192.168.1.20:3689`, `[fe80::1%eth0]:3689`. */
export function addressText({ host, port }: HostAddress): string {
  return isIpv6(host) ? `[${host}]:${port}` : `${host}:${port}`
}
