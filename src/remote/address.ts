// Where a host is, as people type it: NAME, ADDRESS, ADDRESS:PORT, [IPv6]:PORT, a whole http:// address, or tls:// for
// the way from outside.

import { KnownError } from '../errors.ts'
import { securePort } from '../protocol/index.ts'

/** What iTunes has used since 2003. */
export const defaultPort = 3689

export interface HostAddress {
  /** A name, an IPv4 or a bare IPv6 address, with its scope when it has one (`fe80::1%eth0`). */
  readonly host: string
  readonly port: number
  /** The port for those from outside: TLS, and a certificate that is held. */
  readonly isSecure?: boolean
}

const scheme = /^(?:https?|daap|tls):\/\//i
const withBrackets = /^\[([^\]]+)\](?::(\d{1,5}))?$/
const withPort = /^([^:]+):(\d{1,5})$/
/** A library may have a colon in its name. */
const ipv6Shape = /^(?=.*:.*:)[\da-f:.]+(?:%[^\s%]+)?$/i

/** BAD_ADDRESS when it cannot be one. A bare name is a name: whether it exists is not asked here. */
export function parseAddress(text: string, usualPort = defaultPort): HostAddress {
  const isSecure = /^tls:\/\//i.test(text.trim())
  const bare = text.trim().replace(scheme, '').replace(/\/.*$/, '')
  const match = withBrackets.exec(bare) ?? withPort.exec(bare)
  const host = match?.[1] ?? bare
  const port = match?.[2] === undefined ? (isSecure ? securePort : usualPort) : Number(match[2])
  const isHost = host !== '' && host.length <= 255 && !/[\s/?#@[\]]/.test(host)
  if (!isHost || (isIpv6(host) && !ipv6Shape.test(host)) || port < 1 || port > 65535)
    throw new KnownError('BAD_ADDRESS', { address: text })
  return isSecure ? { host, port, isSecure } : { host, port }
}

/** Whether it names a place rather than a library: an IP address, `localhost`, something with a dot or a port. */
export function looksLikeAddress(text: string): boolean {
  const bare = text.trim()
  if (scheme.test(bare) || withBrackets.test(bare) || withPort.test(bare)) return true
  return bare === 'localhost' || ipv6Shape.test(bare) || /^[^\s.]+(\.[^\s.]+)+$/.test(bare)
}

export function isIpv6(host: string): boolean {
  return host.includes(':')
}

/** `192.168.1.20:3689`, `[fe80::1%eth0]:3689`, `tls://music.example.org:3690`: what `parseAddress` reads. */
export function addressText(address: HostAddress): string {
  return `${address.isSecure ? 'tls://' : ''}${authorityText(address)}`
}

/** The same without the scheme. */
export function authorityText({ host, port }: HostAddress): string {
  return isIpv6(host) ? `[${host}]:${port}` : `${host}:${port}`
}
